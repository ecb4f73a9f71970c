import type { Local } from "./language.ts";

export type OrderState = "placed" | "packed" | "sent" | "delivered";
export type DemoOrder = { number: string; date: string; state: OrderState; content: Local; totalEuros: number };
export type DemoCustomer = {
  id: string;
  name: string;
  email: string;
  since: number;
  spentEuros: number;
  orders: readonly DemoOrder[];
};

/** Who can sign in on the account page. The gateway signs these ids, names and addresses under `/demo/identity`. */
export const demoCustomers: readonly DemoCustomer[] = [
  {
    id: "henrik",
    name: "Henrik Solberg",
    email: "henrik.solberg@mail.example",
    since: 2019,
    spentEuros: 1284,
    orders: [
      {
        number: "48213",
        date: "2026-11-17",
        state: "packed",
        content: { en: "Moraine GTX boots, 44", zh: "冰碛 GTX 登山靴，44 码" },
        totalEuros: 219,
      },
      {
        number: "46020",
        date: "2026-08-14",
        state: "delivered",
        content: { en: "Buckle for Skarv 65", zh: "鸬鹚 65 卡扣" },
        totalEuros: 8,
      },
    ],
  },
  {
    id: "siyuan",
    name: "陈思远",
    email: "siyuan.chen@mail.example",
    since: 2024,
    spentEuros: 413,
    orders: [
      {
        number: "47950",
        date: "2026-11-09",
        state: "sent",
        content: { en: "Tern mug", zh: "燕鸥保温杯" },
        totalEuros: 24,
      },
      {
        number: "45711",
        date: "2026-07-30",
        state: "delivered",
        content: { en: "Tarn 2 tent", zh: "鳞峰 2 帐篷" },
        totalEuros: 389,
      },
    ],
  },
  {
    id: "priya",
    name: "Priya Raman",
    email: "priya.raman@mail.example",
    since: 2022,
    spentEuros: 556,
    orders: [
      {
        number: "48102",
        date: "2026-11-13",
        state: "sent",
        content: { en: "Cirque rain shell, M", zh: "冰斗冲锋衣，M 码" },
        totalEuros: 289,
      },
      {
        number: "44837",
        date: "2026-06-02",
        state: "delivered",
        content: { en: "Skarv 65 trekking pack", zh: "鸬鹚 65 徒步背包" },
        totalEuros: 249,
      },
    ],
  },
];
