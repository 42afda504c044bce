"""One lock serves book, tests and Binder: whole, used by all three, and what runs here."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINS = dict(re.findall(r"^([a-z0-9][\w.-]*)==(\S+)", LOCK, flags=re.MULTILINE))


def declared() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    locked = [project["dependencies"], *(extras[name] for name in extras if name != "bench")]
    return [Requirement(text) for group in locked for text in group]


@pytest.mark.parametrize("requirement", declared(), ids=lambda requirement: requirement.name)
def test_the_lock_pins_what_the_project_declares(requirement):
    name = canonicalize_name(requirement.name)
    assert name in PINS, f"{name} is not in requirements.lock: run `make lock`"
    assert requirement.specifier.contains(PINS[name], prereleases=True)
    assert version(name) == PINS[name], f"{name} here is not the one of the lock: run `make book`"


def test_the_peers_of_the_benchmark_are_no_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    peers = {canonicalize_name(name) for name in project["optional-dependencies"]["bench"]}
    assert peers
    assert peers.isdisjoint(PINS)


def test_every_pin_has_hashes_and_no_address():
    blocks = re.split(r"\n(?=[a-z0-9])", LOCK.split("make lock\n", 1)[1])
    assert len(blocks) == len(PINS) > 100
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in LOCK


def test_binder_installs_the_same_lock_and_mlplib_itself():
    assert (ROOT / "binder/requirements.txt").read_text() == "-r ../requirements.lock\n"
    assert (ROOT / "binder/runtime.txt").read_text() == "python-3.11\n"
    post_build = ROOT / "binder/postBuild"
    assert "pip install --no-deps --no-build-isolation -e ." in post_build.read_text()
    assert post_build.stat().st_mode & 0o100, "Binder runs postBuild: it must be executable"


def test_ci_and_workflow_call_the_readme_s_test_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make book" in readme
    assert "make test" in readme
    assert "make test" in (ROOT / ".ci/run").read_text()
    assert ".ci/run" in (ROOT / ".github/workflows/book.yml").read_text()
