"""The server's drawings of charts, kept by what they show: new data are another drawing."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict

from django.core.cache import cache

from reporting.charts.chart import Chart
from reporting.charts.drawing import DRAWN_BY, png_file, svg_file

SVG_TYPE, PNG_TYPE = "image/svg+xml", "image/png"
_KEPT_FOR = 24 * 60 * 60

FORMATS: dict[str, tuple[str, Callable[[Chart], bytes]]] = {
    "svg": (SVG_TYPE, svg_file),
    "png": (PNG_TYPE, png_file),
}
"""What a chart can be had as: its type, and who draws it."""


def drawing(chart: Chart, wanted: str) -> bytes:
    content = json.dumps([DRAWN_BY, wanted, asdict(chart)], sort_keys=True).encode()
    key = f"drawing-{hashlib.sha256(content).hexdigest()}"
    _type, draw = FORMATS[wanted]
    kept: bytes = cache.get_or_set(key, lambda: draw(chart), _KEPT_FOR) or b""
    return kept
