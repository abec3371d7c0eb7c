"""The account of a file's cells: how many became figures, were held, only name others, or were not read."""

from collections import Counter
from typing import Any

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
    reasons.NO_FIGURE: gettext_noop("sums or marks that are no figures"),
}


def account_of_run(run: ImportRun) -> dict[str, Any] | None:
    """The counts of all tables that are read; None where there is no such table."""
    accounts = [table["account"] for table in run.tables if table.get("account")]
    if not accounts:
        return None
    counts: dict[str, Any] = {name: sum(account[name] for account in accounts) for name in _COUNTS}
    not_read: Counter[str] = Counter()
    for account in accounts:
        not_read.update(account["not_read"])
    return counts | {"not_read": dict(not_read)}


def account_in_words(run: ImportRun) -> str:
    """``1.204 cells: 1.180 values, 12 with errors, …``; empty where nothing was read."""
    account = account_of_run(run)
    if account is None:
        return ""
    why = ", ".join(f"{count} {_(REASONS[reason])}" for reason, count in account["not_read"].items())
    counts = account | {"not_read": sum(account["not_read"].values())}
    sentence = _(
        "%(cells)s cells in the tables: %(figures)s values, %(held)s with errors, %(totals)s sums, "
        "%(labels)s labels, %(headings)s headings, %(not_read)s not read"
    )
    return (sentence % counts) + (f" ({why})." if why else ".")
