"""What was done to checks, their waivers, and explanations of what they found, as entries of the history."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from measures.enums import TOTAL
from measures.models import (
    CheckWaiver,
    FigureExplanationVersion,
    PlausibilityCheck,
    PlausibilityCheckVersion,
)
from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch
from measures.selectors.history.logs import Log, entries_of_logs, of_context, with_names
from measures.selectors.history.sources import HistorySource
from partners.models import User

WHAT = {
    "insert": gettext_lazy("Check added"),
    "update": gettext_lazy("Check changed"),
    "waived": gettext_lazy("Waiver given"),
    "waiver_ended": gettext_lazy("Waiver ended"),
    "explained": gettext_lazy("Query explained"),
    "accepted": gettext_lazy("Explanation accepted"),
    "refused": gettext_lazy("Explanation refused"),
}
_JUDGED = {True: "accepted", False: "refused", None: "explained"}
# Joined: a version is of an explanation, and nobody deletes these, people, or what an explanation refers to.
_OF_EXPLANATION = (
    "item__indicator",
    "item__submission__organisation",
    "item__submission__round",
    "region",
    "occupation",
    "target_group",
    "explained_by",
    "judged_by",
)


def check_entries(search: HistorySearch) -> list[HistoryEntry]:
    """The newest first, in seven queries at most."""
    return with_names(entries_of_logs(HistoryKind.CHECKS, _logs(), search))


def _logs() -> list[Log]:
    """Who changed a check is in the context of its version, as ``measures/services/checks.py`` notes it."""
    waivers = CheckWaiver.objects.select_related(
        "plausibility_check", "organisation", "indicator", "given_by", "ended_by"
    )
    explanations = FigureExplanationVersion.objects.select_related(*_OF_EXPLANATION)
    texts = {each.code: each.text for each in PlausibilityCheck.objects.all()}

    def explanation_log(person: str, events: Mapping[str, Q], rows: QuerySet[Any]) -> Log:
        return Log(
            rows=rows,
            at="pgh_created_at",
            pk="pgh_id",
            person=person,
            organisation="item__submission__organisation",
            events=events,
            entry=lambda version, place: _of_explanation(version, place, texts),
        )

    return [
        Log.of_versions(PlausibilityCheckVersion.objects.all(), ("insert", "update"), _of_check),
        Log(
            rows=waivers,
            at="given_at",
            pk="pk",
            person="given_by",
            organisation="organisation",
            events={"waived": Q()},
            entry=_of_waiver,
        ),
        Log(
            rows=waivers.exclude(ended_at=None),
            at="ended_at",
            pk="pk",
            person="ended_by",
            organisation="organisation",
            events={"waiver_ended": Q()},
            entry=_of_end,
        ),
        explanation_log("explained_by", {"explained": Q()}, explanations.filter(is_accepted=None)),
        explanation_log(
            "judged_by",
            {"accepted": Q(is_accepted=True), "refused": Q(is_accepted=False)},
            explanations.exclude(is_accepted=None),
        ),
    ]


def _of_check(version: Any, place: int) -> HistoryEntry:
    return HistoryEntry(
        kind=HistoryKind.CHECKS,
        pk=place,
        at=version.pgh_created_at,
        what=WHAT[version.pgh_label],
        title=version.text_en if get_language() == "en" else version.text_de,
        remark=", ".join([str(version.get_severity_display()), str(version.get_status_display())]),
        address=reverse("measures:check_detail", args=[version.code]),
        **of_context(version),
    )


def _of_waiver(waiver: CheckWaiver, place: int) -> HistoryEntry:
    return _waiver(waiver, place, waiver.given_at, "waived", waiver.given_by, waiver.reason)


def _of_end(waiver: Any, place: int) -> HistoryEntry:
    return _waiver(waiver, place, waiver.ended_at, "waiver_ended", waiver.ended_by, waiver.end_reason)


def _waiver(waiver: CheckWaiver, place: int, at: Any, event: str, by: User, reason: str) -> HistoryEntry:  # noqa: PLR0913, PLR0917  # the parts of an entry
    return HistoryEntry(
        kind=HistoryKind.CHECKS,
        pk=place,
        at=at,
        what=WHAT[event],
        by=by,
        title=waiver.plausibility_check.text,
        organisation=waiver.organisation.short_name if waiver.organisation else str(_("all organisations")),
        indicator=waiver.indicator.name if waiver.indicator else "",
        remark=f"{waiver.first_year}–{waiver.last_year}",
        reason=reason,
        address=reverse("measures:check_detail", args=[waiver.plausibility_check.code]),
    )


def _of_explanation(version: Any, place: int, texts: Mapping[str, str]) -> HistoryEntry:
    submission = version.item.submission
    parts = [version.region.name, version.target_group.name]
    if version.occupation_id != TOTAL:
        parts.append(version.occupation.label)
    cell = [version.item_id, version.region_id, version.occupation_id, version.target_group_id]
    return HistoryEntry(
        kind=HistoryKind.CHECKS,
        pk=place,
        at=version.pgh_created_at,
        what=WHAT[_JUDGED[version.is_accepted]],
        by=version.judged_by or version.explained_by,
        about=version.explained_by if version.judged_by else None,
        title=texts.get(version.rule, ""),
        organisation=submission.organisation.short_name,
        year=submission.round.year,
        indicator=version.item.indicator.name,
        cell=", ".join(parts),
        remark=version.text,
        reason=version.refusal,
        address=reverse("measures:cell_history", args=[submission.pk, *cell]),
    )


SOURCE = HistorySource(HistoryKind.CHECKS, WHAT.items, check_entries)
