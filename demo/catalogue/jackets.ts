import { both, type Category } from "./product.ts";

const sizes = ["XS", "S", "M", "L", "XL"] as const;

export const jackets: Category = {
  id: "jackets",
  name: { en: "Jackets", zh: "外套" },
  intro: {
    en: "One layer against rain, one against cold and one for every day. Made to be worn over each other.",
    zh: "一件防雨，一件御寒，一件日常。三件可以叠着穿。",
  },
  groups: [
    { id: "rain", name: { en: "Rain", zh: "防雨" } },
    { id: "warm", name: { en: "Warm", zh: "保暖" } },
  ],
  products: [
    {
      slug: "cirque-shell",
      category: "jackets",
      group: "rain",
      name: { en: "Cirque rain shell", zh: "冰斗冲锋衣" },
      priceEuros: 289,
      stock: 13,
      colours: ["orange", "night", "moss", "plum"],
      sizes,
      summary: {
        en: "Three layers, no lining that sticks, and a hood that turns with your head. 410 g against a week of rain.",
        zh: "三层面料，没有粘身的衬里，帽子跟着头转。410 g 挡住一周的雨。",
      },
      details: {
        en: [
          "Vents under the arms open with one hand.",
          "Pockets sit above a hip belt.",
          "Free repair of seams for life.",
        ],
        zh: ["腋下透气拉链单手可开。", "口袋位置高于背包腰带。", "接缝终身免费维修。"],
      },
      facts: [
        { label: "weight", value: both("410 g") },
        { label: "outer", value: { en: "Three layers, 20000 mm", zh: "三层压胶，20000 mm" } },
        { label: "packed", value: both("22 × 11 cm") },
      ],
    },
    {
      slug: "kestrel-down",
      category: "jackets",
      group: "warm",
      name: { en: "Kestrel down jacket", zh: "红隼羽绒服" },
      priceEuros: 229,
      stock: 8,
      colours: ["night", "red", "teal"],
      sizes,
      summary: {
        en: "Warm down to minus ten while you stand and stir the pot. Fits under the Cirque and into its own pocket.",
        zh: "零下十度站着煮饭也暖和。可穿在冰斗冲锋衣里，也能收进自己的口袋。",
      },
      details: {
        en: [
          "Down that can be traced to the farm.",
          "Holds its warmth for ten washes and more.",
          "Two dry pockets for cold hands.",
        ],
        zh: ["羽绒来源可追溯到农场。", "洗十次以上依旧蓬松。", "两个暖手口袋。"],
      },
      facts: [
        { label: "weight", value: both("385 g") },
        { label: "filling", value: { en: "Duck down, 750 cuin", zh: "鸭绒，蓬松度 750" } },
        { label: "packed", value: both("20 × 12 cm") },
      ],
    },
    {
      slug: "lichen-fleece",
      category: "jackets",
      group: "warm",
      name: { en: "Lichen fleece", zh: "地衣抓绒衣" },
      priceEuros: 89,
      stock: 27,
      colours: ["moss", "mustard", "slate"],
      sizes,
      summary: {
        en: "The one you put on first and take off last. Recycled fleece that sheds less than most.",
        zh: "最先穿上、最后脱下的那件。再生抓绒，不易掉毛。",
      },
      details: {
        en: [
          "Half zip, high collar, one pocket that closes.",
          "Dries over night on a line.",
          "Yoke of ripstop where packs rub.",
        ],
        zh: ["半拉链、高领，一个带拉链的口袋。", "挂一夜就干。", "肩部防撕裂拼接，耐背包摩擦。"],
      },
      facts: [
        { label: "weight", value: both("320 g") },
        { label: "material", value: { en: "Recycled polyester", zh: "再生涤纶" } },
      ],
    },
  ],
};
