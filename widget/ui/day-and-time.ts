import { fill } from "../texts/fill.ts";
import type { PanelTexts } from "../texts/texts.ts";

const dayMs = 86400000;

/** `9:05` in the reader's zone. */
export function timeOf(at: number): string {
  const date = new Date(at);
  return `${date.getHours()}:${String(100 + date.getMinutes()).slice(1)}`;
}

/** The same for all moments of one day in the reader's zone. */
export function dayKey(at: number): string {
  const date = new Date(at);
  return [date.getFullYear(), date.getMonth(), date.getDate()].join("-");
}

/** `now`: the reader's clock. */
export function dayName(at: number, now: number, texts: PanelTexts): string {
  if (dayKey(at) === dayKey(now)) return texts.today;
  const noon = new Date(now).setHours(12);
  if (dayKey(at) === dayKey(noon - dayMs)) return texts.yesterday;
  const date = new Date(at);
  const thisYear = date.getFullYear() === new Date(now).getFullYear();
  return fill(thisYear ? texts.dayThisYear : texts.dayOtherYear, {
    day: date.getDate(),
    month: texts.months.split(" ")[date.getMonth()] as string,
    year: date.getFullYear(),
  });
}
