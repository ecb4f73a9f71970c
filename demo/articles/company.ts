import type { Article } from "../articles.ts";

export const about: Article = {
  path: "about/",
  title: { en: "About Northslope", zh: "关于北坡户外" },
  lead: {
    en: "Eleven people, one warehouse, one workshop, and a slope that faces north.",
    zh: "十一个人、一间仓库、一间维修坊，和一面朝北的山坡。",
  },
  blocks: [
    {
      kind: "text",
      text: {
        en: "We began in 2011 by mending tents that others had thrown away. After two hundred of them we knew what breaks, and had our own sewn without it.",
        zh: "2011 年，我们从修补别人丢弃的帐篷开始。修到第两百顶，我们知道了哪里会坏，于是做出了不会那样坏的帐篷。",
      },
    },
    { kind: "heading", text: { en: "What we sell", zh: "我们卖什么" } },
    {
      kind: "text",
      text: {
        en: "Sixteen things. Each was out with one of us for a year before it came into the shop, and each can be taken apart and mended.",
        zh: "十六件东西。每一件都先陪我们中的一个人在外用过一年，每一件都能拆开修理。",
      },
    },
    { kind: "heading", text: { en: "What we do not", zh: "我们不做什么" } },
    {
      kind: "text",
      text: {
        en: "No countdowns, no sales on Fridays, no questions when something comes back.",
        zh: "没有倒计时，没有“黑五”促销，退货不问理由。",
      },
    },
    {
      kind: "links",
      links: [
        { path: "contact/", text: { en: "Contact", zh: "联系我们" } },
        { path: "returns/", text: { en: "Returns and exchanges", zh: "退货与换货" } },
      ],
    },
  ],
};

export const contact: Article = {
  path: "contact/",
  title: { en: "Contact", zh: "联系我们" },
  lead: {
    en: "The chat is the shortest way. When nobody is here, leave a message there: it is kept, and answered.",
    zh: "聊天最快。没人在线时也请留言：我们会保存并回复。",
  },
  blocks: [
    { kind: "chat", text: { en: "Write to us", zh: "给我们留言" } },
    {
      kind: "table",
      table: {
        caption: { en: "When we are here", zh: "在线时间" },
        head: [
          { en: "Day", zh: "日期" },
          { en: "Time", zh: "时间" },
        ],
        rows: [
          [{ en: "Monday to Friday", zh: "周一至周五" }, "9:00–18:00"],
          [{ en: "Saturday", zh: "周六" }, "10:00–16:00"],
        ],
      },
    },
    { kind: "heading", text: { en: "Workshop", zh: "维修坊" } },
    {
      kind: "text",
      text: {
        en: "Northslope, Old Rope Works, Quay 4. Bring it as it is; mud is fine.",
        zh: "北坡户外维修坊，老缆绳厂 4 号码头。原样拿来就好，沾泥也没关系。",
      },
    },
  ],
};
