import { fill } from "./element.js";

const links = [...document.querySelectorAll(".filter a")];
const tiles = [...document.querySelectorAll("[data-group].tile")];
const count = document.querySelector(".count");

function show() {
  const chosen = links.find((link) => link.hash === location.hash) ?? links[0];
  for (const link of links) {
    if (link === chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const group = chosen.dataset.group;
  for (const tile of tiles) tile.hidden = group !== "" && tile.dataset.group !== group;
  count.textContent = fill(count.dataset.text, { count: tiles.filter((tile) => !tile.hidden).length });
}

window.addEventListener("hashchange", show);
show();
