import type { SiteState } from "../../protocol/frames.ts";
import { panelTexts as texts } from "../texts/panel-texts.ts";
import { clear } from "./clear.ts";
import { downDrawing } from "./drawings.ts";
import { type Build, button } from "./element.ts";
import { face } from "./face.ts";
import { icon } from "./icon.ts";

/** Who one is talking to, and the way out. */
export interface Head {
  readonly element: HTMLElement;
  draw(site: SiteState, agent: Person | null): void;
}
export interface Person {
  name?: string;
  face?: string;
}
export interface HeadOptions {
  build: Build;
  document: Document;
  baseUrl: string;
  close(): void;
}

const maxFaces = 3;

export function createHead({ build, document, baseUrl, close }: HeadOptions): Head {
  const faces = build("div", "faces");
  const title = document.createTextNode("");
  const below = document.createTextNode("");
  const leave = button(build, "icon", texts.close, close, "", icon(document, downDrawing, 20));
  const who = build("div", "who", build("h2", "", title), build("p", "", below));
  let drawnFaces = "";

  function drawFaces(people: Person[]): void {
    let wanted = "";
    for (const { name, face: path } of people) wanted += `${name} ${path}\n`;
    if (wanted === drawnFaces) return;
    drawnFaces = wanted;
    clear(faces);
    for (const person of people) faces.appendChild(face(build, person, baseUrl));
  }

  return {
    element: build("div", "head", faces, who, leave),
    draw(site, agent) {
      const person = agent && agent.name;
      // A site that is not known yet has no name, and nobody knows who is there.
      const state = site.available || !site.name ? site.name : texts.nobodyHere;
      title.data = person || state;
      below.data = person || state !== site.name ? (person ? state : site.name) : "";
      drawFaces(agent ? [agent] : site.people.slice(0, maxFaces));
    },
  };
}
