import type { Bye } from "../../../protocol/client-frames.ts";
import type { FrameHandler } from "./table.ts";

const normalClosure = 1000;

/** A clean leave: presence goes at once. */
export const bye: FrameHandler<Bye> = {
  side: "both",
  rate: "none",
  handle(_rooms, session) {
    session.connection.close(normalClosure, "bye");
  },
};
