import { currentCustomer, signIn, signOut } from "./customer.js";
import { pageData } from "./element.js";

const { texts, customers } = pageData();
const note = document.querySelector("[data-note]");
const notes = { missing: texts.signInMissing, failed: texts.signInFailed, signed: "" };

function show() {
  const customer = currentCustomer();
  document.querySelector("[data-signed-out]").hidden = Boolean(customer);
  document.querySelector("[data-signed-in]").hidden = !customer;
  if (!customer) return;
  const who = document.querySelector("[data-who]");
  who.textContent = who.dataset.text.replace("{name}", customer.identity.name);
  document.querySelector("[data-email]").textContent = customer.identity.email;
}

for (const button of document.querySelectorAll("[data-customer]")) {
  button.addEventListener("click", async () => {
    const id = button.dataset.customer;
    note.textContent = notes[await signIn(id, customers[id].attributes)];
    show();
    if (currentCustomer()) document.querySelector("[data-who]").focus();
  });
}

document.querySelector("[data-sign-out]").addEventListener("click", () => {
  signOut();
  note.textContent = texts.signedOut;
  show();
  document.querySelector("[data-cart-link]").textContent = texts.cartCount.replace("{count}", "0");
  document.getElementById("main").focus();
});

show();
