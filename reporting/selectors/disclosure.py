"""Whether a report keeps the secrets of individuals, and what stands in the way of its release if not."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.aggregates.released import released_snapshots
from reporting.disclosure.audit import Leak, LeakFinding, audit_edition
from reporting.models import Snapshot
from reporting.renderers import wording

_NAMED = 5
"""So many places are named; of the others it is said how many there are."""


def audit_snapshot(snapshot: Snapshot) -> list[LeakFinding]:
    """Attack what all editions of the snapshot print, together with what has been released before."""
    data = snapshot.frozen
    since = min((figure.year for each in data.indicators for figure in each.years), default=data.year)
    earlier = released_snapshots(since=since, beside=snapshot.sha256)
    return audit_edition(data, tuple(earlier.values()))


def in_words(snapshot: Snapshot, findings: Sequence[LeakFinding]) -> str:
    """What the audit found, without the numbers themselves; empty where it found nothing."""
    if not findings:
        return ""
    if any(finding.leak is Leak.NOT_PROTECTED for finding in findings):
        return _(
            "The data of this report were frozen before small numbers were withheld. Please request the "
            "report again."
        )
    names = {each.code: each.name.in_language(wording.language()) for each in snapshot.frozen.indicators}
    places = list(dict.fromkeys(f"{names[each.indicator]} {each.year}" for each in findings))
    named = "; ".join(places[:_NAMED])
    more = len(places) - _NAMED
    if more > 0:
        named += " " + ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}
    return _(
        "The audit of the report could work out small numbers of persons from what it prints together with "
        "earlier reports: %(places)s. Please request the report again; if that changes nothing, ask those "
        "who run the portal."
    ) % {"places": named}
