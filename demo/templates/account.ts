import { demoCustomers } from "../customers.ts";
import { html, type Markup } from "../html.ts";
import { euros, fill, href, type Language } from "../language.ts";
import { texts } from "../texts/texts.ts";
import type { Page } from "./layout.ts";

function customersData(language: Language) {
  return Object.fromEntries(
    demoCustomers.map((customer) => [
      customer.id,
      {
        // Attributes are read by the shop's agents, so they are the same whatever the visitor reads.
        attributes: {
          customer: `since ${customer.since}`,
          spent: euros(customer.spentEuros),
          lastOrder: customer.orders
            .slice(0, 1)
            .map(({ number, state }) => `${number}, ${state}`)
            .join(""),
        },
        orders: customer.orders.map(({ content, ...order }) => ({ ...order, content: content[language] })),
      },
    ]),
  );
}

function choice(language: Language): Markup {
  const t = texts[language].account;
  return html`<ul class="customers">${demoCustomers.map(
    (
      customer,
    ) => html`<li><div><p class="customer-name">${customer.name}</p><p class="hint">${fill(t.since, { year: customer.since })}</p></div>
<button class="button quiet-button" type="button" data-customer="${customer.id}">${fill(t.signInAs, { name: customer.name })}</button></li>`,
  )}</ul>`;
}

export function accountPage(language: Language): Page {
  const t = texts[language];
  return {
    path: "account/",
    title: t.titles.account,
    description: t.descriptions.account,
    scripts: ["account.js"],
    data: { texts: t.client, customers: customersData(language) },
    main: html`<div class="narrow"><h1>${t.titles.account}</h1>
<p class="note" role="status" data-note></p>
<section data-signed-out><h2>${t.account.signIn}</h2><p class="lead">${t.account.lead}</p>${choice(language)}</section>
<section data-signed-in hidden><p class="lead" data-who data-text="${t.account.signedIn}" tabindex="-1"></p>
<h2>${t.account.details}</h2><p data-email></p>
<p class="actions"><a class="button" href="${href(language, "account/orders/")}">${t.account.orders}</a> <button class="link-button" type="button" data-sign-out>${t.account.signOut}</button></p></section></div>`,
  };
}

export function ordersPage(language: Language): Page {
  const t = texts[language];
  return {
    path: "account/orders/",
    section: "account/",
    title: t.titles.orders,
    description: t.descriptions.orders,
    trail: [{ path: "account/", name: t.titles.account }],
    scripts: ["orders.js"],
    data: { states: t.states, customers: customersData(language) },
    main: html`<div class="narrow"><h1>${t.account.orders}</h1><p class="lead" data-orders-lead hidden>${t.account.ordersLead}</p>
<p data-no-orders>${t.account.noOrders}</p>
<table data-orders hidden><caption class="hidden">${t.account.orders}</caption><thead><tr><th scope="col">${t.account.number}</th><th scope="col">${t.account.date}</th><th scope="col">${t.account.content}</th><th scope="col">${t.account.state}</th><th scope="col" class="figure">${t.account.total}</th></tr></thead><tbody></tbody></table></div>`,
  };
}
