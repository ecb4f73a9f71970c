/** Every number of the protocol, with its unit. SPEC.md §9 is the same table; a test compares them. */

/** Wire messages. */
export const maxFrameBytes = 65536;
/** Read, and refused with `too-large`: every `hello` within its limits is less. Above it the connection is only closed. */
export const maxReceivedBytes = 1048576;
export const maxFramesPerMessage = 64;
export const maxJsonDepth = 8;
/** Integers are 0 to 2^53 - 1. */
export const maxInteger = 9007199254740991;

/** Texts. */
export const maxTextChars = 8000;
export const maxTypingChars = 500;
export const maxNameChars = 120;
export const maxEmailChars = 254;
export const maxTitleChars = 300;
export const maxUrlChars = 2048;
export const maxExternalIdChars = 128;
export const maxAttributes = 50;
export const maxAttributeNameChars = 60;
export const maxAttributeValueChars = 500;
export const maxEventNameChars = 60;
export const maxEventProperties = 20;
export const maxTokenChars = 1024;
export const maxReasonChars = 200;
export const maxLocaleChars = 35;
export const maxTimeZoneChars = 64;
export const maxScreenChars = 32;
export const maxSiteKeyChars = 64;
export const maxEpochChars = 64;
export const maxSignatureChars = 128;

/** An identifier is 128 random bits in base64url. */
export const idChars = 22;

/** Hello. */
export const maxProducersPerConnection = 16;
export const maxAddressesPerProducer = 200;
export const maxSubscriptions = 200;
export const maxPositionsPerReceipt = 200;

/** Replay. */
export const initialEvents = 50;
export const maxEventsPerPage = 200;
export const maxPageBytes = 49152;
/** Events sent but not yet covered by a delivered receipt, per connection. */
export const windowEvents = 256;

/** Publishing. */
export const maxUnackedPerConnection = 256;
export const maxOutboxMessages = 1000;
export const reofferMessages = 200;
export const reofferMs = 86400000;
/** Conversations that a visitor's connection may name to have them made again. Further ones are where the visitor is now. */
export const maxConversationsAgain = 10;

/** Time. */
export const helloTimeoutMs = 10000;
export const okTimeoutMs = 3000;
export const heartbeatMs = 20000;
export const clientDeadMs = 30000;
export const probeTimeoutMs = 3000;
export const serverDeadMs = 50000;
export const hiddenServerDeadMs = 150000;
export const ackTimeoutMs = 10000;
export const firstRetryMaxMs = 250;
export const retryBaseMs = 500;
export const retryMaxMs = 30000;
export const retryFloorMs = 100;
export const provenAfterMs = 10000;
/** A link that dies this soon after its `ok` twice in a row demotes its carrier. */
export const earlyDeathMs = 30000;
/** How long a carrier that worked is tried before better ones. */
export const demotionMs = 600000;
/** First probe of a better carrier; each further one waits twice as long. */
export const climbBaseMs = 60000;
/** How long the client gathers changes of a log before it writes them to its store. */
export const saveDelayMs = 1000;
/** Newest events of each log that the client keeps in its store. */
export const keptEvents = 200;
export const gapWaitMs = 3000;
export const receiptDelayMs = 250;
export const viewTickMs = 250;
export const typingIdleMs = 5000;
export const typingTickMs = 250;
export const drainMs = 20000;
export const sweepMs = 5000;
export const sweepBusDownMs = 500;

/** Views. */
export const maxRowsPerSnapshotPage = 200;
export const maxClosedInInbox = 200;
export const maxTrailSegments = 30;
export const maxTrailPages = 200;
export const maxVisitEvents = 100;
/** A page that says to be older counts as this old. */
export const maxPageAgeMs = 2592000000;

/** Rates, per connection unless said. Above: `rate` with a time to wait. */
export const publishPerMinute = 120;
export const publishBurst = 20;
/** An agent has many conversations at once. */
export const agentPublishPerMinute = 1200;
export const agentPublishBurst = 120;
export const ephemeralPerMinute = 600;
export const pagesPerMinute = 120;
export const framesPerMinute = 3000;
export const hellosPerAddressPerMinute = 6000;
