"""Formulas as a reader meets them: seen without scripts, heard, copied, read in plain text."""

import pytest

from book.extensions.typeset.formula import make_formula

SCRIPT_OF_A_COPY = """selected => {
    const range = document.createRange();
    range.setStart(...selected.start);
    range.setEnd(...selected.end);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const clipboardData = new DataTransfer();
    const event = new ClipboardEvent("copy", {clipboardData, bubbles: true, cancelable: true});
    document.body.dispatchEvent(event);
    return [clipboardData.getData("text/plain"), clipboardData.getData("text/html")];
}"""


def test_formulas_are_there_without_a_script(page_name, view):
    page = view(page_name, scripts=False).page
    written, *sizes = page.evaluate(
        """() => [
            document.querySelectorAll("article .math").length,
            ...[...document.querySelectorAll("article .math > mjx-container > mjx-math")]
                .map(it => it.checkVisibility() ? it.getBoundingClientRect() : null)
                .map(box => box && [box.width, box.height]),
        ]"""
    )
    assert written == len(sizes)
    assert r"\(" not in page.locator("article").inner_text()
    if page_name.startswith("chapters/"):
        seen = [size for size in sizes if size]
        assert len(seen) > 100
        assert min(map(max, seen)) > 5
        assert min(map(min, seen)) > 1


def test_a_formula_is_as_high_as_the_text_around_it(fullest, visit):
    page = visit(fullest).page
    ratio = page.locator("article p mjx-container").first.evaluate(
        """formula => {
            const probe = document.createElement("span");
            probe.style = "display: inline-block; height: 1ex";
            formula.parentElement.append(probe);
            const ex = probe.getBoundingClientRect().height;
            return parseFloat(getComputedStyle(formula).fontSize) * 0.442 / ex;
        }"""
    )
    assert ratio == pytest.approx(1, rel=0.03)


def test_a_selection_is_copied_with_its_tex(visit):
    page = visit("chapters/softmax").page
    plain, html, display, words, inline = page.evaluate(
        f"""() => {{
            const display = document.querySelector("div.math mjx-container[display]");
            const inline = [...document.querySelectorAll("article p > span.math > mjx-container")]
                .find(it => display.compareDocumentPosition(it) & 4);
            const inside = node => [node.querySelector("math :not(:has(*))").firstChild, 0];
            const copied = ({SCRIPT_OF_A_COPY})({{start: inside(display), end: inside(inline)}});
            const words = inline.parentElement.previousSibling.textContent;
            return [...copied, display.dataset.tex, words, inline.dataset.tex];
        }}"""
    )
    assert plain.startswith(f"$${display}$$\n")
    assert plain.rstrip().endswith(f"{words}${inline}$")
    assert "mjx" not in html
    assert html.count('<math xmlns="http://www.w3.org/1998/Math/MathML"') >= 2


def test_text_without_formulas_is_copied_by_the_browser(visit):
    page = visit("index").page
    text = page.locator("article p").first
    assert text.evaluate(
        f"it => ({SCRIPT_OF_A_COPY})({{start: [it.firstChild, 0], end: [it.firstChild, 5]}})"
    ) == ["", ""]


@pytest.mark.parametrize("allowed", [True, False])
def test_a_displayed_formula_is_copied_by_its_button(visit, allowed):
    seen = visit("chapters/softmax")
    page = seen.page
    page.evaluate(
        """allowed => {
            window.copied = [];
            navigator.clipboard.writeText = text => allowed
                ? Promise.resolve(copied.push(text))
                : Promise.reject("not allowed");
            addEventListener("copy", event => {
                if (!allowed) copied.push(event.clipboardData.getData("text/plain"));
            });
        }""",
        allowed,
    )
    formula = page.locator("div.math:has(> .eqno)").filter(visible=True).first
    number = formula.locator(".eqno").inner_text().strip("#\n ")
    button = formula.get_by_role("button", name=f"Copy: formula {number}")
    assert button.evaluate("it => getComputedStyle(it).opacity") == "0"
    formula.hover()
    assert button.evaluate("it => getComputedStyle(it).opacity") == "1"
    button.click()
    page.mouse.move(0, 0)
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("copied.length == 2")
    page.keyboard.press("Enter")
    page.wait_for_function("copied.length == 3")
    tex, again, text = page.evaluate("copied")
    container = formula.locator("mjx-container")
    assert tex == again == container.get_attribute("data-tex") != ""
    assert text == container.get_attribute("data-text") != tex
    assert page.locator("output.mlp-said").inner_text() == "Text copied"
    assert seen.complaints == []


def test_paper_has_no_button_for_copying(fullest, visit):
    page = visit(fullest).page
    page.emulate_media(media="print")
    assert page.locator(".mlp-copy").filter(visible=True).count() == 0


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"s_i = \frac{e^{x_i}}{\sum_j e^{x_j}}", "s_i = e^(x_i)/(∑_j e^(x_j))"),
        (r"\sigma'(x) = \sigma(x)\,\sigma(-x) .", "σ′(x) = σ(x) σ(−x)"),
        (r"\tfrac12\bigl(1+\operatorname{sign}(x)\bigr)", "(1/2)(1 + sign(x))"),
        (r"\frac{\partial\mathcal L}{\partial z_j}", "∂L/∂z_j"),
        (r"\frac{\mathrm d}{\mathrm dk}S(k\mathbf x)_i", "(d/dk) S(k x)_i"),
        (r"\frac{2\ln 2}{k}", "(2 ln 2)/k"),
        (r"\mathbf J^{\top}\mathbf v", "J^⊤ v"),
        (r"e^{-|x|} \le |w|/4 + 1", "e^(−|x|) ≤ |w|/4 + 1"),
        (r"\begin{cases}1 & x\ge0\\ q & \text{otherwise.}\end{cases}", "{1, x ≥ 0; q otherwise}"),
        (r"\begin{pmatrix}1&0\\0&2\end{pmatrix}", "(1, 0; 0, 2)"),
        (r"\begin{aligned}a &= b\\ &= c.\end{aligned}", "a = b\n= c"),
        (r"\hat y = \sqrt{1+x^2}", "ŷ = √(1 + x^2)"),
        (r"\operatorname{log1p}(q), \mathrm{CE}", "log1p(q), CE"),
        (r"\underbrace{a+b}_{\text{sum}}", "(a + b)_sum"),
    ],
)
def test_a_formula_reads_as_a_line_of_text(tex, text):
    assert make_formula(tex, display=True).text == text


def test_a_formula_does_not_depend_on_those_before_it():
    first = make_formula(r"\left(\frac{a}{b}\right)", display=True)
    make_formula(
        r"\begin{aligned} x &= \underbrace{y}_z \\ &\cancel{w} \end{aligned}", display=True
    )
    assert make_formula(r"\left(\frac{a}{b}\right)", display=True) == first


def test_attributes_of_a_formula_are_quoted():
    made = make_formula(r'\begin{matrix} a < b & \text{">"} \end{matrix}', display=True)
    quoted = r'data-tex="\begin{matrix} a &lt; b &amp; \text{&quot;&gt;&quot;} \end{matrix}"'
    assert quoted in made.html
