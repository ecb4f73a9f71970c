/**
 * The language that protocol/ and widget/ may use: ECMAScript 3 as Internet Explorer 8's JScript has it, and nothing newer.
 *
 * It takes the place of TypeScript's own `lib` (`noLib`), so that the compiler refuses `indexOf` on arrays, `trim`, `bind`,
 * `Object.keys`, `Date.now`, `JSON`, `Map` and `Promise`. Left out on purpose, because the engine does something else there:
 * `substr` (negative start), `splice` with one argument (removes nothing), `s[i]` (undefined in quirks mode), `Date.parse` and
 * dates from text (no ISO 8601), `parseInt` without a radix (octal), `toFixed` (rounds 0.5 to 0), `split` by a pattern (drops
 * captures and empty parts). Names of the browser (`window`, `setTimeout`) are in `widget/dom-es3.d.ts`.
 */

declare const NaN: number;
declare const Infinity: number;
declare function parseInt(text: string, radix: number): number;
declare function parseFloat(text: string): number;
declare function isNaN(value: number): boolean;
declare function isFinite(value: number): boolean;
declare function encodeURI(text: string): string;
/** Throws a URIError on a lone surrogate. */
declare function encodeURIComponent(text: string | number | boolean): string;
/** Throws a URIError on malformed input. */
declare function decodeURI(text: string): string;
/** Throws a URIError on malformed input. */
declare function decodeURIComponent(text: string): string;

interface Object {
  constructor: Function;
  toString(): string;
  toLocaleString(): string;
  valueOf(): Object;
  hasOwnProperty(name: PropertyKey): boolean;
  isPrototypeOf(value: Object): boolean;
  propertyIsEnumerable(name: PropertyKey): boolean;
}
interface ObjectConstructor {
  new (value?: unknown): Object;
  (value?: unknown): Object;
  readonly prototype: Object;
}
declare const Object: ObjectConstructor;

interface Function {
  apply(this: Function, receiver: unknown, list?: readonly unknown[] | IArguments): unknown;
  call(this: Function, receiver: unknown, ...list: unknown[]): unknown;
  toString(): string;
  prototype: unknown;
  readonly length: number;
}
interface FunctionConstructor {
  new (...text: string[]): Function;
  (...text: string[]): Function;
  readonly prototype: Function;
}
declare const Function: FunctionConstructor;

interface CallableFunction extends Function {
  apply<T, R>(this: (this: T) => R, receiver: T): R;
  apply<T, A extends unknown[], R>(this: (this: T, ...list: A) => R, receiver: T, list: A): R;
  call<T, A extends unknown[], R>(this: (this: T, ...list: A) => R, receiver: T, ...list: A): R;
}
interface NewableFunction extends Function {}

interface IArguments {
  [index: number]: unknown;
  length: number;
  callee: Function;
}

interface String {
  toString(): string;
  valueOf(): string;
  charAt(index: number): string;
  charCodeAt(index: number): number;
  concat(...texts: string[]): string;
  indexOf(part: string, from?: number): number;
  lastIndexOf(part: string, from?: number): number;
  localeCompare(other: string): number;
  match(pattern: RegExp): RegExpMatchArray | null;
  replace(pattern: string | RegExp, replacement: string): string;
  replace(pattern: string | RegExp, replacer: (part: string, ...groups: string[]) => string): string;
  search(pattern: RegExp): number;
  slice(start: number, end?: number): string;
  split(separator: string, limit?: number): string[];
  substring(start: number, end?: number): string;
  toLowerCase(): string;
  toLocaleLowerCase(): string;
  toUpperCase(): string;
  toLocaleUpperCase(): string;
  readonly length: number;
}
interface StringConstructor {
  new (value?: unknown): String;
  (value?: unknown): string;
  readonly prototype: String;
  fromCharCode(...codes: number[]): string;
}
declare const String: StringConstructor;

interface Boolean {
  valueOf(): boolean;
}
interface BooleanConstructor {
  new (value?: unknown): Boolean;
  (value?: unknown): boolean;
  readonly prototype: Boolean;
}
declare const Boolean: BooleanConstructor;

interface Number {
  toString(radix?: number): string;
  toLocaleString(): string;
  valueOf(): number;
  toExponential(fractionDigits?: number): string;
  toPrecision(precision?: number): string;
}
interface NumberConstructor {
  new (value?: unknown): Number;
  (value?: unknown): number;
  readonly prototype: Number;
  readonly MAX_VALUE: number;
  readonly MIN_VALUE: number;
}
declare const Number: NumberConstructor;

interface Math {
  readonly E: number;
  readonly LN10: number;
  readonly LN2: number;
  readonly LOG2E: number;
  readonly LOG10E: number;
  readonly PI: number;
  readonly SQRT1_2: number;
  readonly SQRT2: number;
  abs(x: number): number;
  acos(x: number): number;
  asin(x: number): number;
  atan(x: number): number;
  atan2(y: number, x: number): number;
  ceil(x: number): number;
  cos(x: number): number;
  exp(x: number): number;
  floor(x: number): number;
  log(x: number): number;
  max(...values: number[]): number;
  min(...values: number[]): number;
  pow(x: number, y: number): number;
  random(): number;
  round(x: number): number;
  sin(x: number): number;
  sqrt(x: number): number;
  tan(x: number): number;
}
declare const Math: Math;

interface Date {
  toString(): string;
  toDateString(): string;
  toTimeString(): string;
  toLocaleString(): string;
  toLocaleDateString(): string;
  toLocaleTimeString(): string;
  toUTCString(): string;
  valueOf(): number;
  getTime(): number;
  getFullYear(): number;
  getUTCFullYear(): number;
  getMonth(): number;
  getUTCMonth(): number;
  getDate(): number;
  getUTCDate(): number;
  getDay(): number;
  getUTCDay(): number;
  getHours(): number;
  getUTCHours(): number;
  getMinutes(): number;
  getUTCMinutes(): number;
  getSeconds(): number;
  getUTCSeconds(): number;
  getMilliseconds(): number;
  getUTCMilliseconds(): number;
  getTimezoneOffset(): number;
  setTime(time: number): number;
  setFullYear(year: number, month?: number, date?: number): number;
  setMonth(month: number, date?: number): number;
  setDate(date: number): number;
  setHours(hours: number, minutes?: number, seconds?: number, milliseconds?: number): number;
  setMinutes(minutes: number, seconds?: number, milliseconds?: number): number;
  setSeconds(seconds: number, milliseconds?: number): number;
  setMilliseconds(milliseconds: number): number;
}
interface DateConstructor {
  new (): Date;
  new (time: number): Date;
  new (
    year: number,
    month: number,
    date?: number,
    hours?: number,
    minutes?: number,
    seconds?: number,
    milliseconds?: number,
  ): Date;
  (): string;
  readonly prototype: Date;
  UTC(
    year: number,
    month: number,
    date?: number,
    hours?: number,
    minutes?: number,
    seconds?: number,
    milliseconds?: number,
  ): number;
}
declare const Date: DateConstructor;

interface RegExpMatchArray extends Array<string> {
  index?: number;
  input?: string;
}
interface RegExpExecArray extends Array<string> {
  index: number;
  input: string;
}
interface RegExp {
  exec(text: string): RegExpExecArray | null;
  test(text: string): boolean;
  toString(): string;
  readonly source: string;
  readonly global: boolean;
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  lastIndex: number;
}
interface RegExpConstructor {
  new (pattern: string, flags?: string): RegExp;
  (pattern: string, flags?: string): RegExp;
  readonly prototype: RegExp;
}
declare const RegExp: RegExpConstructor;

interface Error {
  name: string;
  message: string;
}
interface ErrorConstructor {
  new (message?: string): Error;
  (message?: string): Error;
  readonly prototype: Error;
}
declare const Error: ErrorConstructor;
declare const EvalError: ErrorConstructor;
declare const RangeError: ErrorConstructor;
declare const ReferenceError: ErrorConstructor;
declare const SyntaxError: ErrorConstructor;
declare const TypeError: ErrorConstructor;
declare const URIError: ErrorConstructor;

interface ArrayLike<T> {
  readonly length: number;
  readonly [index: number]: T;
}
interface ReadonlyArray<T> {
  readonly length: number;
  readonly [index: number]: T;
  toString(): string;
  concat(...items: (T | readonly T[])[]): T[];
  join(separator?: string): string;
  slice(start?: number, end?: number): T[];
}
interface Array<T> {
  length: number;
  [index: number]: T;
  toString(): string;
  concat(...items: (T | readonly T[])[]): T[];
  join(separator?: string): string;
  pop(): T | undefined;
  push(...items: T[]): number;
  reverse(): T[];
  shift(): T | undefined;
  slice(start?: number, end?: number): T[];
  sort(compare?: (a: T, b: T) => number): this;
  splice(start: number, deleteCount: number, ...items: T[]): T[];
  /** Answers nothing in old engines: read `length` instead. */
  unshift(...items: T[]): void;
}
interface ArrayConstructor {
  new <T>(length?: number): T[];
  <T>(length?: number): T[];
  readonly prototype: unknown[];
}
declare const Array: ArrayConstructor;

/** Types that exist only in the compiler. */
type PropertyKey = string | number | symbol;
interface Symbol {
  toString(): string;
}
type Partial<T> = { [P in keyof T]?: T[P] };
type Required<T> = { [P in keyof T]-?: T[P] };
type Readonly<T> = { readonly [P in keyof T]: T[P] };
type Pick<T, K extends keyof T> = { [P in K]: T[P] };
type Record<K extends PropertyKey, T> = { [P in K]: T };
type Exclude<T, U> = T extends U ? never : T;
type Extract<T, U> = T extends U ? T : never;
type Omit<T, K extends PropertyKey> = Pick<T, Exclude<keyof T, K>>;
type NonNullable<T> = T & {};
type Parameters<T extends (...list: never[]) => unknown> = T extends (...list: infer P) => unknown ? P : never;
type ReturnType<T extends (...list: never[]) => unknown> = T extends (...list: never[]) => infer R ? R : never;
interface ThisType<T> {}
