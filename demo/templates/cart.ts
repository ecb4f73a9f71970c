import { html } from "../html.ts";
import { href, type Language } from "../language.ts";
import { texts } from "../texts/texts.ts";
import { clientData } from "./client-data.ts";
import type { Page } from "./layout.ts";

export function cartPage(language: Language): Page {
  const t = texts[language];
  return {
    path: "cart/",
    title: t.titles.cart,
    description: t.descriptions.cart,
    scripts: ["cart-page.js"],
    data: clientData(language),
    main: html`<h1>${t.titles.cart}</h1>
<p class="hidden" role="status" data-cart-status></p>
<div data-cart-empty><p class="lead">${t.client.cartEmpty}</p><p><a class="button" href="${href(language, "tents/")}">${t.cart.emptyLink}</a></p></div>
<div class="cart" data-cart hidden><ul class="lines" aria-label="${t.titles.cart}" data-lines></ul>
<section class="totals" aria-labelledby="summary"><h2 id="summary">${t.cart.summary}</h2>
<dl><div><dt>${t.cart.goods}</dt><dd data-goods></dd></div><div><dt>${t.cart.delivery}</dt><dd data-delivery></dd></div><div class="sum"><dt>${t.cart.total}</dt><dd data-total></dd></div></dl>
<p><a class="button wide" href="${href(language, "checkout/")}">${t.cart.toCheckout}</a></p><p><a href="${href(language, "")}">${t.cart.keepLooking}</a></p></section></div>`,
  };
}
