import { both, type Category } from "./product.ts";

export const boots: Category = {
  id: "boots",
  name: { en: "Boots", zh: "鞋靴" },
  intro: {
    en: "Boots that can be resoled, shoes that can be washed, and gaiters for what lies between the path and the hut.",
    zh: "能换底的靴子，能水洗的鞋，还有应付从小路到山屋那一段的雪套。",
  },
  groups: [
    { id: "footwear", name: { en: "Boots and shoes", zh: "靴与鞋" } },
    { id: "gaiters", name: { en: "Gaiters", zh: "雪套" } },
  ],
  products: [
    {
      slug: "moraine-gtx",
      category: "boots",
      group: "footwear",
      name: { en: "Moraine GTX boots", zh: "冰碛 GTX 登山靴" },
      priceEuros: 219,
      stock: 19,
      colours: ["tan", "slate", "red"],
      sizes: ["40", "41", "42", "43", "44", "44.5", "45", "46"],
      summary: {
        en: "Full-grain leather, a dry lining and a sole that any cobbler can change. They run true to size.",
        zh: "全粒面皮革，防水内衬，鞋底在任何鞋匠那里都能换。尺码标准。",
      },
      details: {
        en: [
          "Broken in after two short walks, not two holidays.",
          "With thick socks many people take half a size more.",
          "Takes crampons with a rear lever.",
        ],
        zh: ["短途走两次就合脚，不用等两个假期。", "穿厚袜时建议大半码。", "可装后卡式冰爪。"],
      },
      facts: [
        { label: "weight", value: { en: "1.38 kg the pair", zh: "一双 1.38 kg" } },
        { label: "material", value: { en: "Full-grain leather, 2.4 mm", zh: "全粒面皮革，2.4 mm" } },
        { label: "sole", value: { en: "Stitched rubber, can be replaced", zh: "缝线橡胶底，可更换" } },
      ],
    },
    {
      slug: "scree-shoes",
      category: "boots",
      group: "footwear",
      name: { en: "Scree approach shoes", zh: "碎石接近鞋" },
      priceEuros: 139,
      stock: 25,
      colours: ["slate", "teal", "orange"],
      sizes: ["38", "39", "40", "41", "42", "43", "44", "45"],
      summary: {
        en: "Sticky rubber up to the toe for the last steep hundred metres, soft enough for the bus home.",
        zh: "橡胶包到鞋头，最后一百米陡坡不打滑，坐车回家又足够柔软。",
      },
      details: {
        en: ["Laces down to the toes.", "Washes at 30 degrees without the insole.", "Heel loop for a carabiner."],
        zh: ["鞋带一直系到脚尖。", "取出鞋垫后可 30 度水洗。", "后跟环可挂主锁。"],
      },
      facts: [
        { label: "weight", value: { en: "740 g the pair", zh: "一双 740 g" } },
        { label: "material", value: { en: "Recycled mesh and suede", zh: "再生网布与绒面革" } },
        { label: "sole", value: { en: "Climbing rubber, 3 mm", zh: "攀岩橡胶，3 mm" } },
      ],
    },
    {
      slug: "storm-gaiters",
      category: "boots",
      group: "gaiters",
      name: { en: "Storm gaiters", zh: "风暴雪套" },
      priceEuros: 38,
      stock: 31,
      colours: ["night", "red", "moss"],
      sizes: ["S", "M", "L"],
      summary: {
        en: "Knee-high and quick: hook, zip, strap. Snow, mud and wet heather stay outside.",
        zh: "及膝高度，挂钩、拉链、绑带三步穿好。雪、泥和湿草都进不来。",
      },
      details: {
        en: ["The strap under the sole is a spare part.", "Closes with gloves on.", "Fits the Moraine in every size."],
        zh: ["鞋底绑带可单独更换。", "戴手套也能扣好。", "适配所有尺码的冰碛登山靴。"],
      },
      facts: [
        { label: "weight", value: { en: "260 g the pair", zh: "一双 260 g" } },
        { label: "material", value: { en: "Three-layer ripstop", zh: "三层防撕裂面料" } },
        { label: "packed", value: both("18 × 9 cm") },
      ],
    },
  ],
};
