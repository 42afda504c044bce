// A question with other numbers: the question itself, but for what differs.
import { fromJson } from "./tables.mjs";

export function withOtherNumbers(question, number) {
  const { drawn, ...copy } = fromJson(JSON.stringify(question));
  for (const [path, value] of drawn[number]) {
    const last = path.pop();
    path.reduce((inside, name) => inside[name], copy)[last] = value;
  }
  return copy;
}
