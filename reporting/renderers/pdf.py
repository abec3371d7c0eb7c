"""The report as a tagged PDF (PDF/UA-1 and PDF/A-2a), laid out by Typst with fonts of our own."""

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import cast

import msgspec
import typst

from reporting.frozen.schema import SnapshotData
from reporting.renderers.composition import compose

_HERE = Path(__file__).parent
_LAYOUTS = _HERE / "typst"
_MONTHS = (
    "Januar|January|Februar|February|März|March|April|Mai|May|Juni|June|Juli|July|August|September|"
    "Oktober|October|November|Dezember|December"
)
_TOGETHER = re.compile(rf"(?<=\d) (?=(?:{_MONTHS})\b)|(?<=\d\.) (?=(?:{_MONTHS})\b)|(?<=§) (?=\d)")


def render_pdf(snapshot: SnapshotData, language: str, *, sha256: str) -> bytes:
    """Lay out a snapshot; the same one gives the same bytes, wherever and whenever."""
    composed = msgspec.json.encode(compose(snapshot, language, sha256=sha256), order="sorted").decode()
    compiler = typst.Compiler(_LAYOUTS / "document.typ", root=_LAYOUTS, font_paths=_fonts())
    content = compiler.compile(
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        sys_inputs={"report": unbroken(composed)},
        timestamp=snapshot.taken_at.astimezone(dt.UTC),
    )
    return cast("bytes", content)  # one PDF, not the pages of an image format


def unbroken(text: str) -> str:
    """Keep together what no line may end within: the day of a month, the number of a paragraph of a law."""
    return _TOGETHER.sub("\u00a0", text)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_HERE / "fonts"])
