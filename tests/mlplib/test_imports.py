"""The heart needs NumPy and the standard library, and loads nothing else."""

import ast
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path
from types import FunctionType

import pytest

import mlplib
import mlplib.checks
import mlplib.viz


def modules_loaded_by(statement):
    code = (
        "import json, sys, numpy; before = set(sys.modules); "
        f"{statement}; print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def test_everything_in_mlplib_loads_numpy_and_the_standard_library_alone():
    loaded = modules_loaded_by("from mlplib import *")
    assert {
        "mlplib.functions",
        "mlplib.functions.activations",
        "mlplib.networks.mlp",
        "mlplib.convolution.pooling",
    } <= set(loaded)
    roots = {name.partition(".")[0] for name in loaded}
    allowed = {"mlplib", "numpy", "cython_runtime"} | sys.stdlib_module_names
    strangers = {name for name in roots - allowed if not name.startswith("_cython")}
    assert strangers == set()


def test_a_name_loads_no_more_than_it_needs():
    for package, loads in (("mlplib", 2), ("mlplib.checks", 3)):
        loaded = modules_loaded_by(f"import {package}")
        ours = [name for name in loaded if name.startswith("mlplib")]
        assert len(ours) == loads, ours
    loaded = modules_loaded_by("from mlplib import sigmoid, softplus")
    assert {name for name in loaded if name.startswith("mlplib.")} == {
        "mlplib.functions",
        "mlplib.functions.activations",
        "mlplib.arguments",
        "mlplib.offer",
        "mlplib.pieces",
    }


def test_the_heart_leaves_its_guests_and_random_numbers_alone():
    loaded = modules_loaded_by("from mlplib import *")
    assert not {"mlplib.viz", "mlplib.checks", "numpy.random"} & set(loaded)


def test_everything_promised_is_there():
    assert sorted(mlplib.__all__) == sorted(set(mlplib.__all__))
    for name in mlplib.__all__:
        assert getattr(mlplib, name).__doc__


@pytest.mark.parametrize("package", [mlplib, mlplib.checks], ids=lambda p: p.__name__)
def test_the_stub_and_the_package_offer_the_same(package):
    """A re-export in the stub is the offer, and names the module in which the name is defined."""
    stub = ast.parse(Path(package.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    homes = {
        alias.asname: line.module
        for line in stub.body
        if isinstance(line, ast.ImportFrom)
        for alias in line.names
    }
    assert sorted(homes) == package.__all__
    assert set(package.__all__) <= set(dir(package))
    for name, home in homes.items():
        offered = getattr(package, name)
        if isinstance(offered, type | FunctionType):
            assert offered.__module__ == home, name
    refusal = f"^module '{package.__name__}' has no attribute 'sigmoyd'$"
    with pytest.raises(AttributeError, match=refusal):
        package.sigmoyd  # noqa: B018


@pytest.mark.parametrize("package", [mlplib, mlplib.checks, mlplib.viz], ids=lambda p: p.__name__)
def test_there_is_one_list_of_what_is_offered(package):
    """Modules keep no lists of their own, so that none can be out of step."""
    folder = Path(package.__file__).parent
    for path in folder.rglob("*.py"):
        if path != folder / "__init__.py":
            assert not re.search(r"^__all__\b", path.read_text(encoding="utf-8"), re.MULTILINE), (
                path
            )


def test_signatures_can_be_read_in_help():
    """Names of types, not what they stand for: ArrayLike written out has two hundred characters."""
    for name in mlplib.__all__:
        offered = getattr(mlplib, name)
        if isinstance(offered, FunctionType):
            for parameter in inspect.signature(offered).parameters.values():
                assert len(str(parameter)) <= 80, f"{name}({parameter})"
