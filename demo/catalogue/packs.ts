import { both, type Category } from "./product.ts";

export const packs: Category = {
  id: "packs",
  name: { en: "Packs", zh: "背包" },
  intro: {
    en: "Backs that fit before volumes that impress. Every pack can be tried at home with weight in it and sent back.",
    zh: "先看背得舒不舒服，再看容量。每个背包都可以在家装上东西试背，不合适就退。",
  },
  groups: [
    { id: "trekking", name: { en: "Trekking", zh: "徒步" } },
    { id: "day", name: { en: "Day packs", zh: "日用" } },
  ],
  products: [
    {
      slug: "skarv-65",
      category: "packs",
      group: "trekking",
      name: { en: "Skarv 65 trekking pack", zh: "鸬鹚 65 徒步背包" },
      priceEuros: 249,
      stock: 11,
      colours: ["moss", "orange", "night"],
      summary: {
        en: "Sixty-five litres on a frame that moves with your hips. The hip belt comes off and is sold in three lengths.",
        zh: "65 升容量，背架随髋部活动。腰带可拆，另售三种长度。",
      },
      details: {
        en: [
          "The back length is set in a minute, with the pack on.",
          "A Tarn 3 fits across the bottom, under its own zip.",
          "Buckles can be replaced without a needle.",
        ],
        zh: ["背着包一分钟就能调好背长。", "底部独立拉链仓可横放鳞峰 3 帐篷。", "卡扣坏了不用针线就能更换。"],
      },
      facts: [
        { label: "volume", value: { en: "65 litres", zh: "65 升" } },
        { label: "weight", value: both("1.95 kg") },
        { label: "material", value: { en: "210D recycled nylon", zh: "210D 再生尼龙" } },
      ],
    },
    {
      slug: "heron-24",
      category: "packs",
      group: "day",
      name: { en: "Heron 24 day pack", zh: "苍鹭 24 日用背包" },
      priceEuros: 119,
      stock: 22,
      colours: ["slate", "teal", "mustard", "red"],
      summary: {
        en: "A day in the hills, a week in town. Opens flat like a suitcase and stands by itself.",
        zh: "山里一天，城里一周。像行李箱一样完全打开，放下能自己站稳。",
      },
      details: {
        en: [
          "Sleeve for a bottle or a laptop of up to 15 inches.",
          "Rain cover in the bottom pocket.",
          "Chest strap with a whistle.",
        ],
        zh: ["夹层可放水袋或 15 英寸以内的电脑。", "底部口袋内附防雨罩。", "胸带扣带求生哨。"],
      },
      facts: [
        { label: "volume", value: { en: "24 litres", zh: "24 升" } },
        { label: "weight", value: both("780 g") },
        { label: "material", value: { en: "210D recycled nylon", zh: "210D 再生尼龙" } },
      ],
    },
    {
      slug: "plover-12",
      category: "packs",
      group: "day",
      name: { en: "Plover 12 roll-top", zh: "珩鸟 12 卷口背包" },
      priceEuros: 74,
      stock: 17,
      colours: ["night", "orange", "plum"],
      summary: {
        en: "Welded seams and a rolled top: twelve litres that stay dry on a bike, in a canoe or under a waterfall.",
        zh: "焊接接缝加卷口设计，骑车、划船、过瀑布，12 升都是干的。",
      },
      details: {
        en: [
          "Rolls down to the size of a bread roll.",
          "Cord for a wet jacket on the front.",
          "Reflects light on both sides.",
        ],
        zh: ["空包可卷成面包大小。", "正面弹力绳可夹湿外套。", "两侧有反光条。"],
      },
      facts: [
        { label: "volume", value: { en: "12 litres", zh: "12 升" } },
        { label: "weight", value: both("340 g") },
        { label: "material", value: { en: "Coated 100D polyester", zh: "100D 涂层涤纶" } },
      ],
    },
  ],
};
