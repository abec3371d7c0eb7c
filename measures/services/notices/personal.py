"""Reminders that a person writes to those who are late, in words of their own."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from measures.enums import ReminderKind
from measures.exceptions import ReasonMissingError
from measures.models import Reminder, ReportingRound, Submission
from measures.permissions import may_remind
from measures.rules.notice_kinds import Topic
from measures.selectors.notices.audience import audience_of
from measures.services.notices.steps import about, notice_about
from partners.models import User
from partners.permissions import Access
from partners.services.notices.writing import write_notices


@dataclass(frozen=True)
class Reminded:
    """Who was reminded; who had been on this day already; who has submitted or has nobody there."""

    done: list[Submission] = field(default_factory=list)
    already: list[Submission] = field(default_factory=list)
    left_out: list[Submission] = field(default_factory=list)


@transaction.atomic
def remind(*, submission_ids: Iterable[int], access: Access, actor: User, text: str) -> Reminded:
    """Remind whoever records for these, of those that the person may remind; each once a day."""
    words = text.strip()
    if not words:
        raise ReasonMissingError
    found = list(
        Submission.objects.visible_to(access)
        .filter(pk__in=list(submission_ids))
        .due()
        .select_related("organisation", "round")
        .order_by("organisation__sort_key")
    )
    rounds = ReportingRound.objects.filter(pk__in={each.round_id for each in found}).order_by("pk")
    list(rounds.select_for_update(no_key=True))  # one after the other with the clock and with others
    today = timezone.localdate()
    audience = audience_of(each.organisation_id for each in found)
    known = set(
        Reminder.objects.filter(
            submission__in=[each.pk for each in found], kind=ReminderKind.PERSONAL, day=today
        ).values_list("submission_id", flat=True)
    )
    outcome = Reminded()
    for each in found:
        if each.pk in known:
            outcome.already.append(each)
        elif may_remind(access, each) and audience.recording_for(each.organisation_id):
            outcome.done.append(each)
        else:
            outcome.left_out.append(each)
    Reminder.objects.bulk_create(
        Reminder(
            round=each.round,
            submission=each,
            kind=ReminderKind.PERSONAL,
            due_on=each.due_on,
            day=today,
            actor=actor,
            text=words,
            recipient_count=len(recipients),
            recipients=recipients,
        )
        for each in outcome.done
        for recipients in [sorted(audience.recording_for(each.organisation_id))]
    )
    write_notices(
        notice_about(
            each,
            Topic.REMINDED,
            f"reminded:{each.pk}:{today}",
            audience.recording_for(each.organisation_id),
            about(each, actor) | {"due_on": each.due_on.isoformat(), "text": words},
        )
        for each in outcome.done
    )
    return outcome
