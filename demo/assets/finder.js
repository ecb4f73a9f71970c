import { bestTents } from "./best-tents.js";
import { element, pageData, tile } from "./element.js";

const { routes, tents } = pageData();
const questions = ["people", "season", "carry"];

/** Answers live in the address, so that back, reload and a pasted link all work. */
function addressFor(path, changes) {
  const answers = new URLSearchParams(location.search);
  for (const name of [...answers.keys()]) if (!questions.includes(name)) answers.delete(name);
  for (const [name, value] of changes) answers.set(name, value);
  return answers.size > 0 ? `${path}?${answers}` : path;
}

function prepareLinks() {
  const answers = new URLSearchParams(location.search);
  for (const link of document.querySelectorAll("[data-route]")) {
    const changes = link.dataset.answer ? [link.dataset.answer.split("=")] : [];
    link.href = "again" in link.dataset ? link.pathname : addressFor(link.pathname, changes);
    const [name, value] = changes[0] ?? [];
    if (name && answers.get(name) === value) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function bestTent(tent) {
  return [
    element("img", { src: tent.picture, width: 640, height: 430, alt: "" }),
    element(
      "div",
      {},
      element("h2", {}, tent.name),
      element("p", { className: "price" }, tent.price),
      element("p", { className: "summary" }, tent.summary),
      element("p", {}, element("a", { className: "button", href: tent.address }, tent.see)),
    ),
  ];
}

function showResult() {
  const answers = Object.fromEntries(new URLSearchParams(location.search));
  const [best, ...others] = bestTents(tents, answers);
  document.querySelector("[data-result]").replaceChildren(...bestTent(best));
  document.querySelector("[data-also]").replaceChildren(...others.slice(0, 2).map(tile));
}

/** Shows the step that the address names. */
function show() {
  const route = routes.find(({ address }) => address === location.pathname) ?? routes[0];
  document.title = route.title;
  for (const section of document.querySelectorAll("[data-step]")) section.hidden = section.dataset.step !== route.step;
  if (route.step === "result") showResult();
  prepareLinks();
  return document.querySelector(`[data-step="${route.step}"] h1`);
}

function follow(event) {
  const link = event.target.closest("[data-route]");
  const plainClick = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plainClick) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  show().focus();
  window.scrollTo(0, 0);
}

/** Each route has a page of its own in the other language. */
function followLanguage() {
  const link = document.querySelector("[data-language]");
  const root = (path) => path.slice(0, path.indexOf("spa/"));
  const otherRoot = root(link.pathname);
  link.addEventListener("click", () => {
    link.pathname = otherRoot + location.pathname.slice(root(location.pathname).length);
  });
}

document.querySelector(".finder").addEventListener("click", follow);
window.addEventListener("popstate", () => show().focus());
followLanguage();
show();
