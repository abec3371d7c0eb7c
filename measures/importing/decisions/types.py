"""What a kind of evidence consists of, and the words that decisions are shown with."""

from __future__ import annotations

from dataclasses import dataclass

from measures.importing.problems.types import gettext_noop


@dataclass(frozen=True, slots=True)
class EvidenceType:
    """A reason to read something as it was read; the message's placeholders are its parameters."""

    code: str
    message: str
    parameters: tuple[str, ...] = ()


WORDS: dict[str, str] = {
    # what rows are taken for
    "title": gettext_noop("title"),
    "header": gettext_noop("heading"),
    "section": gettext_noop("heading between rows"),
    "data": gettext_noop("data"),
    "total": gettext_noop("total"),
    "note": gettext_noop("note"),
    "ignored": gettext_noop("not read"),
    # what areas are taken for
    "table": gettext_noop("table"),
    # what columns and words are taken for
    "organisation": gettext_noop("organisation"),
    "region": gettext_noop("Land"),
    "indicator": gettext_noop("indicator"),
    "year": gettext_noop("year"),
    "target_group": gettext_noop("target group"),
    "occupation": gettext_noop("occupation"),
    "occupation_label": gettext_noop("name of the occupation"),
    "value": gettext_noop("values"),
    "ignore": gettext_noop("not read"),
    "key": gettext_noop("the file’s own key"),
    "quality": gettext_noop("quality"),
    "as_of": gettext_noop("date of the data"),
    "factor": gettext_noop("factor"),
    "period": gettext_noop("period"),
    "status": gettext_noop("quality"),
    "silent": gettext_noop("says nothing about the values"),
    "asked": gettext_noop("asked about"),
    # how rows and columns are computed
    "sum": gettext_noop("sum"),
    "difference": gettext_noop("difference"),
    "product": gettext_noop("arithmetic product"),
    "share": gettext_noop("share"),
    "change": gettext_noop("relative change"),
    "mean": gettext_noop("mean"),
    "median": gettext_noop("median"),
    "count": gettext_noop("number of rows"),
    "running": gettext_noop("running total"),
    # what single cells look like
    "entity": gettext_noop("name of a chamber, Land or occupation"),
    "group": gettext_noop("target group"),
    "word": gettext_noop("word of a heading"),
    "text": gettext_noop("text"),
    "number": gettext_noop("number"),
    "marker": gettext_noop("sign"),
}
"""Codes that stand in parameters and in what something was taken for, in words."""

TRANSLATED = ("kind", "kinds")
"""Parameters whose value is a code of ``WORDS``, or several with commas between."""


def in_words(codes: str) -> str:
    """Codes of ``WORDS`` in the language now active; what is no such code stays as it is."""
    from django.utils.translation import gettext  # noqa: PLC0415  # the reading process never renders: half its start

    return ", ".join(gettext(WORDS[code]) if code in WORDS else code for code in codes.split(", "))
