/** Somebody's shop with the snippet in it, which comes through the cable. */
const cable = Number(new URLSearchParams(location.search).get("cable"));
const script = document.createElement("script");
script.src = `http://${location.hostname}:${cable}/beckon.js`;
script.dataset.site = "unplug";
document.head.append(script);
window.Beckon("open");
