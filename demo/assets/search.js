import { element, fill, pageData, tile } from "./element.js";

const maxQueryChars = 80;
const { texts, products, pages } = pageData();
const query = (new URLSearchParams(location.search).get("q") ?? "").trim().slice(0, maxQueryChars);

function matching(entries) {
  const wanted = query.toLowerCase().split(/\s+/);
  return entries.filter((entry) => wanted.every((word) => entry.words.includes(word)));
}

function list(section, found, draw) {
  section.hidden = found.length === 0;
  section.querySelector("[data-list]").append(...found.map(draw));
}

const pageLine = ({ name, lead, address }) =>
  element("li", {}, element("h3", {}, element("a", { href: address }, name)), element("p", {}, lead));

function search() {
  const foundProducts = matching(products);
  const foundPages = matching(pages);
  const count = foundProducts.length + foundPages.length;
  document.querySelector("[data-found]").textContent = fill(count > 0 ? texts.results : texts.noResults, {
    count,
    query,
  });
  list(document.querySelector("[data-products]"), foundProducts, tile);
  list(document.querySelector("[data-pages]"), foundPages, pageLine);
}

document.getElementById("q").value = query;
if (query) search();
