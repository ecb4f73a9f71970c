import { Icon } from "./icon.tsx";

export interface FaceProps {
  name: string | undefined;
  /** Path of a picture. */
  picture?: string | null | undefined;
  size?: number;
  /** Agents show how they are. */
  state?: "available" | "away" | "offline";
}

const faceColors = 8;

/** A picture, initials on a muted colour that is always the same for a name, or an outlined figure for people without one. */
export function Face({ name, picture, size = 20, state }: FaceProps) {
  const measure = { inlineSize: `${size}px`, blockSize: `${size}px`, fontSize: `${Math.round(size * 0.4)}px` };
  return (
    <span class="face-frame" aria-hidden="true">
      {picture ? (
        <img class="face" src={picture} alt="" style={measure} />
      ) : name ? (
        <span class={`face face-${colorOf(name)}`} style={measure}>
          {initials(name)}
        </span>
      ) : (
        <span class="face face-unnamed" style={measure}>
          <Icon name="person" size={Math.round(size * 0.6)} />
        </span>
      )}
      {state && <span class={`dot dot-${state} face-state`} />}
    </span>
  );
}

/** `Henrik Solberg` is HS; a Chinese name is its first character. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? "")][0] ?? "";
  if (/\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(first)) return first;
  const last = words.length > 1 ? ([...(words[words.length - 1] ?? "")][0] ?? "") : "";
  return (first + last).toUpperCase();
}

function colorOf(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return (sum % faceColors) + 1;
}
