"""Reports as their stored documents have them: faster than rendering them, and than drawing their charts."""

import hashlib
import re
from functools import lru_cache

from django.core.files.storage import default_storage

from reporting.charts.chart import Chart
from reporting.charts.drawing import Draw, inline_svg
from reporting.enums import DocumentFormat
from reporting.models import ProgressReport

_BEGINNING, _END = '<article class="report"', "</article>"
"""Of the report inside its document, in every version."""
_DRAWING = re.compile(r'<svg [^>]*aria-labelledby="(\S+)-title [^>]*>(?:(?!<svg).)*?</svg>', re.DOTALL)


def stored_page(report: ProgressReport, language: str) -> str:
    """The whole report as HTML inside a page, in this language; empty where there is no such document."""
    pages = (each for each in report.documents.all() if each.format == DocumentFormat.HTML)
    page = next((each for each in pages if each.language == language), None)
    return stored_body(page.file.name, page.sha256) if page else ""


@lru_cache(maxsize=64)  # a release day: the Alliance, Länder and umbrellas, each in two languages
def stored_body(name: str, sha256: str) -> str:
    """The report out of its document; empty unless that is as it was made."""
    try:
        with default_storage.open(name) as file:
            content = file.read()
    except OSError:
        return ""
    if hashlib.sha256(content).hexdigest() != sha256:
        return ""
    _before, beginning, rest = content.decode().partition(_BEGINNING)
    body, end, _after = rest.rpartition(_END)
    return f"{beginning}{body}{end}"


def drawn_as_stored(report: ProgressReport, language: str) -> Draw:
    """Takes the drawings out of the report's document, so that the engine for charts need not start."""
    stored = {found[1]: found[0] for found in _DRAWING.finditer(stored_page(report, language))}

    def draw(chart: Chart, *, identifier: str) -> str:
        return stored.get(identifier) or inline_svg(chart, identifier=identifier)

    return draw
