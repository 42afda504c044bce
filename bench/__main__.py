"""Measure everything, or what has a word in its name: ``python -m bench [word ...]``.

Every file of this folder with a function ``cases(dtype)`` takes part.
"""

import contextlib
import importlib
import os
import pkgutil
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

import bench
from bench.harness import Verdict, measure
from bench.peers import find, missing

PACKAGES = ("numpy", "scipy", "torch", "scikit-learn", "autograd", "threadpoolctl")


def main() -> None:
    """Print the machine, then one line for each case."""
    words = sys.argv[1:]
    print(machine())
    found: list[Verdict] = []
    for threads in (1, 2):
        with limited(threads) as limits:
            print(f"\n{threads} thread{'s' * (threads > 1)}: {limits}")
            for dtype in ("float32", "float64"):
                for case in all_cases(dtype):
                    if all(word in case.name for word in words):
                        print(figures := measure(case), flush=True)
                        if threads == 1:  # what the budgets are for
                            found += (verdicts := figures.verdicts())
                            for one in verdicts:
                                if one.met is not None:
                                    print(f"    {one}")
    print(summary(found))
    print(f"\nload of the machine at the end: {os.getloadavg()[0]:.1f}")


def all_cases(dtype: str) -> Iterator[Any]:
    """Yield the cases of every file of this folder."""
    for module in pkgutil.iter_modules(bench.__path__):
        if module.name != "__main__":
            family = importlib.import_module(f"bench.{module.name}")
            if hasattr(family, "cases"):
                yield from family.cases(dtype)


def summary(verdicts: list[Verdict]) -> str:
    """Return how many budgets are met, and which are not."""
    measured = [one for one in verdicts if one.met is not None]
    failed = [f"  {one.case}: {one}" for one in measured if not one.met]
    head = (
        f"\n{len(measured) - len(failed)} of {len(measured)} budgets are met; "
        f"{len(verdicts) - len(measured)} more are beside peers that are not installed."
        f"{' Not met:' if failed else ''}"
    )
    return "\n".join([head, *failed])


def machine() -> str:
    """Return the processor, the versions, and which peers are missing."""
    model = platform.processor()
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    lines = [
        f"{model}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; "
        f"Python {platform.python_version()}",
        ", ".join(f"{name} {installed(name)}" for name in PACKAGES),
        "Times are medians of interleaved rounds; in brackets, time / time of mlplib, as the "
        "median over the rounds, on the clock and of the processor's time; ~ where it scatters too "
        "much to be a measurement. Budgets hold for one thread and are judged by the best rounds "
        "of the processor's time; ✗ marks what fails, with other contenders in the same unit.",
    ]
    if missing():
        lines.append(f"not installed, so skipped: {', '.join(missing())}")
    return "\n".join(lines)


def installed(package: str) -> str:
    """Return the version of a package, or a dash."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "–"


@contextlib.contextmanager
def limited(threads: int) -> Iterator[str]:
    """Limit BLAS and PyTorch to some threads, and say which BLAS kernel is at work."""
    torch = find("torch")
    if torch is not None:
        torch.set_num_threads(threads)
    try:
        threadpoolctl = importlib.import_module("threadpoolctl")
    except ImportError:
        yield "BLAS as it is (threadpoolctl is not installed)"
        return
    np.ones((2, 2)) @ np.ones((2, 2))  # loads the library, so that it can be asked
    with threadpoolctl.threadpool_limits(threads):
        kernels = (
            f"{Path(pool['filepath']).parent.name} {pool['internal_api']} {pool['version']} "
            f"{pool.get('architecture', '')}".strip()
            for pool in threadpoolctl.threadpool_info()
            if pool["user_api"] == "blas"
        )
        yield ", ".join(kernels)


if __name__ == "__main__":
    main()
