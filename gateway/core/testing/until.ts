/** Waits for a condition, however long the machine takes; the runner's own limit ends a test that cannot succeed. */
const turnsBeforeGivingUp = 20_000;

export async function until<T>(
  look: () => T | undefined | null | false,
  wanted: () => string = () => "it",
): Promise<T> {
  for (let turn = 0; turn < turnsBeforeGivingUp; turn += 1) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`waited in vain for ${wanted()}`);
}

/** Lets everything that is under way come to rest: for showing that something does NOT happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
