// What a check finds: a status, and the key of the sentence that says it.

const finding = (status) => (key, parameters = {}) => ({ status, key, parameters });

export const wrong = finding("wrong");
export const almost = finding("almost");
export const unread = finding("unread");
export const blank = finding("not-attempted");
export const right = () => finding("right")("answer.right");

export function isFinding(thing) {
  return typeof thing?.status === "string" && typeof thing.key === "string";
}
