import { both, type Category } from "./product.ts";

export const tents: Category = {
  id: "tents",
  name: { en: "Tents", zh: "帐篷" },
  intro: {
    en: "Four tents, all sewn from one ripstop and pitched outer first, so the inside stays dry when the weather does not.",
    zh: "四款帐篷，同一种防撕裂面料，先搭外帐，下雨时内帐也保持干燥。",
  },
  groups: [
    { id: "solo", name: { en: "1 person", zh: "单人" } },
    { id: "two-three", name: { en: "2 and 3 person", zh: "2–3 人" } },
    { id: "family", name: { en: "Family", zh: "家庭" } },
  ],
  products: [
    {
      slug: "tarn-2",
      category: "tents",
      group: "two-three",
      name: { en: "Tarn 2 tent", zh: "鳞峰 2 帐篷" },
      priceEuros: 389,
      stock: 14,
      colours: ["orange", "teal", "mustard", "plum"],
      summary: {
        en: "Two doors, two porches and poles that hold in a mountain storm. Packed it weighs 2.1 kg and fits beside a sleeping bag.",
        zh: "两个门、两个前厅，帐杆扛得住山间风暴。收纳后重 2.1 kg，能和睡袋并排放进背包。",
      },
      details: {
        en: [
          "Pitches outer first in under four minutes, also with gloves on.",
          "Eight guy lines with tensioners that can be set from inside the porch.",
          "Poles, pegs and fabric are sold one by one, for at least ten years.",
        ],
        zh: [
          "先搭外帐，戴着手套也能在四分钟内搭好。",
          "八根防风绳，坐在前厅里就能调节松紧。",
          "帐杆、地钉、面料都可单独购买，至少供应十年。",
        ],
      },
      facts: [
        { label: "weight", value: both("2.1 kg") },
        { label: "outer", value: { en: "20D ripstop, 3000 mm", zh: "20D 防撕裂尼龙，3000 mm" } },
        { label: "packed", value: both("46 × 15 cm") },
      ],
      tent: { people: 2, season: 3, grams: 2100 },
    },
    {
      slug: "tarn-3",
      category: "tents",
      group: "two-three",
      name: { en: "Tarn 3 tent", zh: "鳞峰 3 帐篷" },
      priceEuros: 469,
      stock: 9,
      colours: ["mustard", "orange", "teal", "moss"],
      summary: {
        en: "The Tarn 2 with room for a third person or a wet dog, one more guy line on each side and the same packed length.",
        zh: "在鳞峰 2 的基础上多出一个人或一条湿漉漉的狗的位置，两侧各多一根防风绳，收纳长度不变。",
      },
      details: {
        en: [
          "Holds in wind up to 90 km/h when all ten lines are set.",
          "The long porch takes two packs and a pair of muddy boots.",
          "Same pole diameter as the Tarn 2, so spare parts fit both.",
        ],
        zh: [
          "十根防风绳全部拉好时可抵御 90 km/h 的大风。",
          "加长前厅放得下两个背包和一双沾泥的靴子。",
          "帐杆直径与鳞峰 2 相同，配件通用。",
        ],
      },
      facts: [
        { label: "weight", value: both("2.71 kg") },
        { label: "outer", value: { en: "20D ripstop, 3000 mm", zh: "20D 防撕裂尼龙，3000 mm" } },
        { label: "packed", value: both("46 × 17 cm") },
      ],
      tent: { people: 3, season: 4, grams: 2710 },
    },
    {
      slug: "fjell-1",
      category: "tents",
      group: "solo",
      name: { en: "Fjell 1 tent", zh: "高原 1 帐篷" },
      priceEuros: 289,
      stock: 6,
      colours: ["teal", "red", "night"],
      summary: {
        en: "One hoop, six pegs, 1.2 kg. For nights when the tent should be the smallest thing you carry.",
        zh: "一根帐杆、六颗地钉，仅 1.2 kg。适合只想轻装过夜的人。",
      },
      details: {
        en: [
          "Low at the feet, so the wind goes over it.",
          "Room to sit up to 1.88 m tall.",
          "Stands on trekking poles when the hoop stays at home.",
        ],
        zh: ["脚端低矮，风从上面掠过。", "身高 1.88 m 以内可以坐直。", "不带帐杆时可用登山杖支撑。"],
      },
      facts: [
        { label: "weight", value: both("1.2 kg") },
        { label: "outer", value: { en: "15D ripstop, 2000 mm", zh: "15D 防撕裂尼龙，2000 mm" } },
        { label: "packed", value: both("40 × 12 cm") },
      ],
      tent: { people: 1, season: 3, grams: 1200 },
    },
    {
      slug: "glade-5",
      category: "tents",
      group: "family",
      name: { en: "Glade 5 tunnel tent", zh: "林间 5 隧道帐篷" },
      priceEuros: 649,
      stock: 3,
      colours: ["moss", "plum", "orange"],
      summary: {
        en: "Three hoops and standing height for a family by the lake. Two bedrooms, one dry place to cook.",
        zh: "三道拱杆，可以站直，适合一家人在湖边扎营。两间卧室，一处能做饭的干燥角落。",
      },
      details: {
        en: [
          "Standing height of 2.05 m over the whole length.",
          "The bedrooms can stay clipped in when the tent is packed.",
          "Windows close from inside with one zip each.",
        ],
        zh: ["全长站立高度 2.05 m。", "收纳时内帐可以不拆。", "每扇窗从里面用一根拉链就能关上。"],
      },
      facts: [
        { label: "weight", value: both("9.4 kg") },
        { label: "outer", value: { en: "70D ripstop, 4000 mm", zh: "70D 防撕裂涤纶，4000 mm" } },
        { label: "packed", value: both("68 × 28 cm") },
      ],
      tent: { people: 5, season: 3, grams: 9400 },
    },
  ],
};
