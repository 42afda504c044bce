// Judges answers for the tests: a line of JSON in, a line out. The script of the pages has run before.
import { createInterface } from "node:readline";

const { fromJson, judge, setTables } = globalThis.mlpAnswers;
const questions = [];

for await (const line of createInterface({ input: process.stdin })) {
  const { tables, question, number, answer } = JSON.parse(line);
  let reply = null;
  if (tables !== undefined) setTables(tables);
  else if (question !== undefined) questions.push(fromJson(question));
  else {
    try {
      reply = judge(questions[number], answer);
    } catch (failure) {
      reply = { status: "thrown", key: String(failure), text: failure?.stack ?? "" };
    }
  }
  console.log(JSON.stringify(reply));
}
