"""Make `.venv` from `requirements.lock`: run by whatever Python 3.11 or newer is at hand.

Nothing but the standard library is used here, for nothing else is installed yet.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "made-from.lock"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def main() -> int:
    if is_current():
        return 0
    if sys.version_info < (3, 11):  # noqa: UP036 — an older one may run this file
        return stop(
            f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}. "
            "Name another one: make PYTHON=/path/to/python3.12 book"
        )
    version = sys.version.split()[0]
    print(f"Making .venv with Python {version} from {LOCK.name} (once) …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode:
        return stop(
            "This Python cannot make a virtual environment (on Debian and Ubuntu: "
            f"apt install python3-venv).\n{made.stdout}{made.stderr}"
        )
    total = sum(line[:1].isalnum() for line in LOCK.read_text(encoding="utf-8").splitlines())
    if install(["--require-hashes", "-r", str(LOCK)], total):
        return stop(
            "The packages of requirements.lock could not be installed; pip's last words "
            "stand above. Is a package index within reach?"
        )
    if install(["--no-deps", "--no-build-isolation", "-e", str(ROOT)], 1):
        return stop("mlplib itself could not be installed; pip's last words stand above.")
    STAMP.write_bytes(LOCK.read_bytes())
    print(f".venv is ready: {total} packages, mlplib itself linked to this folder.", flush=True)
    return 0


def is_current() -> bool:
    """Whether `.venv` was made, whole, from the lock as it is now and still runs."""
    if not (PYTHON.exists() and STAMP.exists() and STAMP.read_bytes() == LOCK.read_bytes()):
        return False
    return subprocess.run([str(PYTHON), "-c", "import mlplib"], capture_output=True).returncode == 0


def install(arguments: list[str], total: int) -> int:
    """Run pip, telling how far it is; its last words are shown only where it fails."""
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    said, fetched = [], 0
    for line in process.stdout:
        said.append(line)
        if line.startswith(("Collecting", "Processing")):
            fetched += 1
            if fetched % 10 == 0 or fetched == total:
                print(f"  {fetched} of {total} packages fetched", flush=True)
        elif line.startswith("Installing collected"):
            print("  unpacking them …", flush=True)
    if process.wait():
        print("".join(said[-15:]), flush=True)
    return process.returncode


def stop(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
