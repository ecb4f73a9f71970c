/**
 * Configuration: environment and file to `Config`. Pure: given the variables and the text of the file. An unknown or
 * malformed key is a {@link ConfigError} that names it and says what would be right. The environment wins over the file.
 * `docs/configuration.md` is the same table as {@link settings}; a test compares them.
 */

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly data: string;
  readonly masterKey: string;
  readonly publicUrl: string;
  readonly trustedProxies: readonly string[];
  readonly maxConnections: number;
  readonly maxSessions: number;
  readonly maxSessionsPerAddress: number;
  readonly maxVisits: number;
  readonly maxQueuedAppends: number;
  readonly logLevel: "debug" | "info" | "warn" | "error";
  readonly metricsToken: string;
  readonly geoDatabase: string;
  readonly gatewayName: string;
  readonly sessionHours: number;
  readonly heartbeatMs: number;
  readonly visitGraceMs: number;
  readonly idleMs: number;
  readonly sweepMs: number;
}

export class ConfigError extends Error {
  readonly key: string;
  constructor(key: string, detail: string) {
    super(detail);
    this.name = "ConfigError";
    this.key = key;
  }
}

type Reader<Value> = (text: string) => Value | undefined;

interface Setting<Key extends keyof Config> {
  readonly key: Key;
  readonly variable: string;
  readonly fallback: Config[Key];
  /** What is accepted, in words, with its unit. */
  readonly accepts: string;
  readonly meaning: string;
  readonly read: Reader<Config[Key]>;
}

const text: Reader<string> = (value) => value;

function whole(min: number, max: number): Reader<number> {
  return (value) => {
    if (!/^\d{1,12}$/.test(value)) return undefined;
    const number = Number(value);
    return number >= min && number <= max ? number : undefined;
  };
}

function matching(pattern: RegExp): Reader<string> {
  return (value) => (pattern.test(value) ? value : undefined);
}

function oneOf<const Word extends string>(...words: Word[]): Reader<Word> {
  return (value) => words.find((word) => word === value);
}

const list: Reader<readonly string[]> = (value) =>
  value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

function setting<Key extends keyof Config>(
  key: Key,
  variable: string,
  fallback: Config[Key],
  accepts: string,
  meaning: string,
  read: Reader<Config[Key]>,
): Setting<Key> {
  return { key, variable, fallback, accepts, meaning, read };
}

/** Every key, once. */
export const settings = [
  setting(
    "host",
    "HOST",
    "127.0.0.1",
    "an address of this machine",
    "where the gateway listens",
    matching(/^[0-9A-Za-z.:-]{1,253}$/),
  ),
  setting("port", "PORT", 8080, "0 to 65535; 0 picks a free one", "TCP port", whole(0, 65535)),
  setting(
    "database",
    "BECKON_DATABASE",
    "",
    "`sqlite:PATH` or `mysql://user:password@host:port/database`; empty: `beckon.sqlite` in the data folder",
    "the database",
    matching(/^$|^sqlite:.+|^mysql:\/\/.+/),
  ),
  setting("data", "BECKON_DATA", "./data", "a folder", "keys, the embedded database, demo logins", matching(/^.+$/)),
  setting(
    "masterKey",
    "BECKON_MASTER_KEY",
    "",
    "64 hexadecimal digits; empty: the file `master.key` in the data folder",
    "signs tokens and keys hashes; every gateway of an installation has the same",
    matching(/^$|^[0-9a-fA-F]{64}$/),
  ),
  setting(
    "publicUrl",
    "BECKON_PUBLIC_URL",
    "",
    "`https://chat.example`; empty: as the request says",
    "how browsers reach the gateway; with `https:` cookies are Secure",
    matching(/^$|^https?:\/\/[^/\s]+$/),
  ),
  setting(
    "trustedProxies",
    "BECKON_TRUSTED_PROXIES",
    [],
    "addresses or ranges such as `10.0.0.0/8`, separated by commas",
    "whose X-Forwarded-For and X-Forwarded-Proto are believed",
    list,
  ),
  setting(
    "maxConnections",
    "BECKON_MAX_CONNECTIONS",
    18000,
    "10 to 1000000 TCP connections",
    "above it new ones are closed at once; keep it below the file limit",
    whole(10, 1000000),
  ),
  setting(
    "maxSessions",
    "BECKON_MAX_SESSIONS",
    15000,
    "10 to 1000000",
    "sessions (pages and agents) of this gateway; above it new ones are told to come later",
    whole(10, 1000000),
  ),
  setting(
    "maxSessionsPerAddress",
    "BECKON_MAX_SESSIONS_PER_ADDRESS",
    1000,
    "1 to 1000000",
    "sessions from one client address; offices share one, and the whole /64 of an IPv6 subscriber counts as one",
    whole(1, 1000000),
  ),
  setting(
    "maxVisits",
    "BECKON_MAX_VISITS",
    50000,
    "10 to 1000000",
    "visits in memory, open or left in the last half hour; above it the longest gone are forgotten, and where nobody is gone new visitors can chat but are not in the table",
    whole(10, 1000000),
  ),
  setting(
    "maxQueuedAppends",
    "BECKON_MAX_QUEUED_APPENDS",
    4096,
    "64 to 1000000 messages",
    "messages that may wait for the database before senders are told to come later",
    whole(64, 1000000),
  ),
  setting(
    "logLevel",
    "BECKON_LOG_LEVEL",
    "info",
    "`debug`, `info`, `warn` or `error`",
    "what is logged; never texts, tokens or typed characters",
    oneOf("debug", "info", "warn", "error"),
  ),
  setting(
    "metricsToken",
    "BECKON_METRICS_TOKEN",
    "",
    "16 to 200 characters; empty: only from this machine, and only without a proxy",
    "`Authorization: Bearer …` for `/metrics`; behind a proxy (one is listed, the public address is https, or a request says so) nothing else opens it",
    matching(/^$|^[!-~]{16,200}$/),
  ),
  setting(
    "geoDatabase",
    "BECKON_GEO_DATABASE",
    "",
    "path of an .mmdb file (country or city); empty: none",
    "countries of visitors",
    text,
  ),
  setting(
    "gatewayName",
    "BECKON_GATEWAY_NAME",
    "gateway",
    "1 to 40 letters, digits, hyphens",
    "stands in logs and in `ok`",
    matching(/^[0-9A-Za-z-]{1,40}$/),
  ),
  setting(
    "sessionHours",
    "BECKON_SESSION_HOURS",
    336,
    "1 to 8760 hours",
    "how long an agent stays signed in",
    whole(1, 8760),
  ),
  setting(
    "heartbeatMs",
    "BECKON_HEARTBEAT_MS",
    20000,
    "1000 to 60000 ms",
    "heartbeats of the gateway; keep it below the proxies' time-outs",
    whole(1000, 60000),
  ),
  setting(
    "visitGraceMs",
    "BECKON_VISIT_GRACE_MS",
    30000,
    "100 to 600000 ms",
    "how long a visitor without a page stays in the table",
    whole(100, 600000),
  ),
  setting(
    "idleMs",
    "BECKON_IDLE_MS",
    300000,
    "1000 to 86400000 ms",
    "a visitor without a new page for this long is idle",
    whole(1000, 86400000),
  ),
  setting(
    "sweepMs",
    "BECKON_SWEEP_MS",
    5000,
    "100 to 60000 ms",
    "how often the gateway compares what it has sent with the log",
    whole(100, 60000),
  ),
] as const;

/** Variables that begin with BECKON_ and are no keys: the file itself, and what the load generators read. */
const otherVariables = ["BECKON_CONFIG", "BECKON_URL"];

/** `file`: the parsed JSON of BECKON_CONFIG, or undefined. Throws {@link ConfigError}. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  file: unknown,
  fallbacks: Partial<Config> = {},
): Config {
  const fromFile = fileValues(file);
  refuseUnknown(environment, fromFile);
  const config: Record<string, unknown> = {};
  for (const entry of settings) {
    const value = environment[entry.variable] ?? fromFile.get(entry.key);
    config[entry.key] =
      value === undefined || value === "" ? (fallbacks[entry.key] ?? entry.fallback) : readValue(entry, value);
  }
  return config as unknown as Config;
}

function readValue(entry: (typeof settings)[number], value: string): unknown {
  const read = entry.read(value);
  if (read === undefined) throw new ConfigError(entry.key, `${entry.variable} (${entry.key}) must be ${entry.accepts}`);
  return read;
}

function fileValues(file: unknown): Map<string, string> {
  const values = new Map<string, string>();
  if (file === undefined) return values;
  if (typeof file !== "object" || file === null || Array.isArray(file))
    throw new ConfigError("BECKON_CONFIG", "the configuration file must hold one JSON object");
  for (const [key, value] of Object.entries(file)) {
    const plain = Array.isArray(value) ? value.join(",") : value;
    if (typeof plain !== "string" && typeof plain !== "number")
      throw new ConfigError(key, `${key} in the configuration file must be a string, a number or a list of strings`);
    values.set(key, String(plain));
  }
  return values;
}

function refuseUnknown(environment: Readonly<Record<string, string | undefined>>, fromFile: Map<string, string>): void {
  const variables = new Set<string>([...settings.map((entry) => entry.variable), ...otherVariables]);
  for (const name of Object.keys(environment))
    if (name.startsWith("BECKON_") && !variables.has(name))
      throw new ConfigError(name, `${name} is no setting of Beckon; docs/configuration.md lists them all`);
  const keys = new Set<string>(settings.map((entry) => entry.key));
  for (const key of fromFile.keys())
    if (!keys.has(key))
      throw new ConfigError(
        key,
        `${key} in the configuration file is no setting of Beckon; docs/configuration.md lists them all`,
      );
}
