import type { Article } from "../articles.ts";
import { both } from "../catalogue/product.ts";

export const sizeGuide: Article = {
  path: "size-guide/",
  title: { en: "Size guide", zh: "尺码指南" },
  lead: {
    en: "Measure once, in the evening, with the socks you walk in.",
    zh: "量一次就够：傍晚量，穿上您走路时的袜子。",
  },
  blocks: [
    {
      kind: "links",
      links: [
        { path: "size-guide/boots/", text: { en: "Size guide, boots", zh: "尺码指南：鞋靴" } },
        { path: "size-guide/jackets/", text: { en: "Size guide, jackets", zh: "尺码指南：外套" } },
      ],
    },
    { kind: "heading", text: { en: "Back length of packs", zh: "背包背长" } },
    {
      kind: "text",
      text: {
        en: "Bend your head and feel for the bone that stands out most in your neck. From there to the height of your hip bones is your back length.",
        zh: "低头，摸到颈后最突出的那块骨头。从那里到髋骨的高度就是您的背长。",
      },
    },
    {
      kind: "table",
      table: {
        caption: { en: "Skarv 65, setting of the back", zh: "鸬鹚 65 背长档位" },
        head: [
          { en: "Back length", zh: "背长" },
          { en: "Setting", zh: "档位" },
        ],
        rows: [
          ["40–44 cm", "S"],
          ["44–49 cm", "M"],
          ["49–55 cm", "L"],
        ],
      },
    },
    { kind: "chat", text: { en: "Between two sizes? Ask us", zh: "在两个尺码之间？问问我们" } },
  ],
};

export const bootSizes: Article = {
  path: "size-guide/boots/",
  parent: "size-guide/",
  title: { en: "Size guide, boots", zh: "尺码指南：鞋靴" },
  lead: {
    en: "Our boots run true to size. With thick socks many people take half a size more.",
    zh: "我们的鞋靴尺码标准。穿厚袜时建议大半码。",
  },
  blocks: [
    {
      kind: "table",
      table: {
        caption: { en: "Boots and shoes", zh: "靴与鞋" },
        head: [both("EU"), both("UK"), both("US"), { en: "Length of foot", zh: "脚长" }],
        rows: [
          ["38", "5", "6", "24.0 cm"],
          ["39", "5.5", "6.5", "24.7 cm"],
          ["40", "6.5", "7.5", "25.3 cm"],
          ["41", "7", "8", "26.0 cm"],
          ["42", "8", "9", "26.7 cm"],
          ["43", "9", "10", "27.3 cm"],
          ["44", "9.5", "10.5", "28.0 cm"],
          ["44.5", "10", "11", "28.3 cm"],
          ["45", "10.5", "11.5", "28.7 cm"],
          ["46", "11", "12", "29.3 cm"],
        ],
      },
    },
    {
      kind: "table",
      table: {
        caption: { en: "Storm gaiters", zh: "风暴雪套" },
        head: [
          { en: "Size", zh: "尺码" },
          { en: "Fits boots, EU", zh: "适配靴码（EU）" },
        ],
        rows: [
          ["S", "36–39"],
          ["M", "40–43"],
          ["L", "44–47"],
        ],
      },
    },
    { kind: "heading", text: { en: "How to measure", zh: "怎样量" } },
    {
      kind: "list",
      items: {
        en: [
          "Stand on a sheet of paper with your heel against a wall.",
          "Mark the longest toe and measure from the wall to the mark.",
          "Do both feet and go by the longer one.",
        ],
        zh: ["脚跟靠墙，站在一张纸上。", "标出最长的脚趾，量出墙到标记的距离。", "两只脚都量，以较长的一只为准。"],
      },
    },
    {
      kind: "links",
      links: [{ path: "boots/moraine-gtx/", text: { en: "Moraine GTX boots", zh: "冰碛 GTX 登山靴" } }],
    },
    { kind: "chat", text: { en: "Not sure? Ask us", zh: "拿不准？问问我们" } },
  ],
};

export const jacketSizes: Article = {
  path: "size-guide/jackets/",
  parent: "size-guide/",
  title: { en: "Size guide, jackets", zh: "尺码指南：外套" },
  lead: { en: "All three jackets are cut to go over each other in the same size.", zh: "三款外套同一尺码即可叠穿。" },
  blocks: [
    {
      kind: "table",
      table: {
        caption: { en: "Jackets", zh: "外套" },
        head: [
          { en: "Size", zh: "尺码" },
          { en: "Chest", zh: "胸围" },
          { en: "Sleeve", zh: "袖长" },
          { en: "Height", zh: "身高" },
        ],
        rows: [
          ["XS", "82–88 cm", "61 cm", "158–166 cm"],
          ["S", "88–95 cm", "63 cm", "164–172 cm"],
          ["M", "95–102 cm", "65 cm", "170–179 cm"],
          ["L", "102–110 cm", "67 cm", "176–186 cm"],
          ["XL", "110–118 cm", "69 cm", "182–192 cm"],
        ],
      },
    },
    { kind: "links", links: [{ path: "jackets/cirque-shell/", text: { en: "Cirque rain shell", zh: "冰斗冲锋衣" } }] },
    { kind: "chat", text: { en: "Not sure? Ask us", zh: "拿不准？问问我们" } },
  ],
};
