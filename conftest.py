"""Settings that hold for notebooks as well as for tests: pytest reads them from the root."""

import os

from hypothesis import settings

from book.kernels import VARIABLES

os.environ.update(VARIABLES)  # outputs are then as in the built pages

# No deadlines: a busy machine is not a wrong formula. CI draws the same examples every time, so
# that it fails for what was changed; on a desk each run draws new ones and may find something.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "desk")


def pytest_collectstart(collector):
    """Compare the text of a notebook's outputs; its pictures are looked at in the browser tests."""
    if collector.__class__.__name__ == "IPyNbFile":
        collector.skip_compare += ("text/html",)
