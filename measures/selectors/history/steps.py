"""Steps of submissions, and what was done to rounds, as entries of the history."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from measures.enums import Breakdown, RoundAction
from measures.models import RoundEvent, RoundIndicator, RoundIndicatorVersion, SubmissionEvent
from measures.selectors.history.changed.names import RowNames
from measures.selectors.history.changed.versions import changes_log, changes_of
from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch
from measures.selectors.history.logs import Log, entries_of_logs, name_of, of_context, with_names
from measures.selectors.history.sources import Events, HistorySource
from measures.selectors.round_log import changes_in_words
from measures.workflow import WORKFLOW, SubmissionAction
from partners.enums import ASKED_KINDS

ASKED = {
    "asked_insert": gettext_lazy("Indicator asked for by a round"),
    "asked_update": gettext_lazy("Indicator asked for differently by a round"),
    "asked_delete": gettext_lazy("Indicator no longer asked for by a round"),
}


def step_entries(search: HistorySearch) -> list[HistoryEntry]:
    """The newest first, in one query."""
    log = Log(
        rows=SubmissionEvent.objects.select_related(
            "actor", "submission__organisation", "submission__round", "import_run"
        ),
        person="actor",
        organisation="submission__organisation",
        events={action.value: Q(action=action) for action in SubmissionAction},
        entry=_of_step,
    )
    return entries_of_logs(HistoryKind.STEPS, [log], search)


def round_entries(search: HistorySearch) -> list[HistoryEntry]:
    """The newest first, in seven queries at most: steps with what they changed, and what is asked."""
    names = RowNames()
    steps: list[RoundEvent] = []

    def step(event: Any, place: int) -> HistoryEntry:
        steps.append(event)
        return _of_round(event, place)

    logs = [
        Log(
            rows=RoundEvent.objects.select_related("actor", "round"),
            person="actor",
            about=lambda pk, code: Q(submission__organisation=pk) | Q(details__organisation=code),
            events={action.value: Q(action=action) for action in RoundAction},
            entry=step,
        ),
        changes_log(
            RoundIndicatorVersion,
            RoundIndicator,
            partial(_of_asked, names=names),
            prefix="asked",
            related=("round", "indicator"),
        ),
    ]
    found = entries_of_logs(HistoryKind.ROUNDS, logs, search)
    return with_names(_with_changes(found, steps))


def _step_events() -> Events:
    return [(step.action.value, step.done) for step in WORKFLOW.steps if step.done]


def _of_step(event: Any, place: int) -> HistoryEntry:
    return HistoryEntry(
        kind=HistoryKind.STEPS,
        pk=place,
        at=event.at,
        what=event.label,
        by=event.actor,
        organisation=event.submission.organisation.short_name,
        year=event.submission.round.year,
        where_from=event.import_run.file_name if event.import_run else "",
        reason=event.reason,
        address=reverse("measures:submission_history", args=[event.submission_id]),
    )


def _with_changes(entries: list[HistoryEntry], steps: list[RoundEvent]) -> list[HistoryEntry]:
    """Each step with what it changed, as the log of its round says it; the steps come first."""
    changes = changes_in_words(steps)
    with_remarks = [replace(entry, remark="; ".join(found)) for entry, found in zip(entries, changes)]  # noqa: B905  # the others have their own
    return with_remarks + entries[len(steps) :]


def _of_asked(version: Any, place: int, names: RowNames) -> HistoryEntry:
    """An indicator that a round asks for: of whom and by what, and what was changed of that."""
    kinds = [str(label) for kind, label in ASKED_KINDS if kind in version.asked_of]
    breakdown = [str(each.label) for each in Breakdown if each.value in version.breakdown]
    year = getattr(getattr(version, "round", None), "year", None)
    return HistoryEntry(
        kind=HistoryKind.ROUNDS,
        pk=place,
        at=version.pgh_created_at,
        what=ASKED[f"asked_{version.pgh_label}"],
        year=year,
        indicator=name_of(version, "indicator", "name"),
        title=gettext("Round %(year)s") % {"year": year or f"#{version.round_id}"},
        remark=changes_of(version, RoundIndicator, names)
        or "; ".join(filter(None, [", ".join(kinds), ", ".join(breakdown)])),
        address=reverse("measures:round_detail", args=[year]) if year else "",
        **of_context(version),
    )


def _round_events() -> Events:
    return [*RoundAction.choices, *ASKED.items()]


def _of_round(event: Any, place: int) -> HistoryEntry:
    return HistoryEntry(
        kind=HistoryKind.ROUNDS,
        pk=place,
        at=event.at,
        what=event.get_action_display(),
        by=event.actor,
        organisation=str(event.details.get("organisation") or ""),
        year=event.round.year,
        reason=event.reason,
        title=gettext("Round %(year)s") % {"year": event.round.year},
        address=reverse("measures:round_detail", args=[event.round.year]),
    )


STEPS = HistorySource(HistoryKind.STEPS, _step_events, step_entries)
ROUNDS = HistorySource(HistoryKind.ROUNDS, _round_events, round_entries)
