// What pages ask of this script: `mlpAnswers`, and `mlpAnswersData`, which files of data call.
import { withOtherNumbers } from "./drawn.mjs";
import { parseFormula } from "./grammar.mjs";
import { graphOf, unreadText } from "./graph.mjs";
import { judge } from "./judge.mjs";
import { compiled, derivative, workedOut } from "./plain.mjs";
import { filled, fromJson, setTables, tables } from "./tables.mjs";
import { numberText, trueMinus } from "./text.mjs";

const sets = {};

// Each sign is turned half way round the ASCII that can be printed: no answer is read by accident.
const legible = (text) =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(33 + ((sign.charCodeAt(0) + 14) % 94)));

globalThis.mlpAnswers = {
  ...{ judge, withOtherNumbers, sets },
  ...{ filled, fromJson, setTables, tables, numberText, trueMinus },
  formulas: { compiled, derivative, graphOf, parseFormula, unreadText, workedOut },
};

globalThis.mlpAnswersData = (name, text) => {
  if (name === "tables") setTables(legible(text));
  else sets[name] = fromJson(legible(text));
};
