"""The history as a table for spreadsheet programs, in the words of the portal."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from measures.renderers.tables import harmless

BYTE_ORDER_MARK = "\ufeff"
ROWS_AT_ONCE = 500


def history_csv(entries: Iterable[Any], language: str, last_row: Callable[[], str] = str) -> Iterator[bytes]:
    """In pieces, each made in the language asked for; semicolons part the cells where commas are decimal.

    ``last_row``: what the reader has to know of the rows above it, asked for when they are written.
    """
    rows = iter(entries)
    is_first = True
    while True:
        with translation.override(language):
            text = io.StringIO()
            writer = csv.writer(text, delimiter=";" if language.startswith("de") else ",")
            if is_first:
                text.write(BYTE_ORDER_MARK)
                writer.writerow(_head())
            count = 0
            for entry in rows:
                writer.writerow(_row(entry))
                count += 1
                if count == ROWS_AT_ONCE:
                    break
            is_last = count < ROWS_AT_ONCE
            if is_last and (words := last_row()):
                writer.writerow([harmless(words)])
        if text.tell():
            yield text.getvalue().encode()
        is_first = False
        if is_last:
            return


def _head() -> list[str]:
    return [
        _("Time"),
        _("Kind"),
        _("Event"),
        _("Person"),
        _("Person concerned"),
        _("Organisation"),
        _("Year"),
        _("Indicator"),
        _("Cell"),
        _("Old value"),
        _("New value"),
        _("Remark"),
        _("Where from"),
        _("Reason"),
        _("Request"),
    ]


def _row(entry: Any) -> list[str]:
    return [
        _moment(entry.at),
        harmless(entry.kind.label),
        harmless(entry.what),
        harmless(entry.by or (f"({entry.by_number})" if entry.by_number else "")),
        harmless(entry.about or (f"({entry.about_number})" if entry.about_number else "")),
        harmless(entry.organisation),
        str(entry.year or ""),
        harmless(entry.indicator),
        harmless(entry.cell),
        _stated(entry.old),
        _stated(entry.new),
        harmless("; ".join(filter(None, [entry.title, entry.remark]))),
        harmless(entry.where_from),
        harmless(entry.reason),
        harmless(entry.request_id),
    ]


def _moment(at: dt.datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S")


def _stated(stated: Any) -> str:
    """A number as the language writes it, without signs between thousands; else why there is none."""
    if stated is None:
        return ""
    if stated.value is None:
        return harmless(stated.label)
    return f"{stated.value.normalize():f}".replace(".", str(get_format("DECIMAL_SEPARATOR")))
