import type { Unwatch } from "../../../protocol/client-frames.ts";
import type { FrameHandler } from "./table.ts";

export const unwatch: FrameHandler<Unwatch> = {
  side: "agent",
  rate: "none",
  handle(rooms, session, frame) {
    const watcher = session.watchers?.get(frame.view);
    if (watcher) rooms.views.unwatch(watcher);
  },
};
