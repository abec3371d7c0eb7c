"""Texts for reports, written in Markdown: the part of it that a report has, as plain data.

Paragraphs, headings of one level, lists, emphasis and links to web pages; all else stays the text it is.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reporting.frozen.contents import Passage, Span
from reporting.frozen.texts import without_private_use

_LISTS = {"bullet_list_open": "bullets", "ordered_list_open": "numbers"}


def passages(text: str) -> tuple[Passage, ...]:
    return tuple(_passages(_parser().parse(without_private_use(text))))


def links_that_lead_nowhere(text: str) -> list[str]:
    """The addresses in a text that are no web pages: they would not be links in a report."""
    return [
        str(token.attrs["href"])
        for inline in _parser().parse(text)
        for token in inline.children or ()
        if token.type == "link_open" and not _is_web_page(str(token.attrs["href"]))
    ]


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("zero").enable(["heading", "list", "emphasis", "link", "escape", "newline"])


def _passages(tokens: Sequence[Token]) -> Iterator[Passage]:
    kind = "paragraph"
    depth = 0
    lines: list[tuple[Span, ...]] = []
    before = ""
    for token in tokens:
        if token.type in _LISTS:
            depth += 1
            if depth == 1:
                kind, lines = _LISTS[token.type], []
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
            if depth == 0:
                yield Passage(kind=kind, lines=tuple(lines))
                kind = "paragraph"
        elif token.type == "inline":
            line = tuple(_spans(token.children or ()))
            if depth:
                lines.append(line)
            elif line:
                yield Passage(kind="heading" if before == "heading_open" else "paragraph", lines=(line,))
        before = token.type


def _spans(tokens: Sequence[Token]) -> Iterator[Span]:
    strong = emphasised = 0
    url = ""
    for token in tokens:
        if token.type == "strong_open":
            strong += 1
        elif token.type == "strong_close":
            strong -= 1
        elif token.type == "em_open":
            emphasised += 1
        elif token.type == "em_close":
            emphasised -= 1
        elif token.type == "link_open":
            address = str(token.attrs["href"])
            url = address if _is_web_page(address) else ""
        elif token.type == "link_close":
            url = ""
        elif token.type in ("softbreak", "hardbreak"):
            yield Span(text=" ")
        elif token.content:
            yield Span(text=token.content, is_strong=strong > 0, is_emphasised=emphasised > 0, url=url)


def _is_web_page(address: str) -> bool:
    return urlsplit(address).scheme in ("http", "https")
