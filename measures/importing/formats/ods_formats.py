"""Number formats of OpenDocument sheets, as the codes in which Excel writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_NUMBERS = tuple(f"{_NUMBER}{kind}" for kind in ("number", "scientific-number", "fraction"))
_TEXTS = tuple(f"{_NUMBER}{kind}" for kind in ("text", "currency-symbol"))
_CONDITION = re.compile(r"\s*value\(\)\s*(<=|>=|!=|<|>|=)\s*(-?\d+(?:\.\d+)?)\s*")
_THOUSAND = 1_000


def section_of(style: Element) -> str:
    """What a style shows of a number, as one section of a code: digits and the texts around them."""
    code = ""
    for part in style:
        if part.tag in _NUMBERS:
            code += _digits(part)
        elif part.tag in _TEXTS and part.text:
            code += _quoted(part.text)
        elif part.tag == f"{_NUMBER}text-content":
            code += "@"
    return code


def code_of(style: Element, sections: Mapping[str, str]) -> str:
    """The whole code: first what holds under a condition, by the style it names, then everything else.

    ``sections``: those of the styles met before, by name.
    """
    found = []
    for applied in style.iterfind(f"{_STYLE}map"):
        condition = _CONDITION.fullmatch(applied.get(f"{_STYLE}condition", ""))
        name = applied.get(f"{_STYLE}apply-style-name", "")
        if condition and name in sections:
            operator = "<>" if condition[1] == "!=" else condition[1]
            found.append(f"[{operator}{condition[2]}]{sections[name]}")
    return ";".join([*found, section_of(style)])


def _digits(number: Element) -> str:
    decimals = number.get(f"{_NUMBER}decimal-places", "0")
    code = "0." + "0" * int(decimals) if decimals.isdecimal() and int(decimals) else "0"
    factor = float(number.get(f"{_NUMBER}display-factor", "1"))
    while factor >= _THOUSAND:
        code, factor = f"{code},", factor / _THOUSAND
    return code


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '"\\""') + '"'
