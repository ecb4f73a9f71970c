import { splitLinks } from "../state/links.ts";

/** Text as text; http and https addresses as links that tell the other site nothing. Takes its own direction. */
export function MessageText({ text }: { text: string }) {
  return (
    <span class="message-text" dir="auto">
      {splitLinks(text).map((piece, place) =>
        piece.type === "link" ? (
          <a key={place} href={piece.url} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
    </span>
  );
}
