import type { Paint } from "../palette.ts";

/** A line between two posts, with a wooden hanger in the middle. */
const line = `<path d="M66 430V92M574 430V84" stroke="#5a4632" stroke-width="14" stroke-linecap="round"/>
<path d="M66 106C220 126 420 126 574 98" fill="none" stroke="#efe9d8" stroke-width="3"/>
<path d="M320 122C330 122 332 110 322 108" fill="none" stroke="#8a6f4f" stroke-width="4" stroke-linecap="round"/>
<path d="M240 166L320 130L400 166" fill="none" stroke="#a3835c" stroke-width="8" stroke-linecap="round"/>`;

const sleeves = (
  fill: string,
  cuff: string,
): string => `<path fill="${fill}" d="M252 160C226 172 210 196 204 230L176 334L214 346L252 250Z"/>
<path fill="${fill}" d="M388 160C414 172 430 196 436 230L464 334L426 346L388 250Z"/>
<path fill="${cuff}" d="M180 320L218 332L214 346L176 334ZM460 320L422 332L426 346L464 334Z"/>`;

const zip = (from: number, to: number, stroke: string): string =>
  `<path d="M320 ${from}V${to}" stroke="${stroke}" stroke-width="4" stroke-linecap="round"/>`;

export function cirque(paint: Paint): string {
  return `${line}${sleeves(paint.shade, paint.deep)}
<path fill="${paint.base}" d="M252 160C280 150 360 150 388 160C398 220 400 300 404 372H236C240 300 242 220 252 160Z"/>
<path fill="${paint.shade}" d="M320 154C350 152 372 154 388 160C398 220 400 300 404 372H320Z"/>
<path fill="${paint.deep}" d="M268 168C262 130 286 104 320 104C354 104 378 130 372 168C350 184 336 190 320 206C304 190 290 184 268 168Z"/>
<path fill="${paint.base}" d="M268 168C262 130 286 104 320 104C354 104 378 130 372 168C366 140 348 126 320 126C292 126 274 140 268 168Z"/>
<path fill="${paint.deep}" d="M248 238L296 252V260L247 246ZM392 238L344 252V260L393 246Z" opacity=".8"/>
${zip(206, 372, paint.light)}
<path d="M262 290L288 326M378 290L352 326" stroke="${paint.light}" stroke-width="3.4" stroke-linecap="round"/>
<path fill="${paint.light}" d="M350 220L358 208L366 220Z"/>`;
}

export function kestrel(paint: Paint): string {
  const rows = [206, 238, 270, 302, 334];
  const seams = rows
    .map((y) => `M242 ${y}C264 ${y + 8} 296 ${y + 8} 320 ${y}C344 ${y + 8} 376 ${y + 8} 398 ${y}`)
    .join("");
  const arms = [0.06, 0.3, 0.54, 0.78].map((along) => {
    const [outer, y] = [209 - 28 * along, 230 + 104 * along];
    const [inner, innerY] = [247 - 38 * along, 250 + 96 * along];
    return `M${outer} ${y}L${inner} ${innerY}M${640 - outer} ${y}L${640 - inner} ${innerY}`;
  });
  return `${line}${sleeves(paint.shade, paint.deep)}
<path fill="${paint.base}" d="M250 162C278 152 362 152 390 162C406 176 394 190 398 206C410 222 396 230 398 238C410 254 396 262 398 270C410 286 396 294 398 302C410 318 398 326 400 334C408 350 404 364 398 372H242C236 364 232 350 240 334C242 326 230 318 242 302C244 294 230 286 242 270C244 262 230 254 242 238C244 230 230 222 242 206C246 190 234 176 250 162Z"/>
<path fill="${paint.shade}" d="M320 155C350 154 376 157 390 162C406 176 394 190 398 206C410 222 396 230 398 238C410 254 396 262 398 270C410 286 396 294 398 302C410 318 398 326 400 334C408 350 404 364 398 372H320Z"/>
<path d="${seams}${arms.join("")}" fill="none" stroke="${paint.deep}" stroke-width="3" stroke-linecap="round"/>
<path fill="${paint.deep}" d="M276 160C274 140 288 130 320 130C352 130 366 140 364 160C350 172 336 178 320 186C304 178 290 172 276 160Z"/>
<path fill="${paint.light}" d="M276 160C274 140 288 130 320 130C352 130 366 140 364 160C354 148 340 144 320 144C300 144 286 148 276 160Z" opacity=".7"/>
${zip(186, 372, paint.light)}`;
}

export function lichen(paint: Paint): string {
  return `${line}${sleeves(paint.base, paint.deep)}
<path fill="${paint.base}" d="M252 160C280 150 360 150 388 160C398 220 398 300 400 364H240C242 300 242 220 252 160Z"/>
<path fill="${paint.shade}" d="M320 154C350 152 372 154 388 160C398 220 398 300 400 364H346C356 290 346 214 320 154Z"/>
<path fill="${paint.deep}" d="M240 350H400V372H240Z"/>
<path fill="${paint.deep}" d="M252 160C270 152 296 150 320 150C344 150 370 152 388 160L396 212C350 222 290 222 244 212Z"/>
<path fill="${paint.light}" d="M280 162C278 136 294 130 320 130C346 130 362 136 360 162C346 154 334 152 320 152C306 152 294 154 280 162Z"/>
${zip(150, 250, paint.light)}
<path fill="${paint.shade}" d="M346 228H382V264C382 270 378 272 372 272H356C350 272 346 270 346 264Z"/>
<path d="M348 238H380" stroke="${paint.light}" stroke-width="3" stroke-linecap="round"/>
<g fill="${paint.light}" opacity=".5"><circle cx="270" cy="246" r="2"/><circle cx="292" cy="280" r="2"/><circle cx="262" cy="300" r="2"/><circle cx="284" cy="326" r="2"/><circle cx="366" cy="300" r="2"/><circle cx="378" cy="330" r="2"/></g>`;
}
