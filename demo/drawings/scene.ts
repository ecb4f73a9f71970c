/** Landscapes behind the products, 640 by 430. Each returns SVG markup; `id` keeps gradient names apart on one page. */
export type SceneName = "fells" | "lake" | "scree" | "ridge" | "camp";

type Stop = readonly [offset: number, colour: string];

function sky(id: string, stops: readonly Stop[]): string {
  const marks = stops.map(([offset, colour]) => `<stop offset="${offset}" stop-color="${colour}"/>`).join("");
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${marks}</linearGradient><rect width="640" height="430" fill="url(#${id})"/>`;
}

const area = (fill: string, path: string): string => `<path fill="${fill}" d="${path}"/>`;
const disc = (x: number, y: number, radius: number, fill: string): string =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`;

/** A spruce of three tiers that stands at (x, y). */
export function spruce(x: number, y: number, height: number, fill: string): string {
  const tiers = [0, 0.27, 0.52].map((start, index) => {
    const top = y - height * (1 - start);
    const bottom = y - height * (0.5 - index * 0.22);
    const half = height * (0.13 + index * 0.055);
    return `M${x} ${top}L${x + half} ${bottom}L${x - half} ${bottom}Z`;
  });
  return area(
    fill,
    tiers.join("").replace(/\d+\.\d+/g, (figure) => Number(figure).toFixed(1)),
  );
}

const wood = (fill: string, y: number, trees: readonly (readonly [x: number, height: number])[]): string =>
  trees.map(([x, height]) => spruce(x, y, height, fill)).join("");

function fells(id: string): string {
  return [
    sky(id, [
      [0, "#a0c1cf"],
      [0.4, "#cbd0c5"],
      [0.64, "#eedabd"],
    ]),
    disc(470, 150, 26, "#fdeed6"),
    area("#8fa3ac", "M0 250L90 170L150 215L240 121L330 219L400 165L480 230L560 180L640 235V430H0Z"),
    area("#edf1f2", "M208 155L240 121L276 159L252 168L234 154L214 166Z"),
    area("#5f797c", "M0 300L110 235L210 285L330 225L450 290L560 250L640 285V430H0Z"),
    area("#49624a", "M0 350C120 322 240 326 340 330S560 334 640 322V430H0Z"),
    area("#394d3c", "M0 385C160 366 330 384 640 362V430H0Z"),
  ].join("");
}

function lake(id: string): string {
  return [
    sky(id, [
      [0, "#b5d0d6"],
      [0.35, "#dcdfd2"],
      [0.58, "#f3e3c8"],
    ]),
    disc(150, 108, 24, "#fff3dd"),
    area("#9fb3b5", "M0 210L70 160L140 196L236 128L318 190L420 118L520 192L590 156L640 184V300H0Z"),
    area("#eef2f2", "M392 138L420 118L452 142L430 150L416 140L400 148Z"),
    area("#76908e", "M0 246L120 204L240 238L360 198L500 240L640 208V300H0Z"),
    wood("#4d6a5c", 270, [
      [14, 62],
      [44, 78],
      [72, 54],
      [98, 70],
      [524, 60],
      [552, 84],
      [584, 66],
      [614, 90],
      [636, 62],
    ]),
    area("#a9c6ca", "M0 268H640V350H0Z"),
    `<g stroke="#dbe8e8" stroke-width="2" stroke-linecap="round"><path d="M40 286h110M210 296h70M430 284h120M350 308h160M90 316h90M520 326h70"/></g>`,
    area("#5d7054", "M0 338C150 318 330 342 640 318V430H0Z"),
    area("#46573f", "M0 378C180 358 400 388 640 366V430H0Z"),
  ].join("");
}

function scree(id: string): string {
  return [
    sky(id, [
      [0, "#b9ced6"],
      [0.5, "#e6e1d4"],
      [0.75, "#f2dfc4"],
    ]),
    area("#a2b2b7", "M0 200L80 120L150 178L260 66L372 186L450 130L548 206L640 140V430H0Z"),
    area("#eef2f3", "M222 106L260 66L304 112L280 122L262 106L238 120Z"),
    area("#74888c", "M0 270L130 196L250 262L390 190L520 264L640 214V430H0Z"),
    area("#8d938c", "M0 330L90 306L200 322L330 300L470 324L560 304L640 320V430H0Z"),
    area("#737a74", "M0 356L60 340L170 352L240 342L420 352L520 338L640 350V430H0Z"),
    area("#5d6560", "M0 392L120 380L300 388L470 378L640 390V430H0Z"),
    area("#a1a69e", "M42 356L70 334L112 340L124 358Z"),
    area("#868d86", "M70 334L112 340L124 358L88 358Z"),
    area("#a1a69e", "M536 360L556 332L600 334L622 360Z"),
    area("#868d86", "M556 332L600 334L622 360L574 360Z"),
  ].join("");
}

function ridge(id: string): string {
  return [
    sky(id, [
      [0, "#a9bfce"],
      [0.5, "#d5dddd"],
      [0.8, "#eee6d8"],
    ]),
    area("#c2d0d6", "M0 210L96 130L170 190L286 84L396 196L470 146L560 214L640 160V430H0Z"),
    area("#f4f7f7", "M286 84L396 196L340 178L306 204L270 168L232 182L206 158Z"),
    area("#f4f7f7", "M96 130L170 190L132 180L104 196L72 172L52 168Z"),
    area("#f4f7f7", "M470 146L560 214L508 196L476 206L440 166Z"),
    area("#8fa1a6", "M0 286L120 232L230 280L340 236L470 284L580 240L640 262V430H0Z"),
    `<path d="M0 258C80 240 130 262 210 250S360 262 430 248S570 262 640 244" fill="none" stroke="#f4f7f7" stroke-opacity=".55" stroke-width="14" stroke-linecap="round"/>`,
    area("#77765c", "M0 344C150 322 360 352 640 326V430H0Z"),
    area("#5d5c45", "M0 386C200 370 420 392 640 370V430H0Z"),
  ].join("");
}

const stars = [
  [40, 40],
  [98, 82],
  [150, 30],
  [214, 64],
  [290, 26],
  [352, 74],
  [420, 36],
  [482, 88],
  [540, 30],
  [604, 66],
  [572, 118],
  [64, 128],
];

function camp(id: string): string {
  return [
    sky(id, [
      [0, "#27394f"],
      [0.36, "#5b6579"],
      [0.56, "#b78c77"],
      [0.66, "#e2b083"],
    ]),
    stars.map(([x, y], index) => disc(x ?? 0, y ?? 0, index % 3 === 0 ? 1.8 : 1.2, "#f3ead8")).join(""),
    area("#4c596b", "M0 250L84 186L160 232L262 150L350 234L436 180L530 244L640 190V430H0Z"),
    area("#36444f", "M0 296L120 250L236 290L352 246L470 296L640 252V430H0Z"),
    wood("#26343a", 322, [
      [18, 90],
      [52, 120],
      [86, 84],
      [112, 104],
      [540, 96],
      [572, 130],
      [606, 100],
      [636, 118],
    ]),
    area("#2b3a38", "M0 322C160 304 380 324 640 306V430H0Z"),
    area("#1f2c2b", "M0 384C200 366 420 388 640 370V430H0Z"),
    area("#7b827c", "M150 392L196 368H452L498 392L470 408H182Z"),
    area("#5b635f", "M150 392L182 408H470L498 392L492 402L472 418H178L156 402Z"),
  ].join("");
}

export const scenes: Record<SceneName, (id: string) => string> = { fells, lake, scree, ridge, camp };
