"""The account of a file's cells: how many became figures, were held, only name others, or were not read."""

from collections import Counter
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from measures.importing.reading import account as reasons
from measures.models import ImportRun

_COUNTS = ("cells", "figures", "held", "totals", "labels", "headings")
REASONS = {
    reasons.QUESTION_OPEN: gettext_noop("a question is open about them"),
    reasons.COLUMN_NOT_READ: gettext_noop("columns that are not recorded"),
    reasons.REPEATED: gettext_noop("given before with the same value"),
    reasons.ROW_NOT_READ: gettext_noop("rows without figures"),
    reasons.BEYOND_ROWS: gettext_noop("beyond the cells of the rows around"),
    reasons.NO_FIGURE: gettext_noop("sums or marks that are no figures"),
}
PLACES_SHOWN = 20


def account_of_run(run: ImportRun) -> dict[str, Any] | None:
    """The counts of all tables that are read; None where there is no such table."""
    tables = [table for table in run.tables if table.get("account")]
    if not tables:
        return None
    accounts = [table["account"] for table in tables]
    counts: dict[str, Any] = {name: sum(account[name] for account in accounts) for name in _COUNTS}
    not_read: Counter[str] = Counter()
    for account in accounts:
        not_read.update(account["not_read"])
    places = [
        {"sheet": table["sheet"], "cells": cells, "reason": reason}
        for table in tables
        for reason, ranges in table["account"].get("not_read_at", {}).items()
        for cells in ranges
    ]
    return counts | {"not_read": dict(not_read), "not_read_at": places}


def shown_account(run: ImportRun) -> dict[str, Any] | None:
    """The account for the page: its sentence, and the first places that were not read."""
    account = account_of_run(run)
    if account is None:
        return None
    places = account["not_read_at"]
    return {
        "sentence": account_in_words(account),
        "places": [place | {"reason": _(REASONS[place["reason"]])} for place in places[:PLACES_SHOWN]],
        "more_places": max(0, len(places) - PLACES_SHOWN),
    }


def account_in_words(account: dict[str, Any]) -> str:
    """``1.204 cells in the tables: 1.180 values, 12 with errors, …``."""
    not_read = account["not_read"]
    why = ", ".join(f"{_number(count)} {_(REASONS[reason])}" for reason, count in not_read.items())
    counts = {name: _number(account[name]) for name in _COUNTS}
    counts["not_read"] = _number(sum(not_read.values()))
    sentence = _(
        "%(cells)s cells in the tables: %(figures)s values, %(held)s with errors, %(totals)s sums, "
        "%(labels)s labels, %(headings)s headings, %(not_read)s not read"
    )
    return (sentence % counts) + (f" ({why})." if why else ".")


def _number(count: int) -> str:
    return str(number_format(count, use_l10n=True, force_grouping=True))
