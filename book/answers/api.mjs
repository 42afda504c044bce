// What pages ask of this script: `mlpAnswers`, and `mlpAnswersData`, which files of data call.
import { withOtherNumbers } from "./drawn.mjs";
import { judge } from "./judge.mjs";
import { filled, fromJson, setTables, tables } from "./tables.mjs";

const sets = {};

// Each sign is turned half way round the ASCII that can be printed: no answer is read by accident.
const legible = (text) =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(33 + ((sign.charCodeAt(0) + 14) % 94)));

globalThis.mlpAnswers = { judge, filled, fromJson, setTables, sets, tables, withOtherNumbers };

globalThis.mlpAnswersData = (name, text) => {
  if (name === "tables") setTables(legible(text));
  else sets[name] = fromJson(legible(text));
};
