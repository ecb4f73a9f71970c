import { tellBeckon } from "./beckon-queue.js";
import { cartCount, cartEuros, euros, onCartChange } from "./cart.js";
import { introduce } from "./customer.js";
import { keptInTab } from "./kept.js";

const cartLink = document.querySelector("[data-cart-link]");

function showCount() {
  cartLink.textContent = cartLink.dataset.text.replace("{count}", cartCount());
}

function tellCart() {
  const count = cartCount();
  tellBeckon("set", count > 0 ? { cart: euros(cartEuros()), cartItems: count } : { cart: null, cartItems: null });
}

/** A campaign is in the address of the first page only, so it is kept for the tab. */
function tellCampaign() {
  const query = new URLSearchParams(location.search);
  const named = query.get("utm_campaign") ?? query.get("campaign");
  if (named) keptInTab.write("campaign", named.slice(0, 60));
  const campaign = keptInTab.read("campaign");
  if (campaign) tellBeckon("set", { campaign });
}

/** The other language's page keeps the query: the search, the answers given so far. */
function keepQueryInLanguageLink() {
  const link = document.querySelector("[data-language]");
  link.addEventListener("click", () => {
    link.search = location.search;
  });
}

for (const button of document.querySelectorAll("[data-open-chat]")) {
  button.addEventListener("click", () => tellBeckon("open"));
}

onCartChange(showCount);
onCartChange(tellCart);
showCount();
if (cartCount() > 0) tellCart();
tellCampaign();
introduce();
keepQueryInLanguageLink();
