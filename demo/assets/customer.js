import { tellBeckon } from "./beckon-queue.js";
import { kept, keptInTab } from "./kept.js";

/** Who is signed in: {id, identity, attributes}, or null. `identity` is what the server signed. */
export const currentCustomer = () => kept.read("customer");

/** Asks the server to sign a demo customer's identity. "missing": this server does not sign any. */
async function signedIdentity(id) {
  try {
    const answer = await fetch(`/demo/identity?customer=${encodeURIComponent(id)}`);
    if (answer.status === 404) return { state: "missing" };
    if (!answer.ok) return { state: "failed" };
    return { state: "signed", identity: await answer.json() };
  } catch {
    return { state: "failed" };
  }
}

/** Signs in, remembers it and tells the chat. Gives "signed", "missing" or "failed". */
export async function signIn(id, attributes) {
  const { state, identity } = await signedIdentity(id);
  if (state !== "signed") return state;
  kept.write("customer", { id, identity, attributes });
  introduce();
  return state;
}

/** Tells the chat who is here, on every page. A signature that has run out is asked for again. */
export async function introduce() {
  const customer = currentCustomer();
  if (!customer) return;
  if (Date.now() >= customer.identity.expires) {
    await signIn(customer.id, customer.attributes);
    return;
  }
  tellBeckon("identify", customer.identity);
  tellBeckon("set", customer.attributes);
}

/** Changes one attribute of whoever is signed in, for this visit and the next pages. */
export function rememberAttribute(name, value) {
  const customer = currentCustomer();
  if (customer) kept.write("customer", { ...customer, attributes: { ...customer.attributes, [name]: value } });
  tellBeckon("set", { [name]: value });
}

/** Forgets the customer here and in the chat. */
export function signOut() {
  for (const name of ["customer", "orders", "cart"]) kept.forget(name);
  for (const name of ["checkout", "order", "campaign"]) keptInTab.forget(name);
  tellBeckon("shutdown");
}
