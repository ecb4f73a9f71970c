export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
