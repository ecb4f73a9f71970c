import { spruce } from "./scene.ts";

const trees: readonly (readonly [x: number, y: number, height: number])[] = [
  [16, 372, 120],
  [58, 380, 160],
  [104, 374, 116],
  [146, 384, 142],
  [196, 376, 96],
  [1010, 372, 104],
  [1052, 380, 140],
  [1096, 374, 118],
  [1140, 384, 166],
  [1186, 378, 130],
];
const stars = [
  [70, 54],
  [160, 112],
  [248, 40],
  [330, 90],
  [420, 36],
  [505, 76],
  [690, 44],
  [776, 96],
  [900, 40],
  [1000, 84],
  [1090, 36],
  [1160, 104],
];

/** The home page's wide picture, 1200 by 500: dusk, a lake and one tent with a light in it. */
export function hero(): string {
  const shine = stars.map(([x, y], index) => `<circle cx="${x}" cy="${y}" r="${index % 3 === 0 ? 2 : 1.4}"/>`).join("");
  return `<linearGradient id="hero-sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#2f4a5e"/><stop offset=".34" stop-color="#6f8791"/><stop offset=".52" stop-color="#d3b394"/><stop offset=".62" stop-color="#efc795"/></linearGradient>
<linearGradient id="hero-water" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#d9b48f"/><stop offset=".5" stop-color="#8a979b"/><stop offset="1" stop-color="#53707a"/></linearGradient>
<linearGradient id="hero-glow" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#d9622b"/><stop offset="1" stop-color="#f6b765"/></linearGradient>
<rect width="1200" height="500" fill="url(#hero-sky)"/><g fill="#f6ecd8">${shine}</g>
<path fill="#7d93a0" d="M0 276L110 196L190 244L330 120L470 256L560 186L660 262L800 146L930 262L1040 190L1120 236L1200 180V360H0Z"/>
<path fill="#eef1f2" d="M286 159L330 120L378 166L350 176L330 160L308 178Z"/><path fill="#eef1f2" d="M758 182L800 146L844 186L818 194L800 180L778 196Z"/>
<path fill="#5a7480" d="M0 322L150 254L290 310L450 242L620 318L760 256L900 312L1060 250L1200 300V372H0Z"/>
<path fill="url(#hero-water)" d="M0 352H1200V452H0Z"/>
<g stroke="#f2dfc2" stroke-opacity=".55" stroke-width="2" stroke-linecap="round"><path d="M250 372h180M520 366h120M330 392h260M680 380h220M240 412h120M460 420h180M820 404h120"/></g>
<g>${trees.map(([x, y, height]) => spruce(x, y, height, "#2c4347")).join("")}</g>
<path fill="#2c4347" d="M0 362C90 352 190 370 250 384C200 400 80 402 0 404ZM1200 362C1110 350 1010 366 950 382C1010 402 1110 402 1200 404Z"/>
<path fill="#33483f" d="M0 424C220 396 460 430 700 412S1040 396 1200 416V500H0Z"/>
<path fill="#263833" d="M0 462C260 440 520 474 800 452S1100 446 1200 456V500H0Z"/>
<ellipse cx="724" cy="452" rx="230" ry="20" fill="#f6b765" opacity=".16"/>
<path fill="url(#hero-glow)" d="M590 452C604 388 652 336 720 334C796 332 848 388 866 448Z"/>
<path fill="#b95426" opacity=".7" d="M720 334C796 332 848 388 866 448L784 450C780 404 758 360 720 334Z"/>
<path fill="#fde3ac" d="M720 334C690 362 668 404 662 452L760 450C758 404 744 362 720 334Z"/>
<path fill="#d9622b" d="M720 334C690 362 668 404 662 452L694 451C694 408 704 366 720 334Z"/>
<path d="M626 382L548 428M590 452L528 470M832 384L906 424M866 448L930 466" fill="none" stroke="#f2f3ea" stroke-opacity=".8" stroke-width="1.6" stroke-linecap="round"/>`;
}
