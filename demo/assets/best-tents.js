const wantedPeople = { one: 1, two: 2, three: 3, family: 5 };
const maxGrams = { back: 1600, share: 4000, car: 20_000 };

/** How far a tent is from what was asked: too small weighs most, then too heavy, then too weak for the season. */
function distance(tent, { people = "two", season = "three", carry = "share" }) {
  const wanted = wantedPeople[people] ?? 2;
  const missing = Math.max(0, wanted - tent.people) * 10;
  const spare = Math.max(0, tent.people - wanted) * 2;
  const heavy = tent.grams > (maxGrams[carry] ?? 4000) ? 3 : 0;
  const weak = season === "four" && tent.season < 4 ? 3 : 0;
  return missing + spare + heavy + weak;
}

/** All tents, the one that fits best first. Answers that are missing or unknown count as the middle one. */
export function bestTents(tents, answers) {
  return [...tents].sort((one, other) => distance(one, answers) - distance(other, answers));
}
