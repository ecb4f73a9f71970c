/** Calls back on each `type` event of `target` until the returned function is called. */
export function listen<E extends EventLike>(target: Listening, type: string, listener: (event: E) => void): () => void {
  if (target.addEventListener) {
    target.addEventListener(type, listener, false);
    return () => target.removeEventListener && target.removeEventListener(type, listener, false);
  }
  if (target.attachEvent) target.attachEvent(`on${type}`, listener);
  return () => target.detachEvent && target.detachEvent(`on${type}`, listener);
}
