import { tellBeckon } from "./beckon-queue.js";
import { rememberAttribute } from "./customer.js";
import { keptInTab } from "./kept.js";

/** Reports the order once, however often the page is loaded. */
function report(order) {
  if (order.reported) return;
  keptInTab.write("order", { ...order, reported: true });
  tellBeckon("event", "order", { number: order.number, total: order.total });
  tellBeckon("set", { cart: null, cartItems: null });
  rememberAttribute("lastOrder", `${order.number}, placed`);
}

const order = keptInTab.read("order");
if (order) {
  const text = document.querySelector("[data-order-text]");
  text.textContent = text.dataset.text.replace("{number}", order.number);
  document.querySelector("[data-order]").hidden = false;
  document.querySelector("[data-no-order]").hidden = true;
  report(order);
}
