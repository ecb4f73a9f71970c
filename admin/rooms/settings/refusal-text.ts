import type { ApiRefusal } from "../../state/api.ts";
import type { Texts } from "../../texts/catalogues.ts";

/** Why a form was not saved, by the code and the field of the answer; the words of the server are for programs. */
export function refusalText(t: Texts["settings"], { code, field = "", retryAfterMs = 0 }: ApiRefusal): string {
  const refused = t.refused;
  const [name = "", place = ""] = field.split(".");
  switch (code) {
    case "offline":
      return refused.offline;
    case "rate":
      return refused.rate(Math.max(1, Math.ceil(retryAfterMs / 60_000)));
    case "unauthenticated":
      return refused.password;
    case "forbidden":
      return refused.forbidden;
    case "conflict":
      return name === "email" ? t.emailTaken : refused.lastOwner;
    case "not-found":
      return refused.gone;
    case "invalid":
      if (name === "origins") return refused.origin(Number(place) + 1);
      if (field === "password" || field === "password.next") return refused.newPassword;
      return name in refused.invalid ? refused.invalid[name as keyof typeof refused.invalid] : t.invalid;
    default:
      return t.failed;
  }
}
