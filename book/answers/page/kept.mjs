// What a reader has done, kept on their own device, and in this page alone where that keeps nothing.
import { BLANK, fromText, merged, toText } from "./record.mjs";
import { NO_REVIEW } from "./spacing.mjs";

const PROGRESS = "mlp-progress"; // boxes.js reads these three as well
const REVIEWS = "mlp-reviews";
const DRAFT = "mlp-draft:";

// Keys of sentences that say what has gone wrong.
export const troubles = new Set();

const here = new Map(); // the texts of this page
let known = new Map(); // the records of this page

function text(key) {
  try {
    return localStorage.getItem(key) ?? here.get(key) ?? null;
  } catch {
    return here.get(key) ?? null;
  }
}

function keep(key, value) {
  here.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    troubles.add("answering.forgetful");
  }
}

// Other pages write as well: what they have kept is read anew each time.
export function records() {
  const stored = text(PROGRESS);
  const { records: found, fault } = stored === null ? { records: [] } : fromText(stored);
  known = merged(known, found);
  if (fault === "newer") troubles.add("answering.ahead");
  else if (fault) {
    keep(`${PROGRESS}-broken-${Date.now()}`, stored);
    troubles.add("answering.damaged");
    keep(PROGRESS, toText(known));
  }
  return known;
}

export function recordOf(key) {
  return records().get(key) ?? BLANK;
}

export function change(key, changed) {
  records().set(key, changed(known.get(key) ?? BLANK));
  write();
}

export function bringIn(others) {
  known = merged(records(), others);
  write();
  return known;
}

function write() {
  if (!troubles.has("answering.ahead")) keep(PROGRESS, toText(known));
}

function reviews() {
  try {
    return JSON.parse(text(REVIEWS)) ?? {};
  } catch {
    return {};
  }
}

export function reviewOf(key) {
  return { ...NO_REVIEW, ...reviews()[key] };
}

export function keepReview(key, review) {
  keep(REVIEWS, JSON.stringify({ ...reviews(), [key]: review }));
}

export function keepDraft(key, draft) {
  keep(DRAFT + key, draft);
}
