"""Numbers that people write as words, in English and in French."""

from __future__ import annotations

_ENGLISH = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_FRENCH = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    *("onze", "douze", "treize", "quatorze", "quinze", "seize", "dix sept", "dix huit"),
    "dix neuf",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_DIZAINES = ("vingt", "trente", "quarante", "cinquante", "soixante")


def _counted() -> dict[str, str]:
    """Return the numbers from 0 on, to 99 in English and to 69 in French."""
    english, french = list(_ENGLISH), list(_FRENCH)
    for ten in _TENS:
        english += [ten, *(f"{ten} {unit}" for unit in _ENGLISH[1:10])]
    for ten in _DIZAINES:
        french += [ten, f"{ten} et un", *(f"{ten} {unit}" for unit in _FRENCH[2:10])]
    return {word: str(n) for names in (french, english) for n, word in enumerate(names)}


NUMERALS: dict[str, str] = {
    **_counted(),
    **dict.fromkeys(("none", "aucun", "aucune"), "0"),
    **dict.fromkeys(("once", "a single", "une"), "1"),
    "twice": "2",
    **dict.fromkeys(("hundred", "a hundred", "one hundred", "cent"), "100"),
    **dict.fromkeys(("thousand", "a thousand", "one thousand", "mille"), "1000"),
    **dict.fromkeys(("half", "a half", "one half", "un demi", "demi"), "1/2"),
    **dict.fromkeys(("third", "a third", "one third", "un tiers"), "1/3"),
    **dict.fromkeys(("two thirds", "deux tiers"), "2/3"),
    **dict.fromkeys(("quarter", "a quarter", "one quarter", "un quart"), "1/4"),
    **dict.fromkeys(("three quarters", "trois quarts"), "3/4"),
    **dict.fromkeys(("one eighth", "un huitième"), "1/8"),
}
"""What each stands for, as it is typed; hyphens are blanks here."""
