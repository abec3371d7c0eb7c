"""``docs/benchmarks.md``: one section per measurement, replaced by each run."""

import re
from collections.abc import Sequence
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Ratios within one run bind; times depend on the machine. `make bench` writes this page.
"""


def keep(name: str, lines: Sequence[str]) -> None:
    page = PAGE.read_text() if PAGE.exists() else HEAD
    section = "\n".join([f"<!-- {name} -->", *lines, f"<!-- /{name} -->"])
    pattern = re.compile(rf"<!-- {name} -->.*?<!-- /{name} -->", re.DOTALL)
    page, replaced = pattern.subn(lambda _: section, page)
    PAGE.write_text(page if replaced else f"{page.rstrip()}\n\n{section}\n")
