import { html, type Markup } from "../html.ts";
import { href, type Language } from "../language.ts";
import { texts } from "../texts/texts.ts";
import { clientData } from "./client-data.ts";
import type { Page } from "./layout.ts";

type Step = "address" | "delivery" | "payment" | "done";
const stepPaths: Record<Step, string> = {
  address: "checkout/",
  delivery: "checkout/delivery/",
  payment: "checkout/payment/",
  done: "checkout/done/",
};
const steps = Object.keys(stepPaths) as Step[];

function progress(language: Language, current: Step): Markup {
  const t = texts[language].checkout;
  const reached = steps.indexOf(current);
  return html`<nav class="steps" aria-label="${t.steps}"><ol>${steps.map((step, index) => {
    const name = t.step[step];
    if (index === reached) return html`<li aria-current="step">${name}</li>`;
    return html`<li>${index < reached && current !== "done" ? html`<a href="${href(language, stepPaths[step])}">${name}</a>` : name}</li>`;
  })}</ol></nav>`;
}

function summary(language: Language): Markup {
  const t = texts[language];
  return html`<section class="totals" aria-labelledby="summary"><h2 id="summary">${t.titles.cart}</h2><ul class="small-lines" data-lines></ul>
<dl><div><dt>${t.cart.goods}</dt><dd data-goods></dd></div><div><dt>${t.cart.delivery}</dt><dd data-delivery></dd></div><div class="sum"><dt>${t.cart.total}</dt><dd data-total></dd></div></dl></section>`;
}

function shell(language: Language, step: Step, form: Markup): Page {
  const t = texts[language];
  return {
    path: stepPaths[step],
    section: "cart/",
    title: t.titles[step],
    description: t.descriptions.checkout,
    scripts: ["checkout.js"],
    data: clientData(language),
    main: html`${progress(language, step)}<h1>${t.titles[step]}</h1>
<div data-cart-empty hidden><p class="lead">${t.client.cartEmpty}</p><p><a class="button" href="${href(language, "tents/")}">${t.cart.emptyLink}</a></p></div>
<div class="cart with-form" data-cart hidden>${form}${summary(language)}</div>`,
  };
}

type Field = { name: "name" | "email" | "street" | "postcode" | "city"; type: "text" | "email"; autocomplete: string };
const fields: readonly Field[] = [
  { name: "name", type: "text", autocomplete: "name" },
  { name: "email", type: "email", autocomplete: "email" },
  { name: "street", type: "text", autocomplete: "street-address" },
  { name: "postcode", type: "text", autocomplete: "postal-code" },
  { name: "city", type: "text", autocomplete: "address-level2" },
];

// The forms post: should a script be missing, no address ends up in a URL.
function addressForm(language: Language): Markup {
  const t = texts[language].checkout;
  return html`<form class="checkout" method="post" novalidate data-step="address" data-next="${href(language, stepPaths.delivery)}">${fields.map(
    ({ name, type, autocomplete }) =>
      html`<div class="field ${name}"><label for="${name}">${t[name]}</label><input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" maxlength="120" required aria-describedby="${name}-error"><p class="error" id="${name}-error" hidden></p></div>`,
  )}<div class="field country"><label for="country">${t.country}</label><select id="country" name="country" autocomplete="country">${Object.entries(
    t.countries,
  ).map(([code, name]) => html`<option value="${code}">${name}</option>`)}</select></div>
<p class="actions"><button class="button" type="submit">${t.toDelivery}</button> <a href="${href(language, "cart/")}">${t.back}</a></p></form>`;
}

type Choice = { value: string; name: string; text: string };

function choices(name: string, question: string, options: readonly Choice[], priced: boolean): Markup {
  return html`<fieldset class="choices"><legend>${question}</legend>${options.map(
    (option, index) =>
      html`<label class="choice"><input type="radio" name="${name}" value="${option.value}"${index === 0 && html` checked`}><span><b>${option.name}</b> <span class="hint">${option.text}</span></span>${priced && html`<span class="figure" data-price="${option.value}"></span>`}</label>`,
  )}</fieldset>`;
}

const asChoices = (options: Record<string, { name: string; text: string }>): readonly Choice[] =>
  Object.entries(options).map(([value, option]) => ({ value, ...option }));

function deliveryForm(language: Language): Markup {
  const t = texts[language].checkout;
  return html`<form class="checkout" method="post" data-step="delivery" data-next="${href(language, stepPaths.payment)}">${choices("method", t.how, asChoices(t.methods), true)}
<p class="actions"><button class="button" type="submit">${t.toPayment}</button> <a href="${href(language, stepPaths.address)}">${t.back}</a></p></form>`;
}

function paymentForm(language: Language): Markup {
  const t = texts[language].checkout;
  return html`<form class="checkout" method="post" data-step="payment" data-next="${href(language, stepPaths.done)}" data-address="${href(language, stepPaths.address)}">
<div class="goes-to"><h2>${t.to}</h2><p data-goes-to></p><p><a href="${href(language, stepPaths.address)}">${t.change}</a></p></div>
${choices("payment", t.pay, asChoices(t.payments), false)}
<p class="hint">${t.noCharge}</p>
<p class="actions"><button class="button" type="submit">${t.place}</button> <a href="${href(language, stepPaths.delivery)}">${t.back}</a></p></form>`;
}

function donePage(language: Language): Page {
  const t = texts[language];
  return {
    path: stepPaths.done,
    section: "cart/",
    title: t.titles.done,
    description: t.descriptions.checkout,
    scripts: ["checkout-done.js"],
    main: html`${progress(language, "done")}<div class="narrow" data-order hidden><h1>${t.checkout.thanks}</h1><p class="lead" data-order-text data-text="${t.checkout.done}"></p></div>
<div class="narrow" data-no-order><h1>${t.titles.done}</h1><p class="lead">${t.checkout.noOrder}</p></div>
<p class="actions"><a class="button" href="${href(language, "")}">${t.checkout.toShop}</a> <a href="${href(language, "account/orders/")}">${t.checkout.toOrders}</a></p>`,
  };
}

/** Address, delivery, payment and done: four pages, four full page loads. */
export function checkoutPages(language: Language): readonly Page[] {
  return [
    shell(language, "address", addressForm(language)),
    shell(language, "delivery", deliveryForm(language)),
    shell(language, "payment", paymentForm(language)),
    donePage(language),
  ];
}
