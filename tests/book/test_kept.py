"""What takes long to make is made once, and again when anything that it was made from changes."""

import pytest

from book.kept import Kept


def test_a_text_is_made_again_only_from_something_else(tmp_path):
    made = []

    def text(made_by, *made_from):
        with Kept(tmp_path / "texts", [made_by]) as kept:
            return kept.text(made_from, lambda: made.append(made_from) or " ".join(made_from))

    assert text("code", "a", "b") == text("code", "a", "b") == "a b"
    assert len(made) == 1
    for others in [("other code", "a", "b"), ("code", "a"), ("code", "a b"), ("code", "ab", "")]:
        assert text(*others) == " ".join(others[1:])
    assert len(made) == 5


def test_what_a_build_does_not_ask_for_goes_unless_it_failed(tmp_path):
    def files(*texts):
        with Kept(tmp_path, []) as kept:
            for text in texts:
                kept.text([text], lambda text=text: text)
        return sorted(file.read_text(encoding="utf-8") for file in tmp_path.iterdir())

    assert files("a", "b") == ["a", "b"]
    assert files("b", "c") == ["b", "c"]
    with pytest.raises(ZeroDivisionError), Kept(tmp_path, []) as kept:
        kept.text(["d"], lambda: str(1 / 0))
    assert len(list(tmp_path.iterdir())) == 2
