/** A defect may show itself by standing still: what has not come after this long does not come. */
export const mutantPatienceMs = 20_000;
export const mutantSpeed = 5;
