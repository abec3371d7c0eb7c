"""Notices of commitments: that a resolution names an organisation, what was changed of it, when it is due.

Reminders by the clock are logged; the key of the log keeps any from being written twice, also by two workers.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from measures.models import Commitment, CommitmentReminder, Resolution
from measures.rules.notice_kinds import Topic
from measures.selectors.notices.audience import NoticeAudience, audience_of
from measures.services.notices.reminders import CATCHES_UP, latest_of
from partners.models import User
from partners.services.notices.writing import (
    NewNotice,
    forget_about,
    in_every_language,
    settle,
    write_notices,
)

REMINDED_ON = (-14, -3, 0, 7)
"""Days from the due date on which an organisation is reminded while it is still at work."""


def write_notices_of_names(resolution: Resolution, organisations: Collection[int], actor: User) -> None:
    """To the people of these organisations: they are responsible for the resolution now."""
    named = _of(resolution).filter(organisation__in=organisations)
    _write(named, Topic.COMMITMENT_NAMED, "named", {"actor": str(actor)}, actor)


def write_notices_of_due_date(resolution: Resolution, named: Collection[int], actor: User) -> None:
    """To all who still have something to do, save those who were just named with the new date."""
    concerned = list(_of(resolution).unfinished().exclude(organisation__in=named))
    settle_reminders(concerned)
    _write(concerned, Topic.COMMITMENT_MOVED, f"moved:{resolution.sequence}", {"actor": str(actor)}, actor)


def write_notice_of_state(commitment: Commitment, actor: User) -> None:
    """What was decided, and why."""
    if not commitment.is_unfinished:
        settle_reminders([commitment])
    facts = {
        "actor": str(actor),
        "state": in_every_language(commitment.get_state_display),
        "reason": commitment.state_reason,
    }
    key = f"state:{commitment.events.latest('pk').pk}"
    _write([commitment], Topic.COMMITMENT_STATE, key, facts, actor)


def settle_reminders(commitments: Iterable[Commitment]) -> None:
    """Nobody has to read any more that these are due: reported on, decided, or due on another day."""
    settle(map(_subject_of, commitments), [Topic.COMMITMENT_DUE.value])


def forget_notices(commitment_ids: Iterable[int]) -> None:
    """Of commitments that were taken back: their pages are gone."""
    forget_about(_subject(pk) for pk in commitment_ids)


@transaction.atomic
def write_commitment_reminders(now: dt.datetime | None = None) -> int:
    """Write every reminder that is due; returns how many rows the log has more.

    Whoever has reported waits for the decision. What was reported is looked up once the commitments are
    locked, as whoever reports locks them; the resolution is locked first, as by whoever changes it.
    """
    today = timezone.localdate(now)
    first, last = (today - dt.timedelta(days=days) for days in (REMINDED_ON[-1] + CATCHES_UP, REMINDED_ON[0]))
    unfinished = Commitment.objects.unfinished().filter(resolution__due_on__range=(first, last))
    locked = unfinished.select_for_update(of=("resolution", "self"), no_key=True).order_by("pk")
    found = list(locked.select_related("organisation", "resolution"))
    with_report = Commitment.objects.with_report().filter(pk__in=[each.pk for each in found])
    reported = {each.pk for each in with_report if each.waits}  # type: ignore[attr-defined]  # annotated
    due = {
        each: days
        for each in found
        if each.pk not in reported and (days := latest_of(REMINDED_ON, _due_on(each), today)) is not None
    }
    logged = set(
        CommitmentReminder.objects.filter(commitment__in=due).values_list("commitment", "due_on", "days")
    )
    new = {each: days for each, days in due.items() if (each.pk, _due_on(each), days) not in logged}
    audience = audience_of(each.organisation_id for each in new)
    write_notices(
        _notice(
            each,
            audience,
            Topic.COMMITMENT_DUE,
            f"due:{_due_on(each)}:{days}",
            {"days": (_due_on(each) - today).days},
        )
        for each, days in new.items()
    )
    rows = [_row(each, days, today, audience) for each, days in new.items()]
    return len(CommitmentReminder.objects.bulk_create(rows))


def _due_on(commitment: Commitment) -> dt.date:
    """Of one that was found by it."""
    due_on = commitment.resolution.due_on
    assert due_on is not None  # noqa: S101  # for the type checker
    return due_on


def _row(commitment: Commitment, days: int, today: dt.date, audience: NoticeAudience) -> CommitmentReminder:
    recipients = sorted(audience.recording_for(commitment.organisation_id))
    return CommitmentReminder(
        commitment=commitment,
        due_on=_due_on(commitment),
        days=days,
        day=today,
        recipient_count=len(recipients),
        recipients=recipients,
    )


def _of(resolution: Resolution) -> Any:
    return resolution.commitments.select_related("organisation", "resolution")


def _write(
    commitments: Iterable[Commitment], topic: Topic, key: str, facts: Mapping[str, Any], actor: User
) -> None:
    """To whoever records for these organisations, save who did it."""
    concerned = list(commitments)
    audience = audience_of(each.organisation_id for each in concerned)
    write_notices(_notice(each, audience, topic, key, facts, but=actor.pk) for each in concerned)


def _notice(  # noqa: PLR0913  # a notice has these parts
    commitment: Commitment,
    audience: NoticeAudience,
    topic: Topic,
    key: str,
    facts: Mapping[str, Any],
    *,
    but: int | None = None,
) -> NewNotice:
    due_on = commitment.resolution.due_on
    return NewNotice(
        kind=topic.value,
        key=f"commitment:{commitment.pk}:{key}",
        address=reverse("measures:commitment_detail", args=[commitment.pk]),
        people=audience.recording_for(commitment.organisation_id) - {but},
        facts={
            "organisation": commitment.organisation.short_name,
            "resolution": in_every_language(lambda: commitment.resolution),
            "due_on": due_on.isoformat() if due_on else None,
            **facts,
        },
        organisation_id=commitment.organisation_id,
        subject=_subject_of(commitment),
    )


def _subject_of(commitment: Commitment) -> str:
    return _subject(commitment.pk)


def _subject(commitment_id: int) -> str:
    return f"commitment:{commitment_id}"
