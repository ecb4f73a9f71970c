import type { Paint } from "../palette.ts";

const guys = (path: string): string =>
  `<path d="${path}" fill="none" stroke="#f2f3ea" stroke-width="1.6" stroke-linecap="round"/>`;
const shadow = (path: string): string => `<path d="${path}" fill="#1d2a20" opacity=".35"/>`;
const seam = (path: string, stroke: string): string =>
  `<path d="${path}" fill="none" stroke="${stroke}" stroke-width="1.8" stroke-linecap="round"/>`;

export function tarn2(paint: Paint): string {
  return `${shadow("M190 373L452 367L470 376L214 382Z")}
<path fill="${paint.base}" d="M200 372C214 316 254 268 314 266C382 264 428 312 446 368Z"/>
<path fill="${paint.shade}" d="M314 266C382 264 428 312 446 368L372 370C368 330 348 290 314 266Z"/>
<path fill="${paint.deep}" d="M314 266C286 292 268 330 262 371L350 370C348 330 336 292 314 266Z"/>
${seam("M314 266C300 296 293 334 292 370", paint.light)}
${guys("M232 312L168 352M200 372L150 388M418 312L482 350M446 368L500 384")}`;
}

export function tarn3(paint: Paint): string {
  return `${shadow("M150 376L490 368L512 379L180 388Z")}
<path fill="${paint.shade}" d="M386 280C446 292 486 330 498 370L410 373Z"/>
<path fill="${paint.base}" d="M158 376C172 304 224 246 300 242C384 240 436 300 452 371Z"/>
<path fill="${paint.shade}" d="M300 242C384 240 436 300 452 371L372 373C370 322 344 270 300 242Z"/>
<path fill="${paint.deep}" d="M300 242C268 272 244 322 238 375L338 373C338 324 326 274 300 242Z"/>
<path fill="${paint.light}" d="M300 242C322 270 336 320 338 373L318 374C318 330 312 284 300 242Z"/>
${seam("M300 242C252 262 206 318 196 375", paint.light)}
${seam("M452 371C448 336 436 306 414 282", paint.light)}
${guys("M196 300L124 350M158 376L104 394M402 272L470 300M484 330L548 358M498 370L556 388")}`;
}

export function fjell1(paint: Paint): string {
  return `${shadow("M160 376L486 368L500 378L186 386Z")}
<path fill="${paint.base}" d="M168 376C222 362 262 308 322 288C372 306 426 352 478 370Z"/>
<path fill="${paint.shade}" d="M322 288C372 306 426 352 478 370L356 373C352 342 342 312 322 288Z"/>
<path fill="${paint.deep}" d="M322 288C304 310 292 344 290 374L356 373C352 342 342 312 322 288Z"/>
${seam("M322 288C316 316 314 346 316 373", paint.light)}
${seam("M262 324C252 342 248 358 248 375", paint.light)}
${guys("M322 288L322 262M262 324L188 346M168 376L122 390M404 332L470 344M478 370L530 384")}`;
}

export function glade5(paint: Paint): string {
  return `${shadow("M108 380L530 368L548 380L140 392Z")}
<path fill="${paint.base}" d="M116 380C120 296 152 236 204 230L420 238C480 244 516 312 522 369Z"/>
<path fill="${paint.shade}" d="M420 238C480 244 516 312 522 369L404 373C408 308 410 268 420 238Z"/>
<path fill="${paint.deep}" d="M204 230C166 252 148 312 150 379L256 377C254 312 240 256 204 230Z"/>
<path fill="${paint.light}" d="M204 230C240 256 254 312 256 377L238 378C236 316 226 262 204 230Z"/>
<path fill="${paint.deep}" d="M318 298C330 290 352 290 364 300L362 330H320Z" opacity=".75"/>
${seam("M204 230C246 254 268 312 270 377", paint.light)}
${seam("M312 234C298 268 292 320 294 376", paint.light)}
${seam("M420 238C410 268 404 316 404 373", paint.light)}
${guys("M160 274L84 340M116 380L62 398M474 262L548 320M522 369L584 386M312 234L318 208")}`;
}
