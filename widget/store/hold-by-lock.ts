/** {@link Store.hold} by Web Locks: the browser frees the lock when the page dies. `locks`: `navigator.locks`. */
export function holdByLock(locks: LockManager, name: string, done: (held: boolean) => void): { release(): void } {
  let told = false;
  let released = false;
  let free: (() => void) | undefined;

  function tell(held: boolean): void {
    if (told) return;
    told = true;
    done(held);
  }

  locks
    .request(name, { ifAvailable: true }, (lock) => {
      tell(lock !== null);
      if (lock === null || released) return undefined;
      // Where there are locks, there are promises.
      return new Promise<void>((resolve) => {
        free = resolve;
      });
    })
    .then(
      () => tell(false),
      () => tell(false),
    );
  return {
    release() {
      released = true;
      if (free) free();
    },
  };
}
