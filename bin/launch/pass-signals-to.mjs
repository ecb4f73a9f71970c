const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * While a child is at work, what is sent to this process is meant for the child.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {() => void} undoes it
 */
export function passSignalsTo(child) {
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => {
    // Ctrl-C in a terminal reaches the child by itself; passed on as well it would count as a second, impatient one.
    if (signal === "SIGINT" && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of signals) process.on(signal, passOn);
  return () => {
    for (const signal of signals) process.off(signal, passOn);
  };
}
