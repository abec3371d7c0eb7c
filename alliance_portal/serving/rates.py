"""How often a person, or a stranger's client, may ask: for anything, and for each kind of what costs.

``CALL_RATES`` gives each kind its rate, such as ``600/m``; a kind without one is not counted. Calls count in
windows of that length, all kinds of a request in one round trip to Valkey, and while that is out of reach
in each process by itself.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from allauth.core.internal.ratelimit import parse_rate
from django.conf import settings
from django.core.cache import cache

from alliance_portal.serving.exchange import is_exchange

READING_METHODS = frozenset({"GET", "HEAD"})


class CallKind(StrEnum):
    """What is counted. Strangers are counted by their client, whatever they ask for."""

    STRANGERS = "strangers"
    PEOPLE = "people"
    SEARCHES = "searches"
    FILES = "files"
    LISTS = "lists"
    UPLOADS = "uploads"
    REPORTS = "reports"
    MAILS = "mails"


FILES = frozenset(
    {
        "measures:history_export",
        "measures:import_own_workbook",
        "measures:submission_own_workbook",
        "measures:import_file",
        "measures:import_marked",
        "measures:import_report",
        "measures:submission_attachment",
        "measures:resolution_csv",
        "measures:review_missing_csv",
        "measures:review_missing_xlsx",
        "reporting:attainment_csv",
        "reporting:attainment_svg",
        "reporting:document",
        "reporting:preview_document",
        "partners:list_transfer_file",
        "public:catalogue",
        "public:data_csv",
        "public:document",
        "public:feed",
        "public:keys",
        "public:manifest",
        "public:signature",
        "mfa_download_recovery_codes",
        "robots",
        "sitemap",
    }
)

WRITING = {
    "measures:import_list": CallKind.UPLOADS,
    "measures:import_resume": CallKind.UPLOADS,
    "measures:submission_discussion": CallKind.UPLOADS,
    "reporting:report_request": CallKind.REPORTS,
    "reporting:report_correct": CallKind.REPORTS,
    "reporting:report_verify": CallKind.REPORTS,
    "reporting:document_repeat": CallKind.REPORTS,
    "measures:hand_over": CallKind.MAILS,
    "partners:invitation_create": CallKind.MAILS,
    "partners:factor_reset_request": CallKind.MAILS,
    "partners:factor_reset_confirm": CallKind.MAILS,
}


@dataclass(frozen=True)
class Excess:
    """A rate that is used up, for how long, and whether this is the first call too many."""

    kind: CallKind
    seconds: int
    is_first: bool


def kinds_of_call(view: str, *, method: str, searches: bool, as_file: bool = False) -> list[CallKind]:
    """What a call of somebody who is signed in counts as. ``as_file``: the view was asked for a file."""
    kinds = [CallKind.PEOPLE]
    if method not in READING_METHODS:
        kinds += [WRITING[view]] if view in WRITING else []
    elif as_file or view in FILES:
        kinds.append(CallKind.FILES)
    elif searches:
        kinds.append(CallKind.SEARCHES)
    if is_exchange(view):
        kinds.append(CallKind.LISTS)
    return kinds


def exceeded(who: str, kinds: Iterable[CallKind]) -> Excess | None:
    """Count the call; the rate it goes beyond, the one with the longest wait if there are several."""
    now = int(time.time())
    limits = [
        (kind, parse_rate(settings.CALL_RATES[kind])) for kind in kinds if settings.CALL_RATES.get(kind)
    ]
    lengths = [max(1, int(rate.duration)) for _kind, rate in limits]
    keys = {
        f"calls:{kind}:{who}:{now // seconds}": seconds
        for (kind, _rate), seconds in zip(limits, lengths, strict=True)
    }
    if not keys:
        return None
    counts = cache.count(keys)  # type: ignore[attr-defined]  # of the portal's own cache
    found = [
        Excess(kind, seconds - now % seconds, is_first=count == rate.amount + 1)
        for (kind, rate), seconds, count in zip(limits, lengths, counts, strict=True)
        if count > rate.amount
    ]
    return max(found, key=lambda excess: excess.seconds, default=None)
