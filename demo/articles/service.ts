import type { Article } from "../articles.ts";

export const returns: Article = {
  path: "returns/",
  title: { en: "Returns and exchanges", zh: "退货与换货" },
  lead: {
    en: "Sixty days, unused, free of charge. A tent that was pitched once in the garden counts as unused.",
    zh: "60 天内，未使用，免费退换。帐篷在院子里搭过一次也算未使用。",
  },
  blocks: [
    { kind: "heading", text: { en: "How it works", zh: "流程" } },
    {
      kind: "list",
      items: {
        en: [
          "Open your order under Account and choose what goes back.",
          "Put the label on the parcel. Any post office of the country takes it.",
          "The money is with you three working days after the parcel is with us.",
        ],
        zh: [
          "在“账户”里打开订单，选择要退的商品。",
          "把标签贴在包裹上，当地任何邮局都可寄出。",
          "我们收到包裹后三个工作日内退款到账。",
        ],
      },
    },
    { kind: "heading", text: { en: "Another size or colour", zh: "换尺码或颜色" } },
    {
      kind: "text",
      text: {
        en: "Write to us in the chat with your order number. As long as the parcel is still here we change it at once, and nothing has to travel twice.",
        zh: "在聊天里告诉我们订单号。只要包裹还没发出，我们马上更改，不用来回寄。",
      },
    },
    { kind: "heading", text: { en: "Broken on the way", zh: "路上坏了" } },
    {
      kind: "text",
      text: {
        en: "Send a photo. A bent pole tip or a torn buckle is usually on its way to you the same day.",
        zh: "发一张照片给我们。帐杆头弯了、卡扣裂了，通常当天就寄出新的。",
      },
    },
    { kind: "chat", text: { en: "Ask about a return", zh: "咨询退换" } },
  ],
};

export const shipping: Article = {
  path: "shipping/",
  title: { en: "Shipping and delivery", zh: "运输与配送" },
  lead: {
    en: "Ordered by four in the afternoon, it leaves the next morning. From € 100 delivery is free.",
    zh: "16:00 前下单，次日早上发出。满 € 100 免运费。",
  },
  blocks: [
    {
      kind: "table",
      table: {
        caption: { en: "Ways and prices", zh: "方式与价格" },
        head: [
          { en: "Country", zh: "国家" },
          { en: "Standard", zh: "标准配送" },
          { en: "Express", zh: "加急配送" },
        ],
        rows: [
          [{ en: "Austria, Germany, Netherlands", zh: "奥地利、德国、荷兰" }, "€ 6", "€ 18"],
          [{ en: "France, Sweden, United Kingdom", zh: "法国、瑞典、英国" }, "€ 6", "€ 18"],
          [{ en: "Norway", zh: "挪威" }, "€ 6", "€ 18"],
          [{ en: "China", zh: "中国" }, "€ 6", "€ 18"],
        ],
      },
    },
    { kind: "heading", text: { en: "Gas", zh: "气罐" } },
    {
      kind: "text",
      text: {
        en: "Stoves travel without canisters. Addresses that are reached only by air, such as Svalbard, get everything but stoves.",
        zh: "炉具不随气罐运输。只能空运到达的地址（例如斯瓦尔巴）除炉具外都可配送。",
      },
    },
    { kind: "heading", text: { en: "Where is my parcel", zh: "我的包裹在哪里" } },
    {
      kind: "links",
      links: [{ path: "account/orders/", text: { en: "My orders", zh: "我的订单" } }],
    },
    { kind: "chat", text: { en: "Ask about a delivery", zh: "咨询配送" } },
  ],
};

export const washingDown: Article = {
  path: "care/washing-down/",
  title: { en: "Washing down", zh: "清洗羽绒" },
  lead: {
    en: "Twice a season is enough. Clean down is warmer than old dirt is waterproof.",
    zh: "一季洗两次就够。干净的羽绒才保暖。",
  },
  blocks: [
    {
      kind: "list",
      items: {
        en: [
          "Close every zip, turn the jacket inside out.",
          "30 degrees, gentle, soap for down, no softener. Rinse twice.",
          "Dry it in the machine on low with two tennis balls, for longer than you think.",
          "Stop every half hour and pull the lumps apart with your fingers.",
        ],
        zh: [
          "拉好所有拉链，把衣服翻面。",
          "30 度轻柔模式，用羽绒洗涤剂，不要柔顺剂，漂洗两次。",
          "低温烘干，放两个网球，时间要比想象的长。",
          "每半小时停一次，用手把结块揉开。",
        ],
      },
    },
    { kind: "heading", text: { en: "By hand", zh: "手洗" } },
    {
      kind: "text",
      text: {
        en: "In the bath tub, lukewarm. Press, never wring. Carry it out like a sleeping child: wet down is heavy and the seams are not.",
        zh: "用浴缸，温水。轻压，不要拧。捧着拿出来，像抱睡着的孩子：湿羽绒很重，缝线很轻。",
      },
    },
    {
      kind: "links",
      links: [{ path: "jackets/kestrel-down/", text: { en: "Kestrel down jacket", zh: "红隼羽绒服" } }],
    },
  ],
};
