"""The report as a page: the same composition as the PDF, in the reader's browser or as one file."""

from pathlib import Path

from django.template.loader import render_to_string

from reporting.frozen.links import TrailUrl
from reporting.frozen.schema import SnapshotData
from reporting.renderers.composition import compose

STYLESHEET = Path(__file__).resolve().parent.parent.parent / "static" / "portal" / "report.css"


def render_html(
    snapshot: SnapshotData, language: str, *, sha256: str, trail_url: TrailUrl | None = None
) -> bytes:
    """Render one complete page that needs no other file. The same snapshot gives the same bytes."""
    context = {
        "report": compose(snapshot, language, sha256=sha256, trail_url=trail_url),
        "styles": STYLESHEET.read_text("utf-8"),
    }
    return render_to_string("reporting/standalone.html", context).encode()
