"""``docs/benchmarks.md``: one section per measurement, replaced by each run."""

import os
import platform
import re
from collections.abc import Sequence
from pathlib import Path

from django.db import connection
from django.utils import timezone

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Ratios within one run bind; times depend on the machine. `make bench` writes this page.
"""

SMALL = "Small sizes: every part works, and no bar is proved or missed."


def keep(name: str, lines: Sequence[str]) -> None:
    page = PAGE.read_text() if PAGE.exists() else HEAD
    section = "\n".join([f"<!-- {name} -->", *lines, f"<!-- /{name} -->"])
    pattern = re.compile(rf"<!-- {name} -->.*?<!-- /{name} -->", re.DOTALL)
    page, replaced = pattern.subn(lambda _: section, page)
    PAGE.write_text(page if replaced else f"{page.rstrip()}\n\n{section}\n")


def machine(others: float | None = None) -> str:
    """When and where it was measured; ``others``: how many other processes were at work before it."""
    beside = "" if others is None else f", {others:.1f} other processes at work before it"
    return (
        f"{timezone.localdate():%Y-%m-%d}, Python {platform.python_version()}, "
        f"PostgreSQL {connection.pg_version // 10000}, {os.cpu_count()} cores{beside}."  # type: ignore[attr-defined]  # PostgreSQL has one
    )
