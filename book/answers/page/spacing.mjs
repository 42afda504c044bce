// When a question comes back. What was right at once waits longest; what was right again on its day
// waits longer the next time; what took a wrong answer, a hint or the solution comes back tomorrow.
// A review is {step, day, slip}: how far, the day from which it is due, and whether there was a slip.

const DAYS = [1, 3, 7, 21];
const RESTS = DAYS.length;

export const NO_REVIEW = Object.freeze({ step: 0, day: "", slip: false });

// The day where the reader is, such as "2026-11-30": days are compared as texts.
export function today(now = new Date()) {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

export function daysFrom(one, other) {
  return Math.round((Date.parse(other) - Date.parse(one)) / 86_400_000);
}

function later(day, days) {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

export function isDue(review, day) {
  return review.day !== "" && review.day <= day;
}

function waits(review, day) {
  return review.step === RESTS || review.day > day;
}

export function afterSlip(review, day) {
  return waits(review, day) ? review : { ...review, slip: true };
}

export function afterRight(review, day) {
  if (waits(review, day)) return review;
  const step = review.slip ? 0 : review.day ? review.step + 1 : 1;
  return { step, day: step === RESTS ? "" : later(day, DAYS[step]), slip: false };
}
