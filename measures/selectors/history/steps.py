"""Steps of submissions, and what was done to rounds, as entries of the history."""

from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from measures.enums import RoundAction
from measures.models import RoundEvent, SubmissionEvent
from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch
from measures.selectors.history.logs import Log, entries_of_logs
from measures.selectors.history.sources import Events, HistorySource
from measures.workflow import WORKFLOW, SubmissionAction


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
    """The newest first, in one query."""
    events = RoundEvent.objects.select_related("actor", "round")
    if search.organisation:
        pk, code = search.organisation
        events = events.filter(Q(submission__organisation=pk) | Q(details__organisation=code))
    log = Log(
        rows=events,
        person="actor",
        events={action.value: Q(action=action) for action in RoundAction},
        entry=_of_round,
    )
    return entries_of_logs(HistoryKind.ROUNDS, [log], replace(search, organisation=None))


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
ROUNDS = HistorySource(HistoryKind.ROUNDS, lambda: RoundAction.choices, round_entries)
