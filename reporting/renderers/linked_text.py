"""Sentences whose numbers lead to their origin.

A sentence is one string until it stands in its block, so that grammar and translations see words: a number
with its address stands between three characters for private use, which texts are printed without.
"""

import re
from collections.abc import Iterator, Sequence

from reporting.frozen.contents import Span
from reporting.renderers.blocks import ListBlock, ParagraphBlock

_BEGIN, _BETWEEN, _END = "\ue000", "\ue001", "\ue002"
_LINKED = re.compile(f"{_BEGIN}([^{_BETWEEN}]*){_BETWEEN}([^{_END}]*){_END}")


def linked(text: str, url: str) -> str:
    return f"{_BEGIN}{url}{_BETWEEN}{text}{_END}" if text and url else text


def without_links(text: str) -> str:
    return _LINKED.sub(r"\2", text)


def paragraph(text: str, *, is_quiet: bool = False) -> ParagraphBlock:
    [spans] = spans_of([text]) or [()]
    return ParagraphBlock(text=without_links(text), spans=spans, is_quiet=is_quiet)


def bullets(texts: Sequence[str]) -> ListBlock:
    return ListBlock(items=tuple(map(without_links, texts)), spans=spans_of(texts))


def spans_of(texts: Sequence[str]) -> tuple[tuple[Span, ...], ...]:
    """Each text in runs, with and without a link; nothing where no text has one."""
    found = tuple(tuple(_runs(text)) for text in texts)
    return found if any(span.url for spans in found for span in spans) else ()


def _runs(text: str) -> Iterator[Span]:
    place = 0
    for match in _LINKED.finditer(text):
        if match.start() > place:
            yield Span(text=text[place : match.start()])
        url, words = match.groups()
        yield Span(text=words, url=url)
        place = match.end()
    if place < len(text) or not text:
        yield Span(text=text[place:])
