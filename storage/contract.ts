/** What every storage must do, on any engine. Each case plays in a tenant of its own; none depends on the speed of the machine. */
import { administrationCases } from "./testing/administration-cases.ts";
import { appendCases } from "./testing/append-cases.ts";
import { conversationCases } from "./testing/conversation-cases.ts";
import { isolationCases } from "./testing/isolation-cases.ts";
import { offeredAgainCases } from "./testing/offered-again-cases.ts";
import { peopleCases } from "./testing/people-cases.ts";
import { readingCases } from "./testing/reading-cases.ts";
import { searchCases } from "./testing/search-cases.ts";
import type { StorageCase } from "./testing/world.ts";

export const storageContract: readonly StorageCase[] = [
  ...appendCases,
  ...offeredAgainCases,
  ...conversationCases,
  ...readingCases,
  ...peopleCases,
  ...searchCases,
  ...administrationCases,
  ...isolationCases,
];
