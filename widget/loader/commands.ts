/**
 * The one global. `q`: calls that came before the script; the snippet's optional stub puts them there. `shared`: what the panel's script
 * takes from this one.
 */
interface Api {
  (...values: unknown[]): void;
  q?: { readonly length?: number; readonly [index: number]: ArrayLike<unknown>; push(call: ArrayLike<unknown>): void };
  loaded?: boolean;
  shared?: unknown;
}

/**
 * Makes `Beckon(command, …)` ours and runs the calls that were queued, in their order; whoever kept the stub keeps a working function.
 * False: another copy of this script has it already, and no `shutdown` has ended it. An error in a command reaches the console, never the page's own code.
 */
export function takeOver(shared: unknown, run: (command: string, values: unknown[]) => void): boolean {
  const stub = typeof window.Beckon === "function" ? (window.Beckon as Api) : undefined;
  if (stub && stub.loaded) return false;

  function call(values: ArrayLike<unknown>): void {
    const rest: unknown[] = [];
    for (let i = 1; i < values.length; i++) rest.push(values[i]);
    outside(() => run(String(values[0]), rest));
  }
  const api: Api = (...values) => call(values);
  api.loaded = true;
  api.shared = shared;
  window.Beckon = api;

  const waiting = stub && stub.q;
  if (stub) stub.q = { push: call };
  if (waiting && waiting.length) for (let i = 0; i < waiting.length; i++) call(waiting[i] as ArrayLike<unknown>);
  return true;
}

/** Runs code of the page; what it throws is thrown again where nothing of ours stands in the way. */
export function outside(action: () => void): void {
  try {
    action();
  } catch (error) {
    setTimeout(() => {
      throw error;
    }, 0);
  }
}

/** After `shutdown`: the script may be included again. */
export function giveBack(): void {
  if (typeof window.Beckon === "function") (window.Beckon as Api).loaded = false;
}
