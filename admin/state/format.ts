import { catalogues, type Language } from "../texts/catalogues.ts";

/** Numbers, times and names in one language; all by Intl. Times of day are shown in the reader's zone. */
export interface Format {
  count(value: number): string;
  /** `0:21`, `4:12`, `1:04:09`: waits and dwell times; never negative. */
  clock(ms: number): string;
  /** `5 s`, `3:20`: short ages in sentences. */
  age(ms: number): string;
  /** `10:42`. */
  time(at: number): string;
  /** `14 Aug`, with the year where it is another one. */
  day(at: number, now: number): string;
  /** `Saturday, 14 August`: for separators. */
  longDay(at: number, now: number): string;
  /** Time today, otherwise the day. */
  stamp(at: number, now: number): string;
  /** `11:44` in somebody else's zone; empty for an unknown zone. */
  timeIn(zone: string, now: number): string;
  country(code: string): string;
  language(tag: string): string;
  sameDay(a: number, b: number): boolean;
}

const secondMs = 1000;
const minuteSeconds = 60;
const hourSeconds = 3600;

export function createFormat(language: Language, timeZone?: string): Format {
  const zone = timeZone === undefined ? {} : { timeZone };
  const numbers = new Intl.NumberFormat(language);
  const timeOfDay = new Intl.DateTimeFormat(language, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...zone,
  });
  const dayOfYear = new Intl.DateTimeFormat(dayLocale(language), { day: "numeric", month: "short", ...zone });
  const dayAndYear = new Intl.DateTimeFormat(dayLocale(language), {
    day: "numeric",
    month: "short",
    year: "numeric",
    ...zone,
  });
  const weekday = new Intl.DateTimeFormat(dayLocale(language), {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...zone,
  });
  const longDate = new Intl.DateTimeFormat(dayLocale(language), {
    day: "numeric",
    month: "long",
    year: "numeric",
    ...zone,
  });
  const calendar = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", ...zone });
  const countries = new Intl.DisplayNames([language], { type: "region", fallback: "code" });
  const languages = new Intl.DisplayNames([language], { type: "language", fallback: "code" });

  const sameYear = (a: number, b: number) => calendar.format(a).slice(0, 4) === calendar.format(b).slice(0, 4);
  const format: Format = {
    count: (value) => numbers.format(value),
    clock: clockText,
    age: (ms) =>
      ms < minuteSeconds * secondMs
        ? catalogues[language].units.seconds(String(Math.max(0, Math.floor(ms / secondMs))))
        : clockText(ms),
    time: (at) => timeOfDay.format(at),
    day: (at, now) => (sameYear(at, now) ? dayOfYear : dayAndYear).format(at),
    longDay: (at, now) => (sameYear(at, now) ? weekday : longDate).format(at),
    stamp: (at, now) => (format.sameDay(at, now) ? format.time(at) : format.day(at, now)),
    timeIn: (zoneName, now) => timeInZone(language, zoneName, now),
    country: (code) => named(countries, code),
    language: (tag) => named(languages, tag),
    sameDay: (a, b) => calendar.format(a) === calendar.format(b),
  };
  return format;
}

/** English days stand before months, as in the rest of the page. */
function dayLocale(language: Language): string {
  return language === "en" ? "en-GB" : language;
}

function clockText(ms: number): string {
  const total = Math.max(0, Math.floor(ms / secondMs));
  const hours = Math.floor(total / hourSeconds);
  const minutes = Math.floor((total % hourSeconds) / minuteSeconds);
  const seconds = two(total % minuteSeconds);
  return hours > 0 ? `${hours}:${two(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** Zones come from visitors' browsers: an unknown one throws in Intl. */
function timeInZone(language: Language, timeZone: string, now: number): string {
  try {
    return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(
      now,
    );
  } catch {
    return "";
  }
}

/** Codes come from outside: a malformed one throws in Intl and is shown as it is. */
function named(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
