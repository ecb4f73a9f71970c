import { pageData } from "./element.js";

const { texts, stage } = pageData();
const note = document.querySelector("[data-note]");
const notes = { 403: texts.elsewhere, 404: texts.missing };

async function open() {
  note.textContent = texts.opening;
  const answer = await fetch("/demo/unplug/open", { method: "POST" });
  if (!answer.ok) {
    note.textContent = notes[answer.status] ?? texts.failed;
    return;
  }
  const { url } = await answer.json();
  location.replace(url + stage);
}

open().catch(() => {
  note.textContent = texts.failed;
});
