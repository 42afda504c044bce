"""The heart needs NumPy and the standard library, and loads nothing else."""

import json
import subprocess
import sys

import mlplib


def modules_loaded_by(statement):
    code = (
        "import json, sys, numpy; before = set(sys.modules); "
        f"{statement}; print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def test_import_mlplib_loads_numpy_and_the_standard_library_alone():
    loaded = modules_loaded_by("import mlplib")
    assert "mlplib.activations" in loaded
    roots = {name.partition(".")[0] for name in loaded}
    allowed = {"mlplib", "numpy", "cython_runtime"} | sys.stdlib_module_names
    strangers = {name for name in roots - allowed if not name.startswith("_cython")}
    assert strangers == set()


def test_import_mlplib_leaves_its_guests_and_random_numbers_alone():
    loaded = modules_loaded_by("import mlplib")
    assert not {"mlplib.viz", "mlplib.checks", "numpy.random"} & set(loaded)


def test_everything_promised_is_there():
    assert sorted(mlplib.__all__) == sorted(set(mlplib.__all__))
    for name in mlplib.__all__:
        assert getattr(mlplib, name).__doc__
