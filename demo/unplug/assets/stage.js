/** The page where things are broken: it has both sides write, turns the switches, and counts. */
import { count, sides } from "./counts.js";
import { openKeptCounts } from "./kept-counts.js";
import { Screen } from "./screens.js";

const writeEveryMs = 1000;
const lookEveryMs = 500;

const { texts, visitorPage, lang } = JSON.parse(document.getElementById("stage-data").textContent);
const one = (selector) => document.querySelector(selector);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const frames = { visitor: one("[data-frame=visitor]"), agent: one("[data-frame=agent]") };
const screens = {
  visitor: new Screen(frames.visitor, ".composer textarea"),
  agent: new Screen(frames.agent, ".composer:not(.composer-note) textarea"),
};
const kept = openKeptCounts();
/** What the stage said last; undefined: nothing yet. */
let state;
let writing = false;
let counted;
/** Totals to be reached before it is said that all is there. */
let awaited = null;

class StageGone extends Error {}

async function ask(name, body = {}) {
  const answer = await fetch(`/unplug/${name}`, { method: "POST", body: JSON.stringify(body) }).catch(() => {
    throw new StageGone();
  });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

function say(text, values = {}) {
  const time = document.createElement("time");
  time.textContent = new Date().toLocaleTimeString(lang, { hour12: false });
  const line = document.createElement("li");
  line.append(time, " ", fill(text, values));
  one(".happened ol").prepend(line);
}

// ---------------------------------------------------------------- switches

function show(name, on, words) {
  const button = one(`[data-switch=${name}]`);
  button.setAttribute("aria-checked", String(on));
  const says = button.querySelector(".switch-state");
  if (says.textContent !== words) says.textContent = words;
}

function showSwitches() {
  show("writing", writing, writing ? texts.writing.on : texts.writing.off);
  for (const name of ["cable", "gateway", "database", "disk"])
    show(name, state.broken[name], state.broken[name] ? texts[name].on : texts[name].off);
  if (state.gateway === "starts") show("gateway", false, texts.gateway.starting);
  if (state.canFillDisk) return;
  one("[data-switch=disk]").disabled = true;
  show("disk", false, texts.disk.missing);
}

async function turn(name) {
  if (name === "writing") {
    writing = !writing;
    say(writing ? texts.log.writingOn : texts.log.writingOff);
  } else {
    const broken = !state.broken[name];
    await ask("switch", { name, broken });
    state.broken[name] = broken;
    say(texts.log[`${name}${broken ? "On" : "Off"}`], { waiting: counted.underWay });
    const healthy = Object.values(state.broken).every((one) => !one);
    awaited = healthy ? { ...kept.written } : null;
  }
  showSwitches();
}

for (const button of document.querySelectorAll("[data-switch]"))
  button.addEventListener("click", () => turn(button.dataset.switch).catch(() => say(texts.log.refused)));

// ---------------------------------------------------------------- writing

const until = async (holds) => {
  while (!holds()) await new Promise((later) => setTimeout(later, 100));
};

let opening = false;

/** Who writes has the conversation open, as soon as there is one. */
async function openConversation() {
  if (opening || !writing || state.conversation === null || screens.agent.has(".composer")) return;
  opening = true;
  const focused = document.activeElement;
  frames.agent.contentWindow.location.hash = `#/conversation/${state.conversation}`;
  await until(() => screens.agent.has(".composer"));
  opening = false;
  // A room that opens takes the focus, which is for who has opened it.
  if (document.activeElement === frames.agent && focused !== frames.agent) giveFocus(focused);
}

function giveFocus(element) {
  if (element === document.body) frames.agent.blur();
  else element.focus({ preventScroll: true });
}

async function write(side) {
  const written = await screens[side].write(fill(texts[`${side}Says`], { number: kept.written[side] + 1 }));
  if (written) kept.wrote(side);
}

/** One after the other, so that no number is given twice. */
let turnsOfWriting = Promise.resolve();

setInterval(() => {
  if (writing) for (const side of sides) turnsOfWriting = turnsOfWriting.then(() => write(side)).catch(() => undefined);
}, writeEveryMs);

// ---------------------------------------------------------------- counting

function showCounts() {
  for (const [side, row] of Object.entries(counted.rows))
    for (const [name, number] of Object.entries(row)) one(`[data-count="${side} ${name}"]`).textContent = number;
  for (const name of ["lost", "doubled", "displaced"]) {
    const place = one(`[data-fault=${name}]`);
    place.querySelector("dd").textContent = counted[name];
    place.classList.toggle("found", counted[name] > 0);
  }
  const sum = counted.total === 0 ? texts.nothing : counted.complete ? texts.complete : texts.underWay;
  one("[data-sum]").textContent = fill(sum, { waiting: counted.underWay, total: counted.total });
  one("[data-sum]").classList.toggle("complete", counted.complete && counted.total > 0);
}

function caughtUp() {
  if (awaited === null) return;
  const there = (side) => ["stored", ...sides].every((name) => counted.rows[side][name] >= awaited[side]);
  if (!sides.every(there)) return;
  say(texts.log.caughtUp, { count: awaited.visitor + awaited.agent });
  awaited = null;
}

async function look() {
  state = await ask("state");
  const shown = {};
  for (const screen of sides) {
    shown[screen] = screens[screen].shown();
    kept.saw(screen, shown[screen]);
  }
  counted = count({ written: kept.written, stored: state.stored.map(({ text }) => text), shown, seen: kept.seen });
  showSwitches();
  showCounts();
  caughtUp();
}

// ---------------------------------------------------------------- beginning

/** The agent first: where nobody is there, a visitor is asked for an address instead. */
async function begin() {
  await until(() => state !== undefined);
  const preferences = "beckon/preferences";
  if (localStorage.getItem(preferences) === null) localStorage.setItem(preferences, JSON.stringify({ language: lang }));
  const at = state.conversation === null ? "inbox" : `conversation/${state.conversation}`;
  frames.agent.src = `/admin/#/${at}`;
  await until(() => screens.agent.has(".status-line .dot-live"));
  frames.visitor.src = `${visitorPage}?cable=${state.cablePort}`;
  await until(() => screens.visitor.has(".composer"));
  say(texts.log.ready);
  document.body.dataset.ready = "";
}

/** One look after the other, until nobody answers any more. */
async function watch() {
  for (;;) {
    try {
      await look();
    } catch (error) {
      // What else went wrong may go well the next time.
      if (error instanceof StageGone) break;
    }
    if (state !== undefined) void openConversation();
    await new Promise((later) => setTimeout(later, lookEveryMs));
  }
  writing = false;
  one("[data-notice]").textContent = texts.gone;
}

// Two tabs would count on from the same numbers.
navigator.locks.request("stage", { ifAvailable: true }, async (lock) => {
  if (lock === null) {
    one("[data-notice]").textContent = texts.twice;
    return;
  }
  void begin();
  await watch();
});
