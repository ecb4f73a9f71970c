import type { Paint } from "../palette.ts";

const shadow = (x: number, halfWidth: number): string =>
  `<ellipse cx="${x}" cy="390" rx="${halfWidth}" ry="10" fill="#20262a" opacity=".4"/>`;
const laces = (path: string): string =>
  `<path d="${path}" fill="none" stroke="#efe9d8" stroke-width="4" stroke-linecap="round"/>`;
const moved = (x: number, y: number, markup: string): string => `<g transform="translate(${x} ${y})">${markup}</g>`;

function highBoot(body: string, toe: string, paint: Paint): string {
  return `<path fill="#2b2f30" d="M196 366H434C438 380 432 390 420 390H404L398 384H372L366 390H340L334 384H308L302 390H276L270 384H246L240 390H208C196 390 192 380 196 366Z"/>
<path fill="#e6dfcd" d="M194 358H436L434 370H196Z"/>
<path fill="${body}" d="M204 214C232 204 270 204 296 212L304 268C330 292 392 296 420 322C434 334 438 346 436 360H196C192 310 196 260 204 214Z"/>
<path fill="${toe}" d="M372 299C392 304 408 312 420 322C434 334 438 346 436 360H356C352 338 358 314 372 299Z"/>
<path fill="${toe}" d="M199 300C216 296 236 306 244 326C248 338 248 350 246 360H196C195 340 196 320 199 300Z"/>
<path fill="${paint.deep}" d="M200 232C201 224 202 218 204 214C232 204 270 204 296 212L299 234C268 226 232 226 200 232Z"/>
<path fill="${paint.light}" d="M284 236L298 234L304 268L350 290L340 300L296 280Z" opacity=".55"/>
${laces("M282 242L304 236M286 262L308 254M296 280L320 266M318 292L338 276M338 300L356 286")}`;
}

export function moraine(paint: Paint): string {
  return `${shadow(330, 170)}${moved(62, -14, highBoot(paint.shade, paint.deep, paint))}${moved(-30, 0, highBoot(paint.base, paint.shade, paint))}`;
}

function lowShoe(body: string, toe: string, paint: Paint): string {
  return `<path fill="#2b2f30" d="M190 372H440C444 384 438 392 426 392H206C194 392 188 384 190 372Z"/>
<path fill="#e6dfcd" d="M189 364H441L440 376H190Z"/>
<path fill="${body}" d="M196 294C210 286 226 290 236 304C252 312 274 310 292 298C330 316 388 316 420 336C436 346 442 354 441 366H189C188 340 190 314 196 294Z"/>
<path fill="${toe}" d="M366 316C390 322 408 328 420 336C436 346 442 354 441 366H352C350 346 354 328 366 316Z"/>
<path fill="${paint.deep}" d="M196 294C210 286 226 290 236 304L230 366H189C188 340 190 314 196 294Z"/>
<path d="M246 360L292 312M276 360L322 320M306 360L346 322" stroke="${paint.light}" stroke-width="5" stroke-linecap="round"/>
<path d="M196 294C190 282 192 274 200 270" fill="none" stroke="${paint.light}" stroke-width="5" stroke-linecap="round"/>
${laces("M284 306L306 292M304 314L326 300M324 318L344 306")}`;
}

export function screeShoes(paint: Paint): string {
  return `${shadow(330, 176)}${moved(60, -22, lowShoe(paint.shade, paint.deep, paint))}${moved(-32, 0, lowShoe(paint.base, paint.shade, paint))}`;
}

function gaiter(body: string, side: string, paint: Paint): string {
  return `<path fill="#2b2f30" d="M222 356C256 350 330 352 368 366C384 372 388 382 384 392H222C216 380 216 366 222 356Z"/>
<path fill="${body}" d="M218 150H300C308 190 304 250 298 300C312 332 336 344 356 358L348 372C306 366 258 366 220 374C212 330 222 290 216 240C212 206 212 176 218 150Z"/>
<path fill="${side}" d="M262 150H300C308 190 304 250 298 300C312 332 336 344 356 358L348 372C318 368 290 367 262 368C274 300 272 220 262 150Z"/>
<path fill="${paint.deep}" d="M216 150H302L303 174H214Z"/>
<path d="M262 176C272 240 272 310 262 368" fill="none" stroke="${paint.light}" stroke-width="3"/>
<path d="M226 374C240 394 276 398 296 388" fill="none" stroke="#14191a" stroke-width="4"/>
<rect x="272" y="156" width="18" height="12" rx="2" fill="#e8e6da"/>
<path fill="${paint.light}" d="M232 216L241 202L250 216Z"/>`;
}

export function gaiters(paint: Paint): string {
  return `${shadow(322, 130)}${moved(92, -12, gaiter(paint.shade, paint.deep, paint))}${moved(-16, 0, gaiter(paint.base, paint.shade, paint))}`;
}
