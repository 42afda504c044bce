"""One version, in the four places that tell it."""

import re
import tomllib
from pathlib import Path

import mlplib

ROOT = Path(__file__).resolve().parents[2]


def told(pattern: str, name: str) -> str:
    found = re.search(pattern, (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert found, f"{name} tells no version"
    return found[1]


def test_package_project_citation_and_changelog_tell_the_same_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert mlplib.__version__ == project["project"]["version"]
    assert mlplib.__version__ == told(r"^version: (\S+)$", "CITATION.cff")
    assert mlplib.__version__ == told(r"^## (\S+) \(", "CHANGELOG.md")


def test_citation_and_changelog_tell_the_same_date():
    date = told(r"^date-released: (\S+)$", "CITATION.cff")
    assert date == told(r"^## \S+ \((\S+)\)$", "CHANGELOG.md")
