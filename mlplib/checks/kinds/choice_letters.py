"""Reading which options of a choice a text names: by letter, by the option's words, or by both."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from mlplib.checks.formulas.notation import JOINING

NOUNS = (
    *("line", "option", "answer", "letter", "sentence", "statement", "argument", "reason"),
    *("claim", "choice", "proof", "step", "bug", "ligne", "réponse", "reponse", "lettre"),
    *("phrase", "énoncé", "enonce", "raison", "choix", "preuve", "étape"),
)
"""What questions call their options, in English and in French."""

VERBS = (
    *("it's", "that's", "is", "are", "it", "hold", "holds", "apply", "applies"),
    *("c'est", "est", "sont"),
)
"""What questions and answers say of options."""

FILLING = {
    *NOUNS,
    *(f"{noun}s" for noun in NOUNS),
    *("the", "and", "all", "both", "only", "true", "right", "correct", "la", "le", "les", "et"),
    *("vrai", "vraie", "vrais", "vraies", "juste", "justes", "und"),
    *(word.lower() for word in JOINING),
}
"""Words that may stand beside letters and say nothing more."""

ARTICLES = ("the", "la", "le", "les", "it is", "c'est")
"""What may stand before a noun."""

_WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)*"

_LABEL = (
    rf"^\W*(?:(?:{'|'.join(ARTICLES)})\s+)?"
    rf"(?:(?:{'|'.join(NOUNS)})s?)\b\s*(?:is|are)?\s*[:=]?\s*"
)
"""What may stand before a letter."""


def letters_in(item: str, options: Mapping[str, str], several: bool) -> set[str] | None:
    """Return the letters that `item` names, None where it names none clearly.

    Parameters
    ----------
    item : str
    options : mapping of str to str
        The text of each option, by its letter.
    several : bool
        Whether more than one may be named.

    Examples
    --------
    >>> options = {"A": "it rises", "B": "it falls"}
    >>> sorted(letters_in("A/B are true", options, True)), letters_in("B it falls", options, False)
    (['A', 'B'], {'B'})
    """
    by_text = {_plain(text): letter for letter, text in options.items()}
    if _plain(item) in by_text:
        return {by_text[_plain(item)]}
    as_printed = {_plain(f"{letter} {text}"): letter for letter, text in options.items()}
    printed = _plain(re.sub(r"^(\W*\w+)\W*\s", r"\1 ", item))
    if printed in as_printed:
        return {as_printed[printed]}
    letters = _all_letters(item, options)
    return letters if letters or several else _leading_letter(item, options)


def _all_letters(item: str, options: Collection[str]) -> set[str] | None:
    """Return the letters of ``A, C``, ``a and c``, ``AC`` or ``lines A C``: nothing else in it."""
    by_letter = {letter.lower(): letter for letter in options}
    text = re.sub(rf"\b(?:{'|'.join(VERBS)})\b", " ", item.lower().replace("’", "'"))
    signs = set(re.sub(_WORD, "", text)) - set(" \t\n,;&∧+/|.(){}[]'\"“”„«»*!:_`-–—")
    if signs or re.fullmatch(r"\W*\w\s*[-–—]\s*\w\W*", text):
        return None  # ~A and A–D may mean more than letters
    found: list[str] = []
    for word in re.findall(_WORD, text):
        if word in by_letter or word not in FILLING:
            found += [word] if word in by_letter else word
    return {by_letter[c] for c in found} if found and set(found) <= set(by_letter) else None


def _leading_letter(item: str, options: Collection[str]) -> set[str] | None:
    """Return the letter of ``line B is wrong``, ``B is wrong`` or ``B, because …``: no other one.

    A letter without a label may be a word, such as "A limit ...": something must set it apart.
    """
    letter = f"({'|'.join(map(re.escape, options))})"
    apart = r"(?:\s*[().:,;–—-]|\s+(?:because|since|is(?!\s+not))\b)"
    labelled = re.match(rf"{_LABEL}{letter}\b", item, re.IGNORECASE)
    match = labelled or re.match(rf"\W*{letter}{apart}", item, re.IGNORECASE)
    if match is None or re.search(rf"\b{letter}\b", item[match.end() :]):
        return None
    return {option for option in options if option.lower() == match[1].lower()}


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[*$]", "", text).lower().split()).strip(" .")
