"""Opening a reporting round and changing it: who is asked follows from the plan, and everything is logged."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.enums import RoundAction
from measures.exceptions import ReasonMissingError, RoundChangedMeanwhileError, RoundRefusedError
from measures.models import Item, ReportingRound, RoundEvent, RoundIndicator, Submission
from measures.selectors.due import AskedIndicator, Comparison, DueOutcome, compare
from measures.selectors.round_log import changed_details, opened_details, window_details
from measures.selectors.round_plans import RoundPlan, plan_of
from measures.services.notices.reminders import write_round_opened
from measures.services.notices.steps import subject_of, write_notices_of_extension
from partners.enums import RegionLevel
from partners.models import Organisation, User
from partners.services.notices.writing import forget_about
from partners.violations import broken_rule, was_kept_waiting

EXISTS = _("There is a round for this year already.")
NOTHING_ASKED = _("A round asks for one indicator at least.")
DATES_IN_ORDER = _("A round opens first; figures are due on its last day or before.")
NOTHING_CHANGED = _("Nothing would change.")
BUSY = _(
    "Figures of this round are being changed by an import or by somebody else. Please try again in a moment."
)
NOT_OPEN = _("This round is not open.")
OPENED_TODAY = _("This round has opened today. Move its window instead of closing it.")
NOT_CLOSED = _("This round is not closed.")
ENDS_IN_THE_PAST = _("The last day has to be today or later.")
NO_EXTENSION = _("There is no extension that could be withdrawn.")
NOT_LATER = _("An extension ends after the last day of the round.")


@transaction.atomic
def open_round(*, plan: RoundPlan, actor: User | None, seen: str | None = None) -> ReportingRound:
    """Open the round of a year with a submission for everyone due and an item for each of their indicators.

    ``seen`` is what the person saw that this would do; None: nobody has looked, as in the catalogue's rounds.
    """
    _demand_order(plan)
    try:
        with transaction.atomic():
            reporting_round = ReportingRound.objects.create(
                year=plan.year, reminder_days=sorted(plan.reminder_days), **plan.dates
            )
    except IntegrityError as error:
        if broken_rule(error) == "round_unique_year":
            raise RoundRefusedError(EXISTS) from error
        raise
    _store_asked(reporting_round, plan.asked)
    comparison = compare(day=plan.reference_date, asked=plan.asked, round_id=reporting_round.pk)
    _demand_seen(comparison, seen)
    _ask(reporting_round, comparison)
    _log(reporting_round, RoundAction.OPENED, actor, details=opened_details(comparison))
    write_round_opened(reporting_round)
    return reporting_round


@transaction.atomic
def change_round(
    *, round_id: int, plan: RoundPlan, actor: User | None, seen: str | None = None, reason: str = ""
) -> ReportingRound:
    """Change dates, reminders or what is asked of whom, and ask whoever is due by now.

    Nothing that has been recorded is dropped: it stays, and the log names it.
    """
    _demand_order(plan)
    reporting_round = _locked(round_id)
    before = plan_of(reporting_round)
    comparison = compare(day=plan.reference_date, asked=plan.asked, round_id=round_id)
    if comparison.having(DueOutcome.DROPPED):
        _hold(comparison)
        comparison = compare(day=plan.reference_date, asked=plan.asked, round_id=round_id)
    _demand_seen(comparison, seen)
    details = changed_details(before, plan, comparison)
    if not details.keys() - {DueOutcome.KEPT.value, DueOutcome.BLOCKED.value}:
        raise RoundRefusedError(NOTHING_CHANGED)
    _set(reporting_round, reminder_days=sorted(plan.reminder_days), **plan.dates)
    _store_asked(reporting_round, plan.asked)
    _drop(reporting_round, comparison)
    _ask(reporting_round, comparison)
    _log(reporting_round, RoundAction.CHANGED, actor, reason=reason.strip(), details=details)
    write_round_opened(reporting_round)
    return reporting_round


@transaction.atomic
def close_round(*, round_id: int, actor: User, reason: str) -> ReportingRound:
    """Close a round before its last day: yesterday becomes its last day. Extensions stay as they are."""
    reporting_round = _locked(round_id)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    if not reporting_round.is_open:
        raise RoundRefusedError(NOT_OPEN)
    if yesterday < reporting_round.opens_on:
        raise RoundRefusedError(OPENED_TODAY)
    return _move_last_day(reporting_round, yesterday, RoundAction.CLOSED, actor, reason)


@transaction.atomic
def reopen_round(*, round_id: int, closes_on: dt.date, actor: User, reason: str) -> ReportingRound:
    """Open a closed round again, until another last day."""
    reporting_round = _locked(round_id)
    if not reporting_round.is_closed:
        raise RoundRefusedError(NOT_CLOSED)
    if closes_on < timezone.localdate():
        raise RoundRefusedError(ENDS_IN_THE_PAST)
    return _move_last_day(reporting_round, closes_on, RoundAction.REOPENED, actor, reason)


@transaction.atomic
def extend_submission(*, submission_id: int, until: dt.date | None, actor: User, reason: str) -> Submission:
    """Give one organisation longer than the others, or take that back where ``until`` is None."""
    if not reason.strip():
        raise ReasonMissingError
    submission = (
        Submission.objects.select_for_update(of=("self",), no_key=True)
        .select_related("round", "organisation")
        .get(pk=submission_id)
    )
    if until is None and submission.extended_until is None:
        raise RoundRefusedError(NO_EXTENSION)
    if until is not None and until <= submission.round.closes_on:
        raise RoundRefusedError(NOT_LATER)
    if until is not None and until < timezone.localdate():
        raise RoundRefusedError(ENDS_IN_THE_PAST)
    details = window_details(
        submission.extended_until, until, organisation=submission.organisation.code, name="extended_until"
    )
    submission.extended_until = until
    submission.extension_reason = "" if until is None else reason.strip()
    submission.save(update_fields=["extended_until", "extension_reason"])
    event = _log(
        submission.round,
        RoundAction.WITHDRAWN if until is None else RoundAction.EXTENDED,
        actor,
        reason=reason.strip(),
        details=details,
        submission=submission,
    )
    write_notices_of_extension(submission, event)
    return submission


def _locked(round_id: int) -> ReportingRound:
    return ReportingRound.objects.select_for_update(no_key=True).get(pk=round_id)


def _demand_order(plan: RoundPlan) -> None:
    if not plan.asked:
        raise RoundRefusedError(NOTHING_ASKED)
    if not plan.opens_on <= plan.due_on <= plan.closes_on:
        raise RoundRefusedError(DATES_IN_ORDER)


def _demand_seen(comparison: Comparison, seen: str | None) -> None:
    if seen is not None and seen != comparison.digest:
        raise RoundChangedMeanwhileError


def _hold(comparison: Comparison) -> None:
    """Let nobody record into what is dropped, submit it, or comment on it, until it is dropped."""
    items = [each.item_id for each in comparison.having(DueOutcome.DROPPED)]
    held = Submission.objects.select_for_update().filter(items__in=items).order_by("pk")
    try:
        list(held.values_list("pk"))
    except OperationalError as error:
        if was_kept_waiting(error):
            raise RoundRefusedError(BUSY) from error
        raise


def _move_last_day(
    reporting_round: ReportingRound, day: dt.date, action: RoundAction, actor: User, reason: str
) -> ReportingRound:
    if not reason.strip():
        raise ReasonMissingError
    details = window_details(reporting_round.closes_on, day, name="closes_on")
    _set(reporting_round, closes_on=day)
    _log(reporting_round, action, actor, reason=reason.strip(), details=details)
    return reporting_round


def _set(reporting_round: ReportingRound, **values: Any) -> None:
    for name, value in values.items():
        setattr(reporting_round, name, value)
    reporting_round.save(update_fields=list(values))


def _store_asked(reporting_round: ReportingRound, asked: Sequence[AskedIndicator]) -> None:
    RoundIndicator.objects.filter(round=reporting_round).exclude(
        indicator__in=[each.indicator_id for each in asked]
    ).delete()
    RoundIndicator.objects.bulk_create(
        [
            RoundIndicator(
                round=reporting_round,
                indicator_id=each.indicator_id,
                asked_of=list(each.kinds),
                breakdown=list(each.breakdown),
            )
            for each in asked
        ],
        update_conflicts=True,
        unique_fields=["round", "indicator"],
        update_fields=["asked_of", "breakdown"],
    )


def _ask(reporting_round: ReportingRound, comparison: Comparison) -> None:
    """A submission for everyone added who has none, and an item for each of their indicators."""
    added = comparison.having(DueOutcome.ADDED)
    asked = {each.organisation_id for each in added}
    Submission.objects.bulk_create(
        [Submission(round=reporting_round, organisation_id=pk) for pk in sorted(asked)],
        ignore_conflicts=True,
    )
    submissions = dict(Submission.objects.filter(round=reporting_round).values_list("organisation", "pk"))
    of_a_land = _of_a_land(asked)
    Item.objects.bulk_create(
        Item(
            submission_id=submissions[each.organisation_id],
            indicator_id=each.indicator_id,
            region_level=RegionLevel.LAND if each.organisation_id in of_a_land else RegionLevel.COUNTRY,
        )
        for each in added
    )


def _of_a_land(organisations: Iterable[int]) -> set[int]:
    """A chamber or a Land reports for its Land, others for the whole country until a file breaks it down."""
    in_a_land = Organisation.objects.filter(pk__in=organisations, region__level=RegionLevel.LAND)
    return set(in_a_land.values_list("pk", flat=True))


def _drop(reporting_round: ReportingRound, comparison: Comparison) -> None:
    """Remove what is not asked any more, and the submissions that have nothing left."""
    dropped = comparison.having(DueOutcome.DROPPED)
    Item.objects.filter(pk__in=[each.item_id for each in dropped]).delete()
    asked = {each.organisation_id for each in comparison.having(DueOutcome.ADDED)}
    empty = Submission.objects.filter(
        round=reporting_round,
        organisation__in={each.organisation_id for each in dropped} - asked,
        items=None,
        events=None,
        comments=None,
    )
    forget_about(subject_of(pk) for pk in empty.values_list("pk", flat=True))
    empty.delete()


def _log(  # noqa: PLR0913  # a row of the log has these parts
    reporting_round: ReportingRound,
    action: RoundAction,
    actor: User | None,
    *,
    details: dict[str, Any],
    reason: str = "",
    submission: Submission | None = None,
) -> RoundEvent:
    return RoundEvent.objects.create(
        round=reporting_round,
        submission=submission,
        action=action,
        actor=actor,
        reason=reason,
        opens_on=reporting_round.opens_on,
        closes_on=reporting_round.closes_on,
        due_on=reporting_round.due_on,
        extended_until=submission.extended_until if submission else None,
        details=details,
    )
