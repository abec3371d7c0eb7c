"""The server's drawing of a chart: for documents, downloads, and pages without JavaScript."""

import json
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol
from xml.etree import ElementTree as ET

import vl_convert

from reporting.charts.chart import UNDER_THE_POINTER, Chart, Specification
from reporting.charts.layout import FONT

FONT_DIRECTORY = Path(__file__).parent.parent / "renderers" / "fonts"
DRAWN_BY = f"vl-convert {version('vl-convert-python')}"
_SVG = "http://www.w3.org/2000/svg"
_FOR_THE_BROWSER = ("href", "tooltip")
_PIXELS_PER_POINT = 2
"""A PNG is for slides and print."""
_FONTS_OF_A_FILE = f"{FONT}, Arial, sans-serif"
"""A file, and an image on a page without scripts, does not know the fonts of the portal."""


class Draw(Protocol):
    def __call__(self, chart: Chart, *, identifier: str) -> str: ...


def inline_svg(chart: Chart, *, identifier: str) -> str:
    """Draw a chart as an SVG that a strict content security policy lets through.

    No style attributes and no style elements; the width is the container's (class ``portal-chart``); one
    image with a title and a description for those who hear it.
    """
    root = _described(chart, chart.specification, identifier)
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    root.attrib["class"] = "portal-chart"
    return ET.tostring(root, encoding="unicode")


def no_drawing(chart: Chart, *, identifier: str) -> str:
    """For a workbook, which has no pictures."""
    return ""


def svg_file(chart: Chart) -> bytes:
    """Draw a chart as a file of its own, on white: it may be put on any ground."""
    root = _described(chart, {**chart.specification, "background": "white"}, chart.code)
    for element in root.iter(f"{{{_SVG}}}text"):
        element.attrib["font-family"] = _FONTS_OF_A_FILE
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def png_file(chart: Chart) -> bytes:
    _register()
    specification = _still({**chart.specification, "background": "white"})
    return bytes(
        vl_convert.vegalite_to_png(
            json.dumps(specification),
            scale=_PIXELS_PER_POINT,
            allowed_base_urls=[],
            **_locales(specification),
        )
    )


def _described(chart: Chart, specification: Specification, identifier: str) -> ET.Element:
    root = ET.fromstring(_drawn(json.dumps(_still(specification), sort_keys=True)))  # noqa: S314  # our own drawing
    for element in root.iter():
        _make_presentational(element)
    root.attrib |= {"role": "img", "aria-labelledby": f"{identifier}-title {identifier}-text"}
    for position, (tag, part, text) in enumerate(
        (("title", "title", chart.title), ("desc", "text", chart.alternative))
    ):
        element = ET.Element(f"{{{_SVG}}}{tag}", {"id": f"{identifier}-{part}"})
        element.text = text
        root.insert(position, element)
    return root


@cache
def _register() -> None:
    vl_convert.register_font_directory(str(FONT_DIRECTORY))
    ET.register_namespace("", _SVG)


@lru_cache(maxsize=64)
def _drawn(specification: str) -> str:
    """Draw; the same chart is asked for by page after page, and drawing it takes a tenth of a second."""
    _register()
    return str(
        vl_convert.vegalite_to_svg(specification, allowed_base_urls=[], **_locales(json.loads(specification)))
    )


def _locales(specification: Specification) -> dict[str, Any]:
    options = specification.get("usermeta", {}).get("embedOptions", {})
    return {
        "format_locale": options.get("formatLocale"),
        "time_format_locale": options.get("timeFormatLocale"),
    }


def _still(part: Any) -> Any:
    """Leave out what only a browser does: links and what shows under the pointer."""
    if isinstance(part, dict):
        return {
            name: {key: _still(each) for key, each in value.items() if key not in _FOR_THE_BROWSER}
            if name == "encoding"
            else value
            if name == "values"
            else _still(value)
            for name, value in part.items()
        }
    if isinstance(part, list):
        return [_still(each) for each in part if not _is_for_pointers(each)]
    return part


def _is_for_pointers(part: Any) -> bool:
    return isinstance(part, dict) and part.get("name") == UNDER_THE_POINTER


def _make_presentational(element: ET.Element) -> None:
    for name in [name for name in element.attrib if name == "role" or name.startswith("aria-")]:
        del element.attrib[name]
    for declaration in element.attrib.pop("style", "").split(";"):
        name, _, value = declaration.partition(":")
        if value:
            element.attrib[name.strip()] = value.strip()
