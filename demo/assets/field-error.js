/** The text code of what is wrong with an address field, or null. */
export function fieldError(name, value) {
  if (value === "") return "required";
  if (name === "email") return emailError(value);
  if (name === "postcode" && !/^[\p{L}\d][\p{L}\d -]{2,9}$/u.test(value)) return "postcode";
  return null;
}

function emailError(value) {
  const [, domain] = value.split("@");
  if (!domain || value.startsWith("@") || /\s/.test(value)) return "emailAt";
  return /\.[^.]{2,}$/.test(domain) ? null : "emailEnding";
}
