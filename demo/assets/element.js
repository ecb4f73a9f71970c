/** A new element with properties and children; strings become text, null and undefined vanish. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child != null));
  return made;
}

export const pageData = () => JSON.parse(document.getElementById("shop-data").textContent);

export const fill = (text, parameters) => text.replace(/\{(\w+)\}/g, (whole, name) => parameters[name] ?? whole);

/** A product in a list, as the generated pages draw it. */
export function tile({ name, price, address, picture }) {
  return element(
    "li",
    { className: "tile" },
    element("img", { src: picture, width: 640, height: 430, alt: "" }),
    element(
      "div",
      { className: "tile-text" },
      element("h3", {}, element("a", { href: address }, name)),
      element("p", { className: "price" }, price),
    ),
  );
}
