import { euros } from "./cart.js";
import { currentCustomer } from "./customer.js";
import { element, pageData } from "./element.js";
import { kept } from "./kept.js";

const { states, customers } = pageData();
const dates = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "zh-CN", {
  dateStyle: "medium",
  timeZone: "UTC",
});

function row(order) {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, order.number),
    element("td", {}, dates.format(new Date(order.date))),
    element("td", {}, order.content),
    element("td", {}, states[order.state]),
    element("td", { className: "figure" }, euros(order.totalEuros)),
  );
}

const orders = [...(kept.read("orders") ?? []), ...(customers[currentCustomer()?.id]?.orders ?? [])];
if (orders.length > 0) {
  document.querySelector("[data-orders] tbody").append(...orders.map(row));
  document.querySelector("[data-orders]").hidden = false;
  document.querySelector("[data-orders-lead]").hidden = false;
  document.querySelector("[data-no-orders]").hidden = true;
}
