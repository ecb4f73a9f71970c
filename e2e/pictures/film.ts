/** A page's screen as a film: what the browser draws is kept while it happens, and put on a canvas again that Chromium records as WebM. */
import { writeFileSync } from "node:fs";
import type { Browser, Page } from "@playwright/test";

export interface FilmOptions {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Of the file, about. */
  readonly wantedBytes: number;
  /** So many times faster than it happened. */
  readonly speed: number;
}

interface Frame {
  readonly atMs: number;
  readonly jpeg: string;
}

/** What `page` shows during `work`. */
export async function film(page: Page, options: FilmOptions, work: () => Promise<void>): Promise<Frame[]> {
  const frames: Frame[] = [];
  const devtools = await page.context().newCDPSession(page);
  devtools.on("Page.screencastFrame", ({ data, metadata, sessionId }) => {
    frames.push({ atMs: (metadata.timestamp ?? 0) * 1000, jpeg: data });
    devtools.send("Page.screencastFrameAck", { sessionId }).catch(() => undefined);
  });
  const { widthPx: maxWidth, heightPx: maxHeight } = options;
  await devtools.send("Page.startScreencast", { format: "jpeg", quality: 90, maxWidth, maxHeight });
  await work();
  await devtools.send("Page.stopScreencast");
  return frames;
}

/** Takes as long as the film. */
export async function writeFilm(
  browser: Browser,
  path: string,
  frames: readonly Frame[],
  options: FilmOptions,
): Promise<void> {
  const page = await browser.newPage({ viewport: { width: options.widthPx, height: options.heightPx } });
  const webm = await page.evaluate(record, { frames, options });
  writeFileSync(path, Buffer.from(webm, "base64"));
  await page.close();
}

/** In the page. */
async function record({ frames, options }: { frames: readonly Frame[]; options: FilmOptions }): Promise<string> {
  const canvas = document.createElement("canvas");
  canvas.width = options.widthPx;
  canvas.height = options.heightPx;
  document.body.replaceChildren(canvas);
  const context = canvas.getContext("2d");
  const first = frames[0];
  const last = frames.at(-1);
  if (first === undefined || last === undefined) throw new Error("nothing was drawn");
  /** The last picture stands for a while. */
  const endMs = 3000;
  const lengthMs = (last.atMs - first.atMs) / options.speed + endMs;
  const recorder = new MediaRecorder(canvas.captureStream(), {
    mimeType: "video/webm;codecs=vp9",
    videoBitsPerSecond: (options.wantedBytes * 8000) / lengthMs,
  });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise((resolve) => {
    recorder.onstop = resolve;
  });
  const load = async (frame: Frame): Promise<HTMLImageElement> => {
    const picture = new Image();
    picture.src = `data:image/jpeg;base64,${frame.jpeg}`;
    await picture.decode();
    return picture;
  };
  /** Again and again, also what has not changed: the encoder makes it sharper with every time. */
  const drawUntil = async (picture: HTMLImageElement, dueMs: number): Promise<void> => {
    do {
      context?.drawImage(picture, 0, 0, canvas.width, canvas.height);
      await new Promise((later) => setTimeout(later, 100));
    } while (performance.now() < dueMs);
  };
  let picture = await load(first);
  recorder.start();
  const startedAt = performance.now();
  for (const frame of frames) {
    const dueMs = startedAt + (frame.atMs - first.atMs) / options.speed;
    // Where more is drawn than can be shown, the newest is shown.
    const next = load(frame);
    if (performance.now() < dueMs) await drawUntil(picture, dueMs);
    picture = await next;
  }
  await drawUntil(picture, startedAt + lengthMs);
  recorder.stop();
  await stopped;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
