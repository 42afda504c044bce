"""Where findings go, told on a small book: to their formulas, and into the boxes of pitfalls."""

import json
import re
from html import escape

from tests.book.small_book import CHAPTER, cell

VERIFIED = {
    "label": "eq-sum",
    "inputs": "3 inputs",
    "error": "0",
    "tolerance": "2·10⁻¹⁵",
    "because": "a sum rounds",
}
REFUTED = {"label": "S0-1", "statement": "1 + 1 = 3", "at": "x = 1", "claimed": "3", "truth": "2"}


def found(*all_facts: dict[str, str], tags: str = ":tags: [hide-input]\n\n") -> str:
    """A cell that shows findings as `mlplib.proof.findings` writes them."""
    elements = [f'<p data-finding="{escape(json.dumps(facts))}">found</p>' for facts in all_facts]
    return cell(
        f"{tags}from IPython.display import HTML, display\nbase = 1\n"
        + "\n".join(f"display(HTML({element!r}))" for element in elements)
    )


SUM = "\n$$ 1 + 1 = 2 $$ (eq-sum)\n"


def test_a_check_moves_from_its_cell_to_its_formula(book):
    product = "\n$$ 1 \\cdot 1 = 1 $$ (eq-product)\n"
    both = found(VERIFIED, VERIFIED | {"label": "eq-product", "inputs": "9 inputs"})
    book.write("chapters/one.md", CHAPTER + SUM + product + both)
    book.build()
    first, second = re.findall(r"<details class=.mlp-check.*?</details>", book.page(), re.S)
    assert 'id="check-eq-sum"' in first
    assert "Equation (1): how it was checked" in first
    assert "3 inputs" in first
    assert "9 inputs" in second
    assert all(">base<" in part for part in (first, second)), "the code is missing"
    assert "<p data-finding" not in book.page()
    assert "tag_hide-input" not in book.page(), "an empty cell is left"


def test_a_check_whose_code_is_to_be_read_says_that_it_holds(book):
    book.write("chapters/one.md", CHAPTER + SUM + found(VERIFIED, tags=""))
    book.build()
    text = re.sub(r"<[^>]+>", "", book.page())
    assert "✓ (1) holds on 3 inputs; largest error 0." in text
    assert 'href="#equation-eq-sum"' in book.page()
    assert book.page().count(">base<") == 2


def test_other_outputs_of_a_checking_cell_stay(book):
    shown = found(VERIFIED).replace("base = 1", "print('also said')")
    book.write("chapters/one.md", CHAPTER + SUM + shown)
    book.build()
    assert "also said" in book.page()
    assert "Code of this output" in book.page()


PITFALL = "\n:::{admonition} Pitfall: three\n:class: warning\nSome write 3.\n:::\n"


def test_refutations_move_into_the_box_before_them(book):
    repaired = REFUTED | {"label": "S0-2", "instead": "1 + 1 = 2", "repaired": "5 inputs"}
    book.write("chapters/one.md", CHAPTER + PITFALL + found(REFUTED) + found(repaired))
    book.build()
    article = book.page().partition("<article")[2]
    assert article.count("admonition-title") == 1
    box = article.partition('class="warning admonition"')[2]
    assert box.index("Some write 3.") < box.index('id="check-S0-1"') < box.index('id="check-S0-2"')
    assert "Holds on 5 inputs." in box
    assert box.count("Code of this refutation") == 2
    assert "found</p>" not in article


def test_a_refutation_alone_gets_a_box(book):
    book.write("chapters/one.md", CHAPTER + PITFALL + "\nText between.\n" + found(REFUTED))
    book.build()
    article = book.page().partition("<article")[2]
    assert article.count('class="admonition-title"') == 2
    assert article.index("Text between.") < article.index('id="check-S0-1"')
