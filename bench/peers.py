"""The peers, each imported if it is there. A missing one is named and skipped."""

import importlib
from types import ModuleType

NAMES = {
    "torch": "torch",
    "scikit-learn": "sklearn.neural_network",
    "autograd": "autograd",
    "SciPy": "scipy.special",
}


def find(name: str) -> ModuleType | None:
    """Return the module of a peer, or None if it is not installed."""
    try:
        return importlib.import_module(NAMES[name])
    except ImportError:
        return None


def missing() -> list[str]:
    """Return the names of the peers that are not installed."""
    return [name for name in NAMES if find(name) is None]
