"""The colours of the figures, light and dark, as `mlplib.viz` gives them: `_static/palette.css`.

They are asked for in a process of its own (it loads matplotlib), once per content of mlplib.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

ASK = "from mlplib.viz.style import palette_css; print(palette_css())"


def write_palette(app: Sphinx) -> None:
    kept = Path(app.outdir).parent / ".palette" / f"{app.config.book_code}.css"
    if not kept.exists():
        answer = subprocess.run(
            [sys.executable, "-c", ASK],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(app.srcdir)},
        )
        if answer.returncode:
            raise ExtensionError(f"mlplib.viz.style gave no palette:\n{answer.stderr}")
        shutil.rmtree(kept.parent, ignore_errors=True)
        kept.parent.mkdir(parents=True)
        kept.write_text(answer.stdout, encoding="utf-8")
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(kept, static / "palette.css")


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_css_file("palette.css")
    app.connect("builder-inited", write_palette)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
