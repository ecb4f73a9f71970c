// Touches nothing until it is called, so that it may be imported where there is no browser.

/** Adds the snippet's script to the page, once. Commands may be called at once: they wait for it. */
export function loadBeckon({ host, site, language, nonce }) {
  window.Beckon =
    window.Beckon ||
    function stub(...call) {
      stub.q = stub.q || [];
      stub.q.push(call);
    };
  if (!document.querySelector("script[data-site]")) {
    const script = document.createElement("script");
    script.async = true;
    script.dataset.site = site;
    if (language) script.dataset.lang = language;
    if (nonce) script.nonce = nonce;
    script.src = `${host.replace(/\/$/, "")}/beckon.js`;
    document.head.append(script);
  }
  return beckon;
}

/** Calls a command: `beckon("open")`. Without a browser it does nothing. */
export function beckon(...call) {
  if (typeof window !== "undefined" && window.Beckon) window.Beckon(...call);
}
