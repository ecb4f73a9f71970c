import type { Paint } from "../palette.ts";

const steam = (x: number, y: number): string =>
  `<path d="M${x} ${y}C${x - 14} ${y - 18} ${x + 14} ${y - 30} ${x} ${y - 50}M${x + 30} ${y - 4}C${x + 18} ${y - 20} ${x + 44} ${y - 32} ${x + 32} ${y - 54}" fill="none" stroke="#f3ead8" stroke-opacity=".6" stroke-width="4" stroke-linecap="round"/>`;

export function ember(paint: Paint): string {
  return `<radialGradient id="ember-glow"><stop offset="0" stop-color="#f6b765" stop-opacity=".45"/><stop offset="1" stop-color="#f6b765" stop-opacity="0"/></radialGradient><circle cx="324" cy="226" r="170" fill="url(#ember-glow)"/>
<path fill="${paint.base}" d="M262 322C262 306 276 298 296 296H352C372 298 386 306 386 322V384C386 394 360 400 324 400S262 394 262 384Z"/>
<path fill="${paint.shade}" d="M340 296H352C372 298 386 306 386 322V384C386 392 368 397 344 399Z"/>
<path fill="${paint.light}" d="M262 338C280 346 368 346 386 338V362C368 370 280 370 262 362Z"/>
<path fill="${paint.deep}" d="M316 344L324 332L332 344L340 358H308Z"/>
<path fill="#b6bfc3" d="M312 270H336V298H312Z"/><path fill="#98a3a8" d="M326 270H336V298H326Z"/>
<path d="M336 284H374C380 284 380 292 386 292" fill="none" stroke="#c9cfcf" stroke-width="4" stroke-linecap="round"/>
<path fill="#8a959a" d="M290 256H358L348 272H300Z"/>
<path d="M298 256L264 226H244M350 256L384 226H404M324 256V226" fill="none" stroke="#c9cfcf" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>
<path fill="#f2a541" d="M286 254C276 232 296 222 296 202C312 214 312 224 318 232C320 214 316 200 330 182C338 204 352 210 350 226C356 222 358 216 358 208C370 226 370 242 360 254Z"/>
<path fill="#fde6b0" d="M302 254C298 242 308 236 308 226C318 234 322 240 326 244C328 234 328 226 334 216C340 232 348 240 344 254Z"/>`;
}

export function brook(paint: Paint): string {
  return `${steam(306, 210)}
<path fill="${paint.base}" d="M218 256H424V374C424 390 404 400 388 400H254C238 400 218 390 218 374Z"/>
<path fill="${paint.shade}" d="M358 256H424V374C424 390 404 400 388 400H346C362 360 364 306 358 256Z"/>
<path fill="${paint.light}" d="M234 272H244V366C244 374 234 372 234 364Z" opacity=".6"/>
<path fill="${paint.deep}" d="M210 244C210 238 214 234 220 234H422C428 234 432 238 432 244V252C432 258 428 262 422 262H220C214 262 210 258 210 252Z"/>
<path fill="${paint.shade}" d="M232 234C250 222 392 222 410 234Z"/>
<path fill="#2a3230" d="M304 222C304 210 338 210 338 222Z"/>
<path d="M424 282C470 278 476 290 474 312C472 332 460 336 426 334" fill="none" stroke="#c9cfcf" stroke-width="7" stroke-linecap="round"/>
<path d="M434 281C460 278 470 284 473 298" fill="none" stroke="#b8482a" stroke-width="9" stroke-linecap="round"/>
<path d="M230 340H252M230 316H252" stroke="${paint.deep}" stroke-width="3" stroke-linecap="round"/>`;
}

export function tern(paint: Paint): string {
  return `${steam(300, 216)}
<path d="M382 284C430 276 440 300 436 326C432 352 412 362 378 358" fill="none" stroke="${paint.deep}" stroke-width="14" stroke-linecap="round"/>
<path fill="${paint.base}" d="M248 252H388L380 384C379 394 362 400 318 400S258 394 256 384Z"/>
<path fill="${paint.shade}" d="M346 252H388L380 384C379 392 366 398 340 399Z"/>
<path fill="${paint.light}" d="M262 268H272L276 372C276 380 268 378 267 370Z" opacity=".6"/>
<path fill="#2a3230" d="M242 240C242 234 246 230 252 230H384C390 230 394 234 394 240V250C394 256 390 260 384 260H252C246 260 242 256 242 250Z"/>
<path fill="#3b4543" d="M262 230C266 218 370 218 374 230Z"/>
<path fill="#e8e6da" d="M300 222H330V230H300Z"/>
<path d="M292 332L308 310L318 322L328 306L344 332Z" fill="${paint.light}"/>`;
}
