import type { Paint } from "../palette.ts";

const webbing = (path: string, width = 5): string =>
  `<path d="${path}" fill="none" stroke="#2a3230" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
const shadow = (x: number, halfWidth: number): string =>
  `<ellipse cx="${x}" cy="386" rx="${halfWidth}" ry="10" fill="#1d2a20" opacity=".35"/>`;

export function skarv65(paint: Paint): string {
  return `${shadow(326, 120)}
<path d="M398 150L416 384M398 150V140" stroke="#c9cfcf" stroke-width="4" stroke-linecap="round" fill="none"/>
<path fill="${paint.deep}" d="M232 300C214 306 204 326 206 356L240 372ZM408 300C428 306 438 326 434 356L402 372Z"/>
<path fill="${paint.base}" d="M240 168C240 150 252 144 270 144H372C390 144 402 150 402 168L410 356C410 376 398 386 378 386H264C244 386 232 376 232 356Z"/>
<path fill="${paint.shade}" d="M356 144H372C390 144 402 150 402 168L410 356C410 376 398 386 378 386H352Z"/>
<path fill="${paint.deep}" d="M262 262C262 252 268 246 278 246H362C372 246 378 252 378 262L384 350C384 362 376 370 366 370H274C264 370 256 362 256 350Z"/>
<path fill="${paint.base}" d="M268 284H372L376 346C376 354 372 358 364 358H276C268 358 264 354 264 346Z"/>
<path fill="${paint.deep}" d="M228 156C226 122 244 104 270 102H372C398 104 416 122 412 156C412 164 406 168 398 168H244C236 168 228 164 228 156Z"/>
<path fill="${paint.shade}" d="M240 150C240 128 252 116 272 114H368C388 116 402 128 400 150Z"/>
<path d="M300 102C302 84 338 84 340 102" fill="none" stroke="#2a3230" stroke-width="6"/>
${webbing("M284 130V250M356 130V250")}${webbing("M236 214H256M384 214H404M234 330H250M388 330H408", 4)}
<path d="M288 304H352" stroke="${paint.light}" stroke-width="3" stroke-linecap="round"/>
<rect x="278" y="190" width="12" height="10" rx="2" fill="#e8e6da"/><rect x="350" y="190" width="12" height="10" rx="2" fill="#e8e6da"/>
<path fill="${paint.light}" d="M310 134L320 120L330 134Z"/>`;
}

export function heron24(paint: Paint): string {
  return `${shadow(322, 104)}
<path d="M256 210C226 250 222 330 244 372M388 210C418 250 422 330 400 372" fill="none" stroke="#2a3230" stroke-width="9" stroke-linecap="round"/>
<path fill="${paint.base}" d="M240 360C236 262 246 168 322 164C398 168 408 262 404 360C402 378 392 386 376 386H268C252 386 242 378 240 360Z"/>
<path fill="${paint.shade}" d="M322 164C398 168 408 262 404 360C402 378 392 386 376 386H352C372 300 366 210 322 164Z"/>
<path d="M258 268C262 216 284 190 322 188C360 190 382 216 386 268" fill="none" stroke="${paint.light}" stroke-width="3" stroke-linecap="round"/>
<path fill="${paint.deep}" d="M262 302C262 292 268 288 276 288H368C376 288 382 292 382 302L384 356C384 366 378 372 368 372H276C266 372 260 366 260 356Z"/>
<path d="M274 304H370" stroke="${paint.light}" stroke-width="3" stroke-linecap="round"/>
<path d="M302 166C304 146 340 146 342 166" fill="none" stroke="#2a3230" stroke-width="6"/>
<path d="M368 304L374 320" stroke="#e8e6da" stroke-width="4" stroke-linecap="round"/>
<path fill="${paint.light}" d="M312 240L322 224L332 240Z"/>`;
}

export function plover12(paint: Paint): string {
  return `${shadow(322, 92)}
<path d="M264 230C240 266 238 330 256 374M380 230C404 266 406 330 388 374" fill="none" stroke="#2a3230" stroke-width="8" stroke-linecap="round"/>
<path fill="${paint.base}" d="M256 216H388L396 362C396 378 386 386 372 386H272C258 386 248 378 248 362Z"/>
<path fill="${paint.shade}" d="M344 216H388L396 362C396 378 386 386 372 386H346Z"/>
<path fill="${paint.deep}" d="M250 190C250 182 254 178 262 178H382C390 178 394 182 394 190V222C394 230 390 234 382 234H262C254 234 250 230 250 222Z"/>
<path d="M254 197H390M254 214H390" stroke="${paint.shade}" stroke-width="3"/>
${webbing("M322 170V262", 7)}
<rect x="312" y="238" width="20" height="16" rx="3" fill="#e8e6da"/>
<path d="M276 290L368 336M368 290L276 336M276 336L368 372M368 336L276 372" fill="none" stroke="${paint.light}" stroke-width="2.4"/>
<g fill="#2a3230"><circle cx="276" cy="290" r="4"/><circle cx="368" cy="290" r="4"/><circle cx="276" cy="336" r="4"/><circle cx="368" cy="336" r="4"/></g>`;
}
