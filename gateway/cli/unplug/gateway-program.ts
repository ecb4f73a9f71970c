/** `beckon start`, which ends with the demo that started it, whatever becomes of that: nobody else could stop it. */
process.once("disconnect", () => process.exit(0));
// Its end is for the program to decide, not for this channel.
process.channel?.unref();
await import("../main.ts");
