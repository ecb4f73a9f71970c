/** A fresh installation before each test, closed after it, whose storage can be held back, counted or fail. */
import { afterEach, beforeEach } from "vitest";
import type { CoreSettings } from "../core.ts";
import { StorageSwitch } from "./faulty-storage.ts";
import { House } from "./house.ts";

/** Of the test that runs. */
export let house: House;
/** What stands between {@link house} and its real storage. */
export let storage: StorageSwitch;

export function openHouseBeforeEach(change: Partial<CoreSettings> = {}): void {
  beforeEach(async () => {
    storage = new StorageSwitch();
    house = await House.open(change, storage.wrap);
  });
  afterEach(async () => {
    storage.down = false;
    storage.release();
    await house.close();
  });
}
