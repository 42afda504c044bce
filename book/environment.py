"""Make `.venv` from `requirements.lock`, then run its Python: `python -m book.environment -m …`.

Any Python from 3.11 on will do, and nothing but the standard library is used here, for nothing else
is installed yet. A new environment is made beside the old one, which stays until the new one is
whole. An environment that was moved or copied is linked to the folder it is now in.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

from book.lock import alone

STARTED = "MLPLIB_BUILD_STARTED"  # when the command began, for those that say how long it took
ROOT = Path(__file__).resolve().parent.parent
WHERE = "import mlplib; print(mlplib.__file__)"


class Failed(Exception):
    """What stops the command, in a sentence."""


class Environment:
    """A folder with a Python of its own, for the book in `root`."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder = folder
        self.root = root
        self.python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.lock = root / "requirements.lock"
        self.stamp = folder / "made-from.lock"  # a copy of the lock, written when all else is done

    def is_whole(self) -> bool:
        """Whether it was made, to the end, from the lock as it is now."""
        return (
            self.python.exists()
            and self.stamp.exists()
            and self.stamp.read_text(encoding="utf-8") == self.lock.read_text(encoding="utf-8")
        )

    def is_linked(self) -> bool:
        """Whether it runs, and its mlplib is that of this folder wherever it is started."""
        if not self.python.exists():
            return False
        command = [str(self.python), "-I", "-c", WHERE]
        found = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        place = Path(found.stdout.strip()).resolve()
        return found.returncode == 0 and place.parent == self.root / "mlplib"

    def is_current(self) -> bool:
        return self.is_whole() and self.is_linked()

    def create(self) -> None:
        version = sys.version.split()[0]
        print(f"Making .venv with Python {version} from {self.lock.name} (once) …", flush=True)
        command = [sys.executable, "-m", "venv", "--prompt", ".venv", str(self.folder)]
        made = subprocess.run(command, capture_output=True, text=True)
        if made.returncode:
            raise Failed(
                "This Python cannot make a virtual environment (on Debian and Ubuntu: "
                f"apt install python3-venv).\n{made.stdout}{made.stderr}"
            )

    def fill(self) -> int:
        """Install the packages of the lock; return how many there are."""
        wanted = self.lock.read_text(encoding="utf-8")
        total = sum(line[:1].isalnum() for line in wanted.splitlines())
        if total and self.install(["--require-hashes", "-r", str(self.lock)], total):
            raise Failed(
                "The packages of requirements.lock could not be installed; pip's last words "
                "stand above. Is a package index within reach?"
            )
        self.link()
        self.stamp.write_text(wanted, encoding="utf-8")
        return total

    def link(self) -> None:
        """Let `import mlplib` find the package of this folder; nothing is fetched for that."""
        if self.install(["--no-deps", "--no-build-isolation", "-e", str(self.root)], 1):
            raise Failed("mlplib itself could not be installed; pip's last words stand above.")
        if not self.is_linked():
            raise Failed("mlplib itself was installed, but it cannot be imported.")

    def settle(self, place: Path) -> None:
        """Name `place` in the scripts that name the folder which the environment was made in."""
        settings = self.folder / "pyvenv.cfg"
        command = re.compile(r"^command = .* -m venv (?:--\S+ )*(.+)$", re.MULTILINE)
        made = command.search(settings.read_text(encoding="utf-8"))
        if made is None or made[1] == str(place):
            return
        there, here = made[1].encode(), str(place).encode()
        for path in [*self.python.parent.iterdir(), settings]:
            if path.is_file() and not path.is_symlink() and there in (text := path.read_bytes()):
                path.write_bytes(text.replace(there, here))

    def install(self, arguments: list[str], total: int) -> int:
        """Run pip, telling how far it is; its last words are shown only where it fails."""
        command = [str(self.python), "-m", "pip", "install", "--disable-pip-version-check"]
        process = subprocess.Popen(
            [*command, "--retries", "2", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        assert process.stdout is not None
        said: list[str] = []
        fetched, silent = 0, False
        for line in process.stdout:
            said.append(line)
            if line.startswith(("Collecting", "Processing")):
                fetched += 1
                if fetched % 10 == 0 or fetched == total > 1:
                    print(f"  {fetched} of {total} packages fetched", flush=True)
            elif line.startswith("Installing collected") and total > 1:
                print("  unpacking them …", flush=True)
            elif "Retrying" in line and not silent:
                silent = True
                print("  the package index does not answer; trying again …", flush=True)
        if process.wait():
            print("".join(said[-15:]), flush=True)
        return process.returncode


def make_current(venv: Environment) -> None:
    """Link `.venv` to this folder if that is all it takes; else put a new one in its place."""
    old = venv.folder.with_name(".venv.old")
    if old.exists() and not venv.folder.exists():
        old.rename(venv.folder)  # an exchange was broken off
    if venv.is_whole():
        print("This folder was moved or copied: linking .venv to it …", flush=True)
        try:
            venv.settle(venv.folder)
            venv.link()
            return
        except (Failed, OSError):
            print("That did not do; .venv is made anew.", flush=True)
    new = Environment(venv.folder.with_name(".venv.new"), venv.root)
    shutil.rmtree(new.folder, ignore_errors=True)
    try:
        new.create()
        total = new.fill()
        new.settle(venv.folder)
    except Failed as failure:
        shutil.rmtree(new.folder, ignore_errors=True)
        raise Failed(f"{failure}{what_is_left(venv)}") from None
    shutil.rmtree(old, ignore_errors=True)
    if venv.folder.exists():
        venv.folder.rename(old)
    new.folder.rename(venv.folder)
    shutil.rmtree(old, ignore_errors=True)
    print(f".venv is ready: {total} packages, mlplib itself linked to this folder.", flush=True)


def what_is_left(venv: Environment) -> str:
    if not venv.is_linked():
        return ""
    command = f"{venv.python.relative_to(venv.root)} -m book.build"
    return (
        "\nThe .venv of before is as it was, made from another requirements.lock. "
        f"To build with it all the same: {command}"
    )


def hand_over(python: Path, arguments: list[str]) -> NoReturn:
    """Let the environment's Python take the place of this one."""
    command = [str(python), *arguments]
    if os.name == "nt":
        sys.exit(subprocess.run(command).returncode)
    os.execv(command[0], command)


def main(arguments: list[str]) -> int:
    os.environ[STARTED] = str(time.time())
    for stream in sys.stdout, sys.stderr:
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    if sys.version_info < (3, 11):  # noqa: UP036 — an older one may run this file
        print(
            f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}. "
            "Name another one: make PYTHON=/path/to/python3.12 book",
            file=sys.stderr,
        )
        return 1
    venv = Environment(ROOT / ".venv", ROOT)
    try:
        if not venv.is_current():
            with alone(ROOT / ".venv.lock", "Another command is making .venv: waiting for it …"):
                if not venv.is_current():
                    make_current(venv)
    except (Failed, OSError) as failure:
        print(failure, file=sys.stderr)
        return 1
    if arguments:
        hand_over(venv.python, arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
