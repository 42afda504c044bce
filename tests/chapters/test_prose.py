"""What chapters say: nothing of the documents they grew from, and nothing that hides in folds."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CELL = re.compile(r"^```\{code-cell\}.*?^```$", re.M | re.S)
CAPTION = re.compile(r"caption: \|\n(.*?)(?=^---$)", re.M | re.S)
CODE = re.compile(r"`[^`\n]+`")
AUDIT = re.compile(
    r"\b(?:S[0-4]|X)-[A-Z]?\d\w*(?:\.\d+)?|\bdocuments?\b|\bour (?:notes|sources)\b",
    re.I,
)


def prose(text: str) -> str:
    """The words of a chapter that a reader reads: its text and its captions."""
    captions = "\n".join(CAPTION.findall(text))
    return CODE.sub("", CELL.sub("", text) + captions)


def test_a_chapter_does_not_speak_of_the_documents_it_grew_from(chapter):
    text = (ROOT / f"{chapter}.md").read_text(encoding="utf-8")
    assert AUDIT.findall(prose(text)) == []
    assert "From the sources" not in text


def test_codes_of_claims_are_found_where_they_stand_in_prose():
    cell = '```{code-cell} ipython3\nrefute("S4-D07")\n```'
    assert AUDIT.findall(prose(f"As `S4-D07` says\n{cell}\n")) == []
    said = prose(f"As S4-A1c.2 says,\n{cell}\ntwo documents agree with X-03.")
    assert AUDIT.findall(said) == ["S4-A1c.2", "documents", "X-03"]
