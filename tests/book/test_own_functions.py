"""What readers type into the bench and the graph of a page: values and slopes, held to Python."""

import json
import math
import statistics
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from book.extensions.answers_script import script
from mlplib.checks.authoring.graphs import drawn_graph
from mlplib.checks.formulas.domain import Domain
from mlplib.checks.page.tables import exported_tables
from tests.book.test_accessibility import AXE

SCRIPTS = Path(__file__).resolve().parents[2] / "book/answers/page"

FORMULAS = (
    *("x*sigma(x)", "x^2", "x^x", "tanh(x)^3", "1/(1+e^-x)", "|x - 2|", "max(x, 0.1x)", "relu(x)"),
    *("softplus(x)", "sigma''(x)", "D(x^3, x)", "ln(cosh(x))", "1_{x>0} x", "2^x", "sqrt(1+x²)"),
    *("x*(x-1)/(x+3)", "min(x^2, 3)", "x tanh(softplus(x))", "artanh(x/4)", "log1p(x) sin(3x)"),
    *("sign(x) + H(x)", "abs(x)^1.5", "exp(-x^2/2)/sqrt(2π)", "sinh(x)cos(x)", "x"),
)


def in_node(modules: dict[str, str], body: str, given: object) -> object:
    """Return what the function body `body` returns to `given`, behind the script that judges."""
    imports = "".join(
        f'import {{ {names} }} from "{(SCRIPTS / name).as_uri()}";\n'
        for name, names in modules.items()
    )
    code = f"""{imports}
        const [tables, given] = JSON.parse(await new Response(process.stdin).text());
        mlpAnswers.setTables(JSON.stringify(tables));
        console.log(JSON.stringify(given.map((given) => {{ {body} }})));"""
    with TemporaryDirectory() as folder:
        engine = Path(folder) / "answers.js"
        engine.write_text(script(), encoding="utf-8")
        run = subprocess.run(
            ["node", "--require", engine, "--input-type=module", "-e", code],
            input=json.dumps([exported_tables("en"), given]),
            capture_output=True,
            text=True,
            check=True,
        )
    return json.loads(run.stdout)


def test_values_and_slopes_of_a_typed_function_are_right():
    body = """
        const [text, x] = given;
        const node = workedOut(mlpAnswers.formulas.parseFormula(text, ["x"]));
        return [compiled(node)({ x }), compiled(derivative(node, "x"))({ x })];
    """
    given = [(text, x) for text in FORMULAS for x in (0.3, 1.7, 2.9)]
    modules = {"plain.mjs": "compiled, derivative, workedOut"}
    for (text, x), found in zip(given, in_node(modules, body, given), strict=True):
        domain = Domain({"x": (x, x)})
        values = domain.values()
        formula, slope = domain.read(text), domain.read(f"D({text}, x)")
        assert found == pytest.approx(list(map(float, values.pairs(formula, slope)[0])), rel=1e-9)


def test_a_typed_graph_is_run_forward_and_back():
    graphs = [drawn_graph(seed, steps=4) for seed in range(40)]
    given = [
        "\n".join(
            [f"{name} = {value}" for name, value in graph.leaves.items()]
            + [
                f"{name} = {a} {'*' if sign == '·' else '+'} {b}"
                for name, sign, a, b in graph.steps
            ]
        )
        for graph in graphs
    ]
    body = "return graphOf(given).map(({ name, value, charge }) => [name, value, charge]);"
    for graph, steps in zip(graphs, in_node({"graph.mjs": "graphOf"}, body, given), strict=True):
        swept = graph.swept()
        assert {name: value for name, value, _ in steps} == graph.values
        assert {name: charge for name, _, charge in steps} == swept


def test_what_ten_layers_leave_is_what_their_slopes_say():
    """Layers of c·x leave c^layers times what layers of x leave; a constant leaves nothing."""
    body = "return gradientLeft((x) => given * x + 1 - given, () => given);"
    plain, half, none = in_node({"bench.mjs": "gradientLeft"}, body, [1, 0.5, 0])
    assert plain[0] == half[0] == none[0] == 1
    assert half == pytest.approx([0.5**layer * left for layer, left in enumerate(plain)])
    assert none[1:] == [0] * 10
    # A random matrix of variance 1/units keeps lengths: about 1, and not smaller with each layer.
    assert all(0.4 < left < 2.5 for left in plain)


def test_differences_err_by_their_step_and_by_the_rounding():
    """The two arms of the V: for x³ at 1 they are h + h²/3 and h²/3, and the rounding over h."""
    body = "return errorsOfDifferences((x) => x ** 3, 3, given);"
    ((forward, central),) = in_node({"bench.mjs": "errorsOfDifferences"}, body, [1])
    for power, found in forward:
        if power >= -6:
            assert found == pytest.approx(math.log10(10**power + 10 ** (2 * power) / 3), abs=1e-3)
    for power, found in central:
        if power >= -3.5:
            assert found == pytest.approx(2 * power - math.log10(3), abs=1e-3)
    for line, best in ((forward, -8), (central, -5)):
        assert min(line, key=lambda place: place[1])[0] == pytest.approx(best, abs=1.5)
        rounding = [power + found for power, found in line if power < best - 2]
        assert max(rounding) < -14.5
        assert -17 < statistics.median(rounding) < -15.5


def test_the_bench_answers_as_the_chapter_does():
    body = """
        const node = workedOut(mlpAnswers.formulas.parseFormula(given, ["x"]));
        const [g, dg] = [compiled(node), compiled(derivative(node, "x"))];
        return gradientLeft((x) => g({ x }), (x) => dg({ x })).at(-1);
    """
    modules = {"bench.mjs": "gradientLeft", "plain.mjs": "compiled, derivative, workedOut"}
    names = ["x^2", "sin(x)", "max(x, 0.1x)", "sqrt(2) max(x, 0.1x)"]
    text = (Path(__file__).resolve().parents[2] / "chapters/activations.md").read_text("utf-8")
    assert "Of these three $\\sin x$ keeps most." in text
    assert "as in `sqrt(2) max(x, 0.1x)`, two thirds are left" in text
    square, sine, leaky, twice = in_node(modules, body, names)
    assert square is None, "no number comes back"
    assert sine > 10 * leaky
    assert twice == pytest.approx(2 / 3, abs=0.01)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("x = 3", "graph.empty"),
        ("", "graph.empty"),
        ("x = 3\nx = 4", "graph.twice"),
        ("x = 3\nu", "graph.assignment"),
        ("exp = 3\nu = exp", "graph.taken"),
        ("x = 0\nu = 1/x", "graph.undefined"),
        ("x = 0\nu = sqrt(x)", "graph.undefined"),
        ("x0 = 1\n" + "\n".join(f"x{k + 1} = x{k}" for k in range(30)), "graph.many"),
        ("x = 3\nu = 2*y", "formula.name"),
        ("x = 3\nu = 2*", "formula.ends"),
    ],
)
def test_what_is_no_graph_is_told_why(text, key):
    body = "try { graphOf(given); return null; } catch (problem) { return problem.key; }"
    assert in_node({"graph.mjs": "graphOf"}, body, [text]) == [key]


VIOLATIONS = """async () => {
    const {violations} = await axe.run("form.mlp-own", {resultTypes: ["violations"]});
    return violations.map(({id, nodes}) => `${id}: ${nodes[0].html.slice(0, 150)}`);
}"""
BENCH = "chapters/activations", "form.mlp-own-bench"
GRAPH = "chapters/backpropagation", "form.mlp-own-graph"


def shown(visit, place, **typed):
    """Type into the fields of a form, named, and send it; return its page and its output."""
    name, selector = place
    page = visit(name).page
    form = page.locator(selector)
    form.scroll_into_view_if_needed()
    form.locator("output svg").first.wait_for()  # what stands there is drawn when it comes near
    for field, text in typed.items():
        form.locator(f"[name={field}]").fill(text)
    form.locator("[type=submit]").click()
    return page, form.locator("output")


def test_a_typed_function_is_drawn_and_told(visit):
    seen = visit(BENCH[0])
    form = seen.page.locator(BENCH[1])
    form.scroll_into_view_if_needed()
    form.locator("output svg").nth(2).wait_for()
    form.locator("[name=g]").fill("max(x, 0.1x)")
    form.locator("[name=x]").fill("−2")
    form.locator("[name=x]").press("Enter")
    output = form.locator("output")
    words = "At x = −2, g is −0.2 (solid) and its slope 0.1 (dashed)"
    output.locator("p").filter(has_text=words).wait_for()
    assert output.locator("svg").count() == 3
    assert output.locator("svg").first.get_attribute("role") == "img"
    assert (seen.complaints, seen.blocked) == ([], [])


def test_what_cannot_be_drawn_is_told_why(visit):
    page, output = shown(visit, BENCH)
    form = page.locator(BENCH[1])
    for g, x, told in (
        ("x*sigm(x)", "1", "sigm at place 3 is not known here"),
        ("x*", "1", "ends too early"),
        ("x", "9", "The place must be a number from −6 to 6, not 9."),
        ("x", "", "The place must be a number"),
        ("ln(x)", "-1", "g has no value or no slope at x = −1"),
    ):
        form.locator("[name=g]").fill(g)
        form.locator("[name=x]").fill(x)
        form.locator("[type=submit]").click()
        output.get_by_text(told).wait_for()
        assert output.locator("svg").count() == 0


def test_a_typed_graph_is_drawn_and_told(visit):
    page, output = shown(visit, GRAPH, u="x = 3\ny = x*x\nL = y + x")
    output.get_by_text("since ∂L/∂x = 7").wait_for()
    assert output.locator("td").filter(has_text="∂L/∂x = 7").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_no_graph_is_told_in_a_sentence(visit):
    page, output = shown(visit, GRAPH, u="x = 3\nL = 2*y")
    output.get_by_text("y at place 3 is not known here").wait_for()
    page.locator("[name=u]").fill("x = 3\nx = 4")
    page.locator(GRAPH[1]).locator("[type=submit]").click()
    output.get_by_text("Line 2: x is there already").wait_for()


@pytest.mark.parametrize("place", [BENCH, GRAPH])
def test_what_is_drawn_is_read_by_everybody(place, visit):
    page, _ = shown(visit, place)
    page.evaluate(AXE)
    assert page.evaluate(VIOLATIONS) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
