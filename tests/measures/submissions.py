"""Submissions to record into, in rounds of their own so that the catalogue's stay as they are."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from measures.enums import TOTAL
from measures.exceptions import FigureRefusedError
from measures.models import (
    Figure,
    Indicator,
    Item,
    ReportingRound,
    RoundEvent,
    RoundIndicator,
    Submission,
    SubmissionEvent,
)
from measures.selectors.submission_versions import version_of
from measures.services import review
from measures.services.recording import (
    CellEntry,
    CellResult,
    FigureChangedMeanwhileError,
    SaveOutcome,
    save_figures,
)
from measures.typed_values import NOTHING, Entry
from measures.workflow import WORKFLOW, Step, SubmissionAction, SubmissionStatus
from partners.enums import RegionLevel
from partners.models import Organisation, User
from tests.factories import UserFactory

YEAR = 2030
NRW = "05"


def round_of(year: int = YEAR, *, days_left: int = 30) -> ReportingRound:
    today = timezone.localdate()
    return ReportingRound.objects.get_or_create(
        year=year,
        defaults={
            "opens_on": today - dt.timedelta(days=60),
            "closes_on": today + dt.timedelta(days=days_left),
            "due_on": today + dt.timedelta(days=days_left),
        },
    )[0]


def make_submission(
    organisation: str = "IHK-142",
    indicators: tuple[str, ...] = ("additional_places", "training_placements"),
    *,
    year: int = YEAR,
    days_left: int = 30,
) -> Submission:
    owner = Organisation.objects.select_related("region").get(code=organisation)
    submission = Submission.objects.create(round=round_of(year, days_left=days_left), organisation=owner)
    level = RegionLevel.LAND if owner.region.level == RegionLevel.LAND else RegionLevel.COUNTRY
    for code in indicators:
        indicator = Indicator.objects.get(code=code)
        Item.objects.create(submission=submission, indicator=indicator, region_level=level)
    return submission


def ask(reporting_round: ReportingRound, *indicators: str, kinds: tuple[str, ...] = ("chamber",)) -> None:
    """Have the round ask for these indicators, broken down by all that they have."""
    for indicator in Indicator.objects.filter(code__in=indicators):
        RoundIndicator.objects.create(
            round=reporting_round,
            indicator=indicator,
            asked_of=list(kinds),
            breakdown=indicator.breakdown,
        )


@transaction.atomic
def with_dates(reporting_round: ReportingRound, **dates: dt.date) -> ReportingRound:
    """Move the window or the due date without the services under test; the log has its row."""
    for name, day in dates.items():
        setattr(reporting_round, name, day)
    reporting_round.save()
    _log(reporting_round, "changed")
    return reporting_round


@transaction.atomic
def extended(submission: Submission, until: dt.date, reason: str = "Umzug des Rechenzentrums") -> Submission:
    """Give the organisation more time without the services under test; the log has its row."""
    submission.extended_until, submission.extension_reason = until, reason
    submission.save()
    _log(submission.round, "extended", submission)
    return submission


def _log(reporting_round: ReportingRound, action: str, submission: Submission | None = None) -> None:
    RoundEvent.objects.create(
        round=reporting_round,
        submission=submission,
        action=action,
        reason="Vorbereitet",
        opens_on=reporting_round.opens_on,
        closes_on=reporting_round.closes_on,
        due_on=reporting_round.due_on,
        extended_until=submission.extended_until if submission else None,
    )


def item_of(submission: Submission, indicator: str = "training_placements") -> Item:
    return submission.items.get(indicator__code=indicator)


def number(value: int | str) -> Entry:
    return Entry(value=Decimal(value))


def put(  # noqa: PLR0913  # a figure's key has four parts
    item: Item,
    value: int | str | None,
    *,
    region: str = NRW,
    occupation: str = TOTAL,
    target_group: str = TOTAL,
    absence: str | None = None,
) -> Figure:
    return Figure.objects.create(
        item=item,
        region_id=region,
        occupation_id=occupation,
        target_group_id=target_group,
        value=None if value is None else Decimal(value),
        absence=absence,
    )


@transaction.atomic
def move(submission: Submission, *statuses: str, by: User | None = None) -> Submission:
    """Take a submission along the steps without the services under test; the log has its row for each.

    Each step is taken ``by`` that person, or by one of its own.
    """
    known = by
    for status in statuses:
        by = known or UserFactory()
        action = next(
            action
            for action, source, target in WORKFLOW.moves
            if (source, target) == (submission.status, status)
        )
        SubmissionEvent.objects.create(
            submission=submission,
            action=action,
            from_status=submission.status,
            to_status=status,
            actor=by,
            reason="Vorbereitet",
        )
        submission.status = status
        submission.submitted_at, submission.submitted_by = timezone.now(), by
        if status == SubmissionStatus.APPROVED:
            submission.approved_at, submission.approved_by = timezone.now(), by
        submission.save()
    return submission


__all__ = ["NOTHING", "NRW", "YEAR", "item_of", "make_submission", "move", "number", "put", "round_of"]


def save_figure(  # noqa: PLR0913  # the key of a figure has four parts
    *,
    item_id: int,
    region: str,
    entry: Entry,
    seen: Entry,
    actor: User,
    occupation: str = TOTAL,
    target_group: str = TOTAL,
    reason: str = "",
    after_closing: bool = False,
) -> CellResult:
    """Store one cell, or clear it where ``entry`` is empty; the same content again changes nothing.

    Raises ``FigureChangedMeanwhileError`` with both values if the cell no longer holds ``seen``,
    ``FigureRefusedError``, ``SubmissionNotEditableError`` or ``RoundClosedError``.
    """
    cell = CellEntry(
        item_id=item_id,
        region=region,
        occupation=occupation,
        target_group=target_group,
        entry=entry,
        seen=seen,
    )
    submission_id = Item.objects.values_list("submission_id", flat=True).get(pk=item_id)
    [result] = save_figures(
        submission_id=submission_id, cells=[cell], actor=actor, reason=reason, after_closing=after_closing
    )
    if result.outcome == SaveOutcome.CONFLICT:
        raise FigureChangedMeanwhileError(current=result.stored, entered=entry)
    if result.outcome == SaveOutcome.REFUSED:
        raise FigureRefusedError(result.message)
    return result


def seen(*submissions: Submission, **typed: str) -> dict[str, str]:
    """What a form on a page that shows the submission sends; a list sends a version for each."""
    if len(submissions) == 1:
        return {"seen": str(version_of(submissions[0].pk)), **typed}
    return {f"seen-{each.pk}": str(version_of(each.pk)) for each in submissions}


def submit_submission(*, submission_id: int, actor: User, comment: str = "") -> Submission:
    """Submit as somebody does who has just looked; so do the steps that follow."""
    seen = version_of(submission_id)
    return review.submit_submission(
        submission_id=submission_id, actor=actor, seen=seen, comment=comment, explanation=comment
    )


def send_back_submission(*, submission_id: int, actor: User, reason: str) -> Submission:
    seen = version_of(submission_id)
    return review.send_back_submission(submission_id=submission_id, actor=actor, seen=seen, reason=reason)


def start_correction(*, submission_id: int, actor: User, reason: str) -> Submission:
    seen = version_of(submission_id)
    return review.start_correction(submission_id=submission_id, actor=actor, seen=seen, reason=reason)


def take_step(*, step: Step, submission_id: int, actor: User) -> Submission:
    seen = version_of(submission_id)
    return review.take_step(step=step, submission_id=submission_id, actor=actor, seen=seen)


def endorse_submission(*, submission_id: int, actor: User) -> Submission:
    return take_step(step=WORKFLOW.step(SubmissionAction.ENDORSE), submission_id=submission_id, actor=actor)


def approve_submission(*, submission_id: int, actor: User) -> Submission:
    return take_step(step=WORKFLOW.step(SubmissionAction.APPROVE), submission_id=submission_id, actor=actor)
