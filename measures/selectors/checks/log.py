"""The change log of a check: who changed what, when and why, and where it is waived. The newest first."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from measures.checks import read_parameters
from measures.enums import CheckStatus, Severity
from measures.models import CheckWaiver, PlausibilityCheck, PlausibilityCheckVersion
from measures.selectors.checks.described import settings_of, validity
from partners.models import User


@dataclass(frozen=True)
class CheckLogLine:
    """``person`` is empty where it was the system: the catalogue's checks."""

    at: dt.datetime
    person: str
    title: str
    changes: Sequence[str]
    reason: str


def check_log(
    check: PlausibilityCheck, waivers: Sequence[CheckWaiver], names: Mapping[str, str]
) -> list[CheckLogLine]:
    """Two queries: the versions, and the people in them."""
    versions = list(
        PlausibilityCheckVersion.objects.filter(pgh_obj=check)
        .select_related("pgh_context")
        .order_by("pgh_id")
    )
    people = {user.pk: str(user) for user in User.objects.filter(pk__in=[_person(each) for each in versions])}
    lines = [
        _line(before, version, people, names) for before, version in pairwise([None, *versions]) if version
    ]
    for waiver in waivers:
        lines += _of_waiver(waiver)
    lines.reverse()
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _context(version: PlausibilityCheckVersion) -> Mapping[str, Any]:
    return version.pgh_context.metadata if version.pgh_context else {}


def _person(version: PlausibilityCheckVersion) -> int:
    return int(_context(version).get("user") or 0)


def _line(
    before: PlausibilityCheckVersion | None,
    version: PlausibilityCheckVersion,
    people: Mapping[int, str],
    names: Mapping[str, str],
) -> CheckLogLine:
    now = _facts(version, names)
    then = _facts(before, names) if before else {}
    changes = [
        _("%(what)s: %(before)s → %(after)s") % {"what": label, "before": then.get(label, "–"), "after": text}
        for label, text in now.items()
        if before and then.get(label) != text
    ]
    return CheckLogLine(
        at=version.pgh_created_at,
        person=people.get(_person(version), ""),
        title=_title(before, version),
        changes=changes,
        reason=str(_context(version).get("reason") or ""),
    )


def _title(before: PlausibilityCheckVersion | None, version: PlausibilityCheckVersion) -> str:
    if before is None:
        return _("Added")
    if before.status != version.status:
        return _("Activated") if version.status == CheckStatus.ACTIVE else _("Ended")
    return _("Changed")


def _facts(version: PlausibilityCheckVersion, names: Mapping[str, str]) -> dict[str, str]:
    settings = settings_of(read_parameters(version.kind, version.parameters), names)
    return {
        _("Severity"): str(Severity(version.severity).label),
        _("Text (German)"): version.text_de,
        _("Text (English)"): version.text_en,
        _("Counts"): validity(version.valid_from, version.valid_until),
        **{setting.label: setting.value for setting in settings},
    }


def _of_waiver(waiver: CheckWaiver) -> list[CheckLogLine]:
    facts = [waiver_scope(waiver)]
    lines = [CheckLogLine(waiver.given_at, str(waiver.given_by), _("Waiver given"), facts, waiver.reason)]
    if waiver.ended_at:
        lines.append(
            CheckLogLine(waiver.ended_at, str(waiver.ended_by), _("Waiver ended"), facts, waiver.end_reason)
        )
    return lines


def waiver_scope(waiver: CheckWaiver) -> str:
    """For whom, of what and for which years."""
    parts = (
        waiver.organisation.short_name if waiver.organisation else _("all organisations"),
        waiver.indicator.name if waiver.indicator else "",
        validity(waiver.first_year, waiver.last_year),
    )
    return ", ".join(part for part in parts if part)
