"""What readers type into the bench and the graph of a page: values and slopes, held to Python."""

import json
import subprocess
from pathlib import Path

import pytest

from mlplib.checks.authoring.graphs import drawn_graph
from mlplib.checks.formulas.domain import Domain
from mlplib.checks.page.tables import exported_tables

SCRIPTS = Path(__file__).resolve().parents[2] / "book/answers"

FORMULAS = (
    *("x*sigma(x)", "x^2", "x^x", "tanh(x)^3", "1/(1+e^-x)", "|x - 2|", "max(x, 0.1x)", "relu(x)"),
    *("softplus(x)", "sigma''(x)", "D(x^3, x)", "ln(cosh(x))", "1_{x>0} x", "2^x", "sqrt(1+x²)"),
    *("x*(x-1)/(x+3)", "min(x^2, 3)", "x tanh(softplus(x))", "artanh(x/4)", "log1p(x) sin(3x)"),
    *("sign(x) + H(x)", "abs(x)^1.5", "exp(-x^2/2)/sqrt(2π)", "sinh(x)cos(x)", "x"),
)


def in_node(modules: dict[str, str], body: str, given: object) -> object:
    """Return what the function body `body` returns to `given`, with the tables of the page set."""
    imports = "".join(
        f'import {{ {names} }} from "{(SCRIPTS / name).as_uri()}";\n'
        for name, names in {"tables.mjs": "setTables", **modules}.items()
    )
    code = f"""{imports}
        const [tables, given] = JSON.parse(await new Response(process.stdin).text());
        setTables(JSON.stringify(tables));
        console.log(JSON.stringify(given.map((given) => {{ {body} }})));"""
    run = subprocess.run(
        ["node", "--input-type=module", "-e", code],
        input=json.dumps([exported_tables("en"), given]),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(run.stdout)


def test_values_and_slopes_of_a_typed_function_are_right():
    body = """
        const [text, x] = given;
        const node = workedOut(parseFormula(text, ["x"]));
        return [compiled(node)({ x }), compiled(derivative(node, "x"))({ x })];
    """
    given = [(text, x) for text in FORMULAS for x in (0.3, 1.7, 2.9)]
    modules = {"grammar.mjs": "parseFormula", "plain.mjs": "compiled, derivative, workedOut"}
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
