// Judges answers for the tests: a line of JSON in, a line out.
import { createInterface } from "node:readline";
import { judge } from "./judge.mjs";
import { fromJson, setTables } from "./tables.mjs";

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
