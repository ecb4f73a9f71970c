import { both, type Category } from "./product.ts";

export const cooking: Category = {
  id: "cooking",
  name: { en: "Cooking", zh: "炊具" },
  intro: {
    en: "A flame, a pot and a mug. All of it packs into the pot, the pot into a corner of the pack.",
    zh: "一个炉、一口锅、一只杯。全部收进锅里，锅塞进背包一角。",
  },
  groups: [
    { id: "stoves", name: { en: "Stoves", zh: "炉具" } },
    { id: "pots", name: { en: "Pots and mugs", zh: "锅与杯" } },
  ],
  products: [
    {
      slug: "ember-stove",
      category: "cooking",
      group: "stoves",
      name: { en: "Ember gas stove", zh: "余烬气炉" },
      priceEuros: 64,
      stock: 34,
      colours: ["orange", "teal", "plum"],
      summary: {
        en: "Boils a litre in four minutes and simmers like a kitchen. Folds into a fist; the canister is not included.",
        zh: "四分钟烧开一升水，也能像家里一样小火慢炖。折叠后一拳大小，不含气罐。",
      },
      details: {
        en: [
          "Lights in rain: the spark is under the pot.",
          "Feet for pots of up to 2 litres.",
          "Not sold to addresses that we reach only by air.",
        ],
        zh: ["点火器在锅底下，下雨也能点着。", "支架可放 2 升以内的锅。", "只能空运到达的地址无法配送。"],
      },
      facts: [
        { label: "weight", value: both("98 g") },
        { label: "output", value: both("2600 W") },
        { label: "boils", value: { en: "1 litre in 4 min", zh: "1 升水 4 分钟" } },
      ],
    },
    {
      slug: "brook-pots",
      category: "cooking",
      group: "pots",
      name: { en: "Brook pot set", zh: "山溪套锅" },
      priceEuros: 56,
      stock: 16,
      colours: ["steel", "moss", "red"],
      summary: {
        en: "One pot, one lid that is a pan, one handle that stays cool. Marks inside for litres and cups.",
        zh: "一口锅，锅盖能当煎锅，手柄不烫手。锅内有升和杯的刻度。",
      },
      details: {
        en: [
          "The Ember and a canister fit inside.",
          "Hard surface, no coating that scratches.",
          "Cleans with snow or sand.",
        ],
        zh: ["余烬气炉和气罐都能收进锅里。", "硬质氧化表面，没有怕刮的涂层。", "用雪或沙子就能擦干净。"],
      },
      facts: [
        { label: "volume", value: { en: "1.3 litres", zh: "1.3 升" } },
        { label: "weight", value: both("310 g") },
        { label: "material", value: { en: "Hard-anodised aluminium", zh: "硬质氧化铝" } },
      ],
    },
    {
      slug: "tern-mug",
      category: "cooking",
      group: "pots",
      name: { en: "Tern mug", zh: "燕鸥保温杯" },
      priceEuros: 24,
      stock: 48,
      colours: ["slate", "orange", "mustard", "teal"],
      summary: {
        en: "Coffee stays hot for the length of a sunrise. The lid does not leak in a pack that lies down.",
        zh: "看完一场日出，咖啡还是热的。背包放倒，杯盖也不漏。",
      },
      details: {
        en: [
          "Double wall of steel.",
          "Goes into the dishwasher, lid and all.",
          "Fits the side pocket of every pack we sell.",
        ],
        zh: ["双层不锈钢。", "连杯盖一起可进洗碗机。", "放得进本店所有背包的侧袋。"],
      },
      facts: [
        { label: "volume", value: both("350 ml") },
        { label: "weight", value: both("215 g") },
        { label: "material", value: { en: "Stainless steel", zh: "不锈钢" } },
      ],
    },
  ],
};
