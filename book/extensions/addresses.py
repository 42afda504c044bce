"""The address of a style or script changes with its content, so that no browser keeps an old one.

Sphinx writes a hash into the address when it writes the page. What comes later (the icons that the
pages turn out to use, styles without their unused rules) or at another time is not in it; here each
address gets the hash of the file as it lies in the finished site.
"""

import re
import zlib
from functools import cache
from pathlib import Path

from sphinx.application import Sphinx

ADDRESS = re.compile(
    r'\b(?P<name>href|src)="(?P<path>(?:\.\./)*_static/[^"?]+\.(?:css|js))(?:\?v=\w*)?"'
)


def hash_addresses(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    site = Path(app.outdir)

    @cache
    def checksum(file: Path) -> str:
        return f"?v={zlib.crc32(file.read_bytes()):08x}" if file.exists() else ""

    for page in site.rglob("*.html"):
        if site / "_static" in page.parents:
            continue

        def addressed(found: re.Match[str], folder: Path = page.parent) -> str:
            file = (folder / found["path"]).resolve()
            return f'{found["name"]}="{found["path"]}{checksum(file)}"'

        text = page.read_text(encoding="utf-8")
        if (hashed := ADDRESS.sub(addressed, text)) != text:
            page.write_text(hashed, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("build-finished", hash_addresses, priority=700)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
