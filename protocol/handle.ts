/** A short name for people without one, made from an identifier: `7K2`. Letters that look alike are left out. */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function handleOf(id: string): string {
  let hash = 0;
  for (let index = 0; index < id.length; index++) hash = (hash * 31 + id.charCodeAt(index)) % 32768;
  return (
    letters.charAt(Math.floor(hash / 1024)) + letters.charAt(Math.floor(hash / 32) % 32) + letters.charAt(hash % 32)
  );
}
