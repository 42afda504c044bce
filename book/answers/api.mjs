// What pages ask of this script: `mlpAnswers`, and `mlpAnswersData`, which files of data call.
import { withOtherNumbers } from "./drawn.mjs";
import { Fraction } from "./fraction.mjs";
import { application, literal, operation, parseFormula, symbol, walk } from "./grammar.mjs";
import { judge } from "./judge.mjs";
import { misread } from "./misread.mjs";
import { filled, fromJson, setTables, tables } from "./tables.mjs";
import { numberText, trueMinus } from "./text.mjs";
import { NotAFormula } from "./tokens.mjs";

const sets = {};

// Each sign is turned half way round the ASCII that can be printed: no answer is read by accident.
const legible = (text) =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(33 + ((sign.charCodeAt(0) + 14) % 94)));

globalThis.mlpAnswers = {
  ...{ judge, withOtherNumbers, sets },
  ...{ filled, fromJson, setTables, tables, numberText, trueMinus },
  // What the bench and the graph of a page make of formulas that readers type.
  formulas: {
    ...{ NotAFormula, application, misread, operation, parseFormula, symbol, walk },
    number: (whole) => literal(new Fraction(whole)),
  },
};

globalThis.mlpAnswersData = (name, text) => {
  if (name === "tables") setTables(legible(text));
  else sets[name] = fromJson(legible(text));
};
