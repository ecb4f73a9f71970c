/** The shop of the pictures, with people on it: what the screens' tests and pictures show. */
import type { ConversationInfo, Session, VisitorInfo } from "../protocol/api.ts";
import type { EventBody, InboxRow, LogEvent, Sender, TeamRow, VisitorRow, VisitRow } from "../protocol/frames.ts";
import { idOf, type TestGateway } from "./test-gateway.ts";

const secondMs = 1000;
const minuteMs = 60 * secondMs;

export const meiSession: Session = {
  agent: {
    id: idOf("mei"),
    name: "Mei Lin",
    email: "mei.lin@northslope.example",
    face: "/faces/mei.svg",
    role: "owner",
    available: true,
    disabled: false,
    departments: [],
  },
  tenant: { id: idOf("northslope"), name: "Northslope" },
  csrf: "csrf-token",
  expiresAt: 4_000_000_000_000,
};

const mei = { id: idOf("mei"), name: "Mei Lin", face: "/faces/mei.svg" };
const jonas = { id: idOf("jonas"), name: "Jonas Weber", face: "/faces/jonas.svg" };
const aisha = { id: idOf("aisha"), name: "Aisha Khan", face: "" };

interface Person {
  key: string;
  name?: string;
  page: string;
  path: string;
  dwell: number;
  onSite: number;
  pages: number;
  money?: number;
  visits?: number;
  place?: [string, string];
  from?: string;
  browser?: string;
  form?: "desktop" | "phone" | "tablet";
  cart?: string;
  with?: typeof mei;
  waited?: number;
  state?: VisitorRow["state"];
  unread?: number;
}

/** Seconds everywhere. */
const people: readonly Person[] = [
  {
    key: "chen",
    name: "陈思远",
    page: "Checkout: payment",
    path: "/checkout/payment",
    dwell: 210,
    onSite: 647,
    pages: 5,
    money: 3,
    visits: 3,
    place: ["Shanghai", "CN"],
    from: "https://weixin.qq.com/",
    browser: "Safari 18",
    form: "phone",
    cart: "€ 612",
    waited: 252,
  },
  {
    key: "v7k2",
    page: "Moraine GTX boots",
    path: "/boots/moraine",
    dwell: 190,
    onSite: 515,
    pages: 3,
    visits: 1,
    place: ["Leeds", "GB"],
    from: "https://www.google.com/",
    browser: "Chrome 141",
    waited: 108,
  },
  {
    key: "priya",
    name: "Priya Raman",
    page: "Returns and exchanges",
    path: "/returns",
    dwell: 120,
    onSite: 190,
    pages: 2,
    visits: 9,
    place: ["Munich", "DE"],
    browser: "Safari 18",
    waited: 21,
  },
  {
    key: "henrik",
    name: "Henrik Solberg",
    page: "Storm gaiters",
    path: "/gaiters/storm",
    dwell: 188,
    onSite: 874,
    pages: 7,
    visits: 6,
    place: ["Tromsø", "NO"],
    from: "https://newsletter.northslope.example/",
    browser: "Firefox 144",
    cart: "€ 38",
    with: mei,
  },
  {
    key: "zhou",
    name: "周雨桐",
    page: "Cart",
    path: "/cart",
    dwell: 75,
    onSite: 759,
    pages: 6,
    money: 1,
    visits: 2,
    place: ["Hangzhou", "CN"],
    from: "https://www.xiaohongshu.com/",
    browser: "WeChat 8",
    form: "phone",
    cart: "€ 389",
    with: mei,
    unread: 2,
  },
  {
    key: "camille",
    name: "Camille Robert",
    page: "My orders",
    path: "/orders",
    dwell: 400,
    onSite: 580,
    pages: 2,
    visits: 14,
    place: ["Lyon", "FR"],
    browser: "Edge 141",
    with: jonas,
  },
  {
    key: "v3qf",
    page: "Skarv 65 trekking pack",
    path: "/packs/skarv-65",
    dwell: 480,
    onSite: 600,
    pages: 2,
    visits: 1,
    place: ["Graz", "AT"],
    from: "https://www.bing.com/",
    browser: "Safari 18",
    form: "tablet",
    with: jonas,
  },
  {
    key: "tomasz",
    name: "Tomasz Wrona",
    page: "Washing down",
    path: "/care/down",
    dwell: 200,
    onSite: 590,
    pages: 3,
    visits: 4,
    place: ["Kraków", "PL"],
    from: "https://www.google.com/",
    browser: "Chrome 141",
    cart: "€ 74",
    with: aisha,
  },
  {
    key: "v9td",
    page: "Tarn 2 tent",
    path: "/tents/tarn-2",
    dwell: 140,
    onSite: 575,
    pages: 5,
    visits: 2,
    place: ["Utrecht", "NL"],
    from: "https://www.google.com/search?q=2+person+tent+wind",
    browser: "Chrome 141",
    state: "invited",
  },
  {
    key: "vh5w",
    page: "Home",
    path: "/",
    dwell: 16,
    onSite: 16,
    pages: 1,
    visits: 1,
    place: ["Gdańsk", "PL"],
    browser: "Chrome 141",
    form: "phone",
  },
  {
    key: "sofia",
    name: "Sofia Lindqvist",
    page: "My orders",
    path: "/orders",
    dwell: 26,
    onSite: 26,
    pages: 1,
    visits: 21,
    place: ["Umeå", "SE"],
    browser: "Safari 18",
  },
  {
    key: "vm7c",
    page: "Washing down",
    path: "/care/down",
    dwell: 45,
    onSite: 45,
    pages: 1,
    visits: 1,
    place: ["Reykjavík", "IS"],
    from: "https://duckduckgo.com/",
    browser: "Firefox 144",
  },
  {
    key: "marta",
    name: "Marta Oliveira",
    page: "Checkout: payment",
    path: "/checkout/payment",
    dwell: 62,
    onSite: 274,
    pages: 4,
    money: 2,
    visits: 11,
    place: ["Porto", "PT"],
    browser: "Chrome 141",
    form: "phone",
    cart: "€ 156",
  },
  {
    key: "lukas",
    name: "Lukas Hoffmann-Schneider",
    page: "Cirque rain shell",
    path: "/shells/cirque",
    dwell: 70,
    onSite: 396,
    pages: 5,
    visits: 8,
    place: ["Garmisch-Partenkirchen", "DE"],
    browser: "Edge 141",
    cart: "€ 89",
  },
  {
    key: "vb41",
    page: "Checkout: delivery",
    path: "/checkout/delivery",
    dwell: 80,
    onSite: 492,
    pages: 5,
    money: 2,
    visits: 2,
    place: ["Dublin", "IE"],
    from: "https://www.instagram.com/",
    browser: "Safari 18",
    form: "phone",
    cart: "€ 219",
  },
  {
    key: "wang",
    name: "王子涵",
    page: "Kestrel down jacket",
    path: "/jackets/kestrel",
    dwell: 160,
    onSite: 364,
    pages: 3,
    visits: 5,
    place: ["Chengdu", "CN"],
    from: "https://weixin.qq.com/",
    browser: "WeChat 8",
    form: "phone",
  },
  {
    key: "v2lp",
    page: "Ember gas stove",
    path: "/stoves/ember",
    dwell: 130,
    onSite: 130,
    pages: 1,
    visits: 1,
    place: ["Innsbruck", "AT"],
    from: "https://www.bergfreunde-forum.example/",
    browser: "Chrome 141",
  },
  {
    key: "vx0n",
    page: "Skarv 65 trekking pack",
    path: "/packs/skarv-65",
    dwell: 310,
    onSite: 610,
    pages: 3,
    visits: 1,
    place: ["Zürich", "CH"],
    from: "https://www.google.com/",
    browser: "Firefox 144",
    state: "idle",
  },
];

export function fillHouse(gateway: TestGateway, now: number): void {
  const visitors = [...people.map((person) => visitorRow(person, now)), ...crowd(40, now)];
  gateway.upsert("visitors", visitors);
  gateway.upsert("team", teamRows());
  gateway.upsert("inbox", inboxRows(now));
  for (const person of people) gateway.upsert(`visit:${idOf(person.key)}`, [visitRow(person, now)]);
  writeHenrik(gateway, now);
  writeWaiting(gateway, now);
  gateway.visitors.set(idOf("henrik-person"), henrikInfo(now));
  for (const conversation of closedConversations(now)) gateway.conversations.set(conversation.id, conversation);
  gateway.conversations.set(idOf("c-henrik"), openConversation(now));
  gateway.sites.push({
    key: "ns_7Qd2",
    name: "northslope.example",
    color: "#0a5f78",
    side: "right",
    origins: ["https://northslope.example"],
    previews: true,
    remembers: false,
    requireSignature: true,
    reopenDays: 7,
    department: null,
    secret: "9f2c4e",
  });
  gateway.agents.push(meiSession.agent, {
    ...meiSession.agent,
    id: jonas.id,
    name: jonas.name,
    email: "jonas@northslope.example",
    face: jonas.face,
    role: "agent",
  });
  gateway.searches.set("gaiters", searchPage(now));
}

export function visitorRow(person: Person, now: number): VisitorRow {
  const at = (seconds: number) => now - seconds * secondMs;
  const past = person.pages - 1;
  const trail = Array.from({ length: person.pages }, (_, place) => ({
    enteredAt:
      place === past
        ? at(person.dwell)
        : at(person.onSite) + (place * (person.onSite - person.dwell) * secondMs) / Math.max(1, past),
    money: place >= person.pages - (person.money ?? 0),
  }));
  const conversation = person.with || person.waited !== undefined ? idOf(`c-${person.key}`) : undefined;
  return {
    key: idOf(person.key),
    type: "visitor",
    site: "ns_7Qd2",
    siteName: "northslope.example",
    verified: person.name !== undefined,
    handle: person.key.replace(/^v/, "").toUpperCase(),
    state: person.state ?? (person.waited !== undefined ? "waiting" : person.with ? "chatting" : "browsing"),
    startedAt: at(person.onSite),
    page: { url: `https://northslope.example${person.path}`, title: person.page, enteredAt: at(person.dwell) },
    pages: person.pages,
    trail,
    referrer: person.from ?? "",
    device: {
      browser: person.browser ?? "Chrome 141",
      os: person.form === "phone" ? "Android" : "Linux",
      form: person.form ?? "desktop",
    },
    locale: person.place?.[1] === "CN" ? "zh-CN" : person.place?.[1] === "NO" ? "nb-NO" : "en-GB",
    timeZone: person.place?.[1] === "CN" ? "Asia/Shanghai" : "Europe/Oslo",
    ...(person.name === undefined
      ? {}
      : { name: person.name, visitor: idOf(`${person.key}-person`), email: `${person.key}@mail.example` }),
    ...(person.visits === undefined ? {} : { visits: person.visits }),
    ...(person.place ? { city: person.place[0], country: person.place[1] } : {}),
    ...(person.cart === undefined ? {} : { cart: person.cart }),
    ...(conversation === undefined ? {} : { conversation }),
    ...(person.with ? { assignee: person.with } : {}),
    ...(person.waited === undefined ? {} : { waitingSince: at(person.waited) }),
    ...(person.unread === undefined ? {} : { unread: person.unread }),
    ...(person.state === "invited" ? { invitation: { id: idOf("invite"), state: "seen" as const, at: at(20) } } : {}),
  };
}

/** Visitors who only browse, so that the table has to scroll. */
function crowd(count: number, now: number): VisitorRow[] {
  return Array.from({ length: count }, (_, place) =>
    visitorRow(
      {
        key: `x${place}`,
        page: place % 3 === 0 ? "Tarn 3 tent" : "Down care",
        path: `/p/${place}`,
        dwell: 400 + place * 7,
        onSite: 500 + place * 13,
        pages: 1 + (place % 4),
        place: ["Turin", "IT"],
        browser: "Chrome 141",
        ...(place % 5 === 0 ? { state: "idle" } : {}),
      },
      now,
    ),
  );
}

const henrikPages = [
  "Home",
  "Boots",
  "Moraine GTX boots",
  "Size guide, boots",
  "Moraine GTX boots",
  "My orders",
  "Storm gaiters",
];
const henrikDwell = [18, 64, 322, 141, 96, 45, 188];

function visitRow(person: Person, now: number): VisitRow {
  const row = visitorRow(person, now);
  const titles =
    person.key === "henrik"
      ? henrikPages
      : row.trail.map((_, place) =>
          place === row.trail.length - 1
            ? person.page
            : (["Home", "Tents", "Tarn 2 tent", "Tarn 3 tent"][place % 4] as string),
        );
  let at = now - henrikDwell.reduce((sum, seconds) => sum + seconds, 0) * secondMs;
  const pages = titles.map((title, place) => {
    const enteredAt = person.key === "henrik" ? at : (row.trail[place]?.enteredAt ?? now);
    at += (henrikDwell[place] ?? 0) * secondMs;
    return {
      url:
        place === titles.length - 1
          ? row.page.url
          : `https://northslope.example/${title.toLowerCase().replace(/\W+/g, "-")}`,
      title,
      enteredAt,
    };
  });
  return {
    key: row.key,
    type: "visit",
    visitorRow: row,
    pages,
    attributes:
      person.key === "henrik"
        ? [
            { name: "Customer", value: "since 2019" },
            { name: "Spent", value: "€ 1,284" },
            { name: "Last order", value: "48213, packed" },
            { name: "Campaign", value: "spring-boots" },
          ]
        : [],
    events:
      person.key === "henrik" ? [{ name: "size guide", at: now - 6 * minuteMs, properties: { model: "Moraine" } }] : [],
  };
}

function teamRows(): TeamRow[] {
  const row = (
    agent: { id: string; name: string; face?: string },
    state: TeamRow["state"],
    conversations: number,
  ): TeamRow => ({
    key: agent.id,
    type: "agent",
    name: agent.name,
    email: "",
    role: "agent",
    state,
    conversations,
    ...(agent.face ? { face: agent.face } : {}),
  });
  return [
    row(mei, "available", 4),
    row(jonas, "available", 3),
    row(aisha, "away", 1),
    row({ id: idOf("tom"), name: "Tom Becker" }, "offline", 0),
  ];
}

export function inboxRow(key: string, name: string | undefined, more: Partial<InboxRow>, now: number): InboxRow {
  return {
    key: idOf(`c-${key}`),
    type: "conversation",
    site: "ns_7Qd2",
    siteName: "northslope.example",
    visit: idOf(key),
    visitor: idOf(`${key}-person`),
    online: true,
    verified: name !== undefined,
    handle: key.replace(/^v/, "").toUpperCase(),
    status: "open",
    assignee: null,
    lastAt: now - minuteMs,
    preview: "",
    previewSide: "visitor",
    publicHead: 3,
    staffHead: 0,
    visitorCount: 2,
    agentCount: 1,
    unread: 0,
    visitorDelivered: 0,
    visitorRead: 0,
    ...(name === undefined ? {} : { name, email: `${key}@mail.example` }),
    ...more,
  };
}

function inboxRows(now: number): InboxRow[] {
  const ago = (minutes: number) => now - minutes * minuteMs;
  return [
    inboxRow(
      "chen",
      "陈思远",
      { preview: "付款页一直转圈，是不是没付成功？", waitingSince: now - 252 * secondMs, unread: 1 },
      now,
    ),
    inboxRow(
      "v7k2",
      undefined,
      { preview: "Is the 44 too tight with thick socks?", waitingSince: now - 108 * secondMs, unread: 1 },
      now,
    ),
    inboxRow(
      "priya",
      "Priya Raman",
      { preview: "Can I swap the colour after ordering?", waitingSince: now - 21 * secondMs, unread: 1 },
      now,
    ),
    inboxRow(
      "henrik",
      "Henrik Solberg",
      {
        assignee: mei,
        preview: "Shall I do it?",
        previewSide: "agent",
        previewName: "Mei Lin",
        lastAt: now - 10 * secondMs,
      },
      now,
    ),
    inboxRow(
      "zhou",
      "周雨桐",
      { assignee: mei, preview: "好的，谢谢。另外可以开公司发票吗？", lastAt: ago(1.5), unread: 2 },
      now,
    ),
    inboxRow(
      "ingrid",
      "Ingrid Dahl",
      {
        assignee: mei,
        preview: "I will know tomorrow morning.",
        previewSide: "agent",
        previewName: "Mei Lin",
        lastAt: ago(13),
        visitorDelivered: 3,
        visitorRead: 3,
      },
      now,
    ),
    inboxRow(
      "oskar",
      "Oskar Nyman",
      {
        assignee: mei,
        preview: "It is with the carrier now.",
        previewSide: "agent",
        previewName: "Mei Lin",
        lastAt: ago(46),
      },
      now,
    ),
    inboxRow("camille", "Camille Robert", { assignee: jonas, preview: "Merci, je regarde.", lastAt: ago(1) }, now),
    inboxRow("v3qf", undefined, { assignee: jonas, preview: "Is the hip belt removable?", lastAt: ago(4) }, now),
    inboxRow(
      "tomasz",
      "Tomasz Wrona",
      {
        assignee: aisha,
        preview: "30 degrees, hand wash.",
        previewSide: "agent",
        previewName: "Aisha Khan",
        lastAt: ago(8),
        visitorDelivered: 3,
      },
      now,
    ),
    inboxRow(
      "lena",
      "Lena Fischer",
      { assignee: jonas, status: "closed", preview: "Danke, das hilft mir weiter.", lastAt: ago(32) },
      now,
    ),
    inboxRow(
      "bo",
      "Bo Andersson",
      { assignee: mei, status: "closed", preview: "Thank you, that is all.", lastAt: ago(95) },
      now,
    ),
  ];
}

const henrikSender: Sender = { side: "visitor", id: idOf("henrik-person"), name: "Henrik Solberg" };
const meiSender: Sender = { side: "agent", ...mei };
const jonasSender: Sender = { side: "agent", ...jonas };

/** An old thread of `count` messages, then today's. */
export function writeHenrik(gateway: TestGateway, now: number): void {
  const publicLog = `${idOf("c-henrik")}/public`;
  const staffLog = `${idOf("c-henrik")}/staff`;
  const say = (minutesAgo: number, sender: Sender, body: EventBody, more: Partial<LogEvent> = {}) =>
    gateway.append(publicLog, sender, body, { at: now - minutesAgo * minuteMs, ...more });
  const note = (minutesAgo: number, sender: Sender, text: string, after: number) =>
    gateway.append(staffLog, sender, { kind: "note", text }, { at: now - minutesAgo * minuteMs, after });
  const yesterday = 26 * 60;
  for (let place = 0; place < 120; place++)
    say(yesterday + 240 - place * 2, place % 2 ? meiSender : henrikSender, {
      kind: "text",
      text: `Earlier message ${place + 1} about the Skarv 65 and its replacement buckle.`,
    });
  say(10, henrikSender, {
    kind: "text",
    text: "Hi, I ordered the Moraine boots in 44 on Tuesday, but now I am unsure about the size. My old ones are a UK 9.5.",
  });
  const taken = say(9.5, meiSender, { kind: "joined" });
  gateway.append(
    staffLog,
    meiSender,
    { kind: "assigned", agent: mei.id, agentName: mei.name, previous: null },
    { at: now - 9.5 * minuteMs, after: taken.seq, producer: taken.producer, ordinal: taken.ordinal },
  );
  say(8, meiSender, { kind: "text", text: "Hello Henrik. Let me look at that order." });
  say(8, meiSender, {
    kind: "text",
    text: "UK 9.5 is our 44, and the Moraine runs true to size. With thick socks many people take the 44.5.",
  });
  say(5, henrikSender, { kind: "text", text: "I would wear two pairs in winter, so yes." });
  const order = say(5, henrikSender, {
    kind: "text",
    text: "Can I still change it? Order 48213, see https://northslope.example/orders/48213.",
  });
  note(4.5, meiSender, "@Jonas can you hold 48213 in the warehouse? Size change to 44.5.", order.seq);
  note(4, jonasSender, "Held. The label is not printed, so just change the line.", order.seq);
  const read = say(3.5, meiSender, {
    kind: "text",
    text: "It is packed but still here. I can change it to 44.5 and it leaves today.",
  });
  const delivered = say(2, meiSender, { kind: "text", text: "The price is the same." });
  say(1, meiSender, { kind: "text", text: "Shall I do it?" });
  gateway.positions(publicLog, { delivered: delivered.seq, read: read.seq });
}

function writeWaiting(gateway: TestGateway, now: number): void {
  const waiting: readonly [string, string, string | undefined][] = [
    ["chen", "付款页一直转圈，是不是没付成功？", "陈思远"],
    ["v7k2", "Is the 44 too tight with thick socks?", undefined],
    ["priya", "Can I swap the colour after ordering?", "Priya Raman"],
    ["zhou", "好的，谢谢。另外可以开公司发票吗？", "周雨桐"],
  ];
  for (const [key, text, name] of waiting) {
    const sender: Sender = { side: "visitor", id: idOf(`${key}-person`), ...(name === undefined ? {} : { name }) };
    gateway.append(`${idOf(`c-${key}`)}/public`, sender, { kind: "text", text }, { at: now - minuteMs });
  }
}

function closedConversations(now: number): ConversationInfo[] {
  return ["Skarv 65: replacement buckle", "Delivery to Svalbard"].map((preview, place) => ({
    id: idOf(`old-${place}`),
    site: "ns_7Qd2",
    siteName: "northslope.example",
    status: "closed",
    visitor: idOf("henrik-person"),
    name: "Henrik Solberg",
    email: "henrik@mail.example",
    verified: true,
    handle: "HEN",
    assignee: { id: mei.id, name: mei.name, face: mei.face },
    createdAt: now - (60 + place * 100) * 24 * 60 * minuteMs,
    lastAt: now - (60 + place * 100) * 24 * 60 * minuteMs,
    closedAt: now - (60 + place * 100) * 24 * 60 * minuteMs,
    preview,
    previewSide: "visitor",
  }));
}

function openConversation(now: number): ConversationInfo {
  const [first] = closedConversations(now) as [ConversationInfo];
  return { ...first, id: idOf("c-henrik"), status: "open", closedAt: null, preview: "Shall I do it?" };
}

function henrikInfo(now: number): VisitorInfo {
  const dayMs = 24 * 60 * minuteMs;
  return {
    id: idOf("henrik-person"),
    name: "Henrik Solberg",
    email: "henrik@mail.example",
    verified: true,
    externalId: "48",
    handle: "HEN",
    locale: "nb-NO",
    timeZone: "Europe/Oslo",
    firstSeenAt: now - 200 * dayMs,
    lastSeenAt: now,
    visits: 6,
    attributes: [],
    conversations: closedConversations(now),
    earlierVisits: [
      {
        id: idOf("visit-old"),
        startedAt: now - 60 * dayMs,
        endedAt: now - 60 * dayMs + 9 * minuteMs,
        referrer: "https://www.google.com/",
        browser: "Firefox 140",
        os: "Linux",
        country: "NO",
        city: "Tromsø",
      },
    ],
  };
}

function searchPage(now: number) {
  const [first] = closedConversations(now) as [ConversationInfo];
  const henrik = openConversation(now);
  return {
    hits: [
      {
        conversation: henrik,
        log: "public" as const,
        seq: 3,
        at: now - 26 * 60 * minuteMs,
        side: "visitor" as const,
        sender: "Henrik Solberg",
        snippet: "do the storm gaiters fit the Moraine boots",
        marks: [[13, 20]] as [number, number][],
      },
      {
        conversation: first,
        log: "public" as const,
        seq: 1,
        at: now - 60 * 24 * 60 * minuteMs,
        side: "agent" as const,
        sender: "Mei Lin",
        snippet: "Storm gaiters fit every boot with a lace hook",
        marks: [[6, 13]] as [number, number][],
      },
    ],
    people: [
      {
        visitor: idOf("ingrid-person"),
        name: "Ingrid Dahl",
        email: "ingrid@mail.example",
        verified: true,
        handle: "ING",
        conversation: idOf("c-ingrid"),
        lastSeenAt: now - 3_600_000,
        matched: "last cart: storm gaiters",
      },
    ],
    next: null,
    partial: false,
  };
}
