"""Whether a report keeps the secrets of individuals, and what stands in the way of its release if not."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.aggregates.released import released_hashes, released_snapshots
from reporting.disclosure.audit import Leak, audit_edition
from reporting.models import DisclosureAudit, Snapshot
from reporting.renderers import wording

_NAMED = 5


def audit_snapshot(snapshot: Snapshot) -> DisclosureAudit:
    """Attack what all editions of the snapshot print, together with what has been released before.

    Not stored yet: this takes too long for a page, and what was found holds until something else is released.
    """
    earlier = released_snapshots(since=_since(snapshot), beside=snapshot.sha256)
    findings = audit_edition(snapshot.frozen, tuple(earlier.values()))
    return DisclosureAudit(
        snapshot=snapshot,
        earlier=list(earlier),
        software_version=settings.SOFTWARE_VERSION,
        findings=list(dict.fromkeys((each.leak.value, each.indicator, each.year) for each in findings)),
    )


def valid_audit(snapshot: Snapshot) -> DisclosureAudit | None:
    """The stored one, if it was made together with all that is released by now, by this program."""
    stored = DisclosureAudit.objects.filter(snapshot=snapshot).first()
    if stored is None or stored.software_version != settings.SOFTWARE_VERSION:
        return None
    released = released_hashes(since=_since(snapshot), beside=snapshot.sha256)
    return stored if stored.earlier == released else None


def _since(snapshot: Snapshot) -> int:
    """The first year that the snapshot has figures of: releases before it say nothing of them."""
    data = snapshot.frozen
    return min((figure.year for each in data.indicators for figure in each.years), default=data.year)


def in_words(snapshot: Snapshot, audit: DisclosureAudit) -> str:
    """What the audit found, without the numbers themselves; empty where it found nothing."""
    if not audit.findings:
        return ""
    if any(leak == Leak.NOT_PROTECTED for leak, _indicator, _year in audit.findings):
        return _(
            "The data of this report were frozen before small numbers were withheld as they are now. Please "
            "request the report again."
        )
    names = {each.code: each.name.in_language(wording.language()) for each in snapshot.frozen.indicators}
    places = list(dict.fromkeys(f"{names[indicator]} {year}" for _leak, indicator, year in audit.findings))
    return _(
        "The audit of the report could work out small numbers of persons from what it prints together with "
        "earlier reports: %(places)s. Please request the report again; if that changes nothing, ask those "
        "who run the portal."
    ) % {"places": listed(places)}


def listed(texts: Sequence[str]) -> str:
    """Places that something is wrong with: a few by name, of the others how many there are."""
    named = "; ".join(texts[:_NAMED])
    more = len(texts) - _NAMED
    if more > 0:
        named += " " + ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}
    return named
