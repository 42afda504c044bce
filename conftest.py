"""Settings that hold for notebooks as well as for tests: pytest reads them from the root."""

import os

# Explorers show their still face, as in the built pages, so that outputs are the same everywhere.
os.environ["MLPLIB_STATIC"] = "1"


def pytest_collectstart(collector):
    """Compare the text of a notebook's outputs; its pictures are looked at in the browser tests."""
    if collector.__class__.__name__ == "IPyNbFile":
        collector.skip_compare += ("text/html",)
