"""What a build is made of, as short words: the same word, the same pages."""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

# Variables that pages depend on: the language of what code says (mlplib/language.py), and where the
# repository is, for the links to it (book/extensions/notebook_links.py).
LANGUAGE = "MLPLIB_LANGUAGE"
REPOSITORY = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_REF_NAME")
DOCUMENTS = {".md", ".ipynb"}


def digest(root: Path, paths: Iterable[Path], words: Iterable[str] = ()) -> str:
    """Fingerprint of files below `root`, their names and contents, and of some words."""
    seen = hashlib.sha256()
    for path in sorted(set(paths)):
        content = path.read_bytes()
        seen.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        seen.update(content)
    for word in words:
        seen.update(f"{word}\0".encode())
    return seen.hexdigest()[:16]


def files(folder: Path) -> Iterator[Path]:
    """All files of a folder but the hidden ones and what Python, the build and students make; or
    the file."""
    if folder.is_file():
        yield folder
    if not folder.is_dir():
        return
    for entry in os.scandir(folder):
        if entry.name.startswith((".", "_build", "__pycache__", "my-progress")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from files(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)


def variables(*names: str) -> list[str]:
    return [os.environ.get(name, "") for name in names]


def of_kernel(root: Path) -> list[str]:
    """What every cell depends on: Python, the packages, the language."""
    version = "{}.{}".format(*sys.version_info[:2])
    return [version, digest(root, [root / "requirements.lock"]), *variables(LANGUAGE)]


def surroundings() -> list[str]:
    """What pages depend on besides the folder: Python, its packages, variables."""
    packages = {
        entry
        for place in map(Path, sys.path)
        if place.name == "site-packages" and place.is_dir()
        for entry in os.listdir(place)
        if entry.endswith(".dist-info")
    }
    return [sys.version, *sorted(packages), *variables(LANGUAGE, *REPOSITORY)]


def of_everything(root: Path) -> str:
    """Fingerprint of all that a build could read."""
    return digest(root, files(root), surroundings())


def of_code(root: Path) -> str:
    """Fingerprint of all that cells can run."""
    return digest(root, files(root / "mlplib"), of_kernel(root))


def of_clothing(root: Path) -> str:
    """Fingerprint of what all pages share: styles, scripts, templates, extensions, settings.

    Settings are all files that lie in the root and are no pages: the table of contents, the works
    that are cited, the edition.
    """
    settings = [p for p in root.glob("[!.]*.*") if p.is_file() and p.suffix not in DOCUMENTS]
    shared = [*files(root / "book"), *files(root / "mlplib"), *settings]
    return digest(root, shared, surroundings())
