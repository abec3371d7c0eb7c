"""Texts for reports: asked for, written, submitted, accepted or sent back. Every step locks the text."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from partners.models import Organisation, User
from partners.services.notices.writing import NewNotice, in_every_language, write_notices
from partners.violations import broken_rule
from reporting.enums import Language, NarrativeStatus
from reporting.exceptions import NarrativeError
from reporting.models import Narrative, NarrativeVersion
from reporting.rules.notice_kinds import ReportTopic


@transaction.atomic
def ask_for_narrative(  # noqa: PLR0913  # each names itself
    *,
    report_type: str,
    year: int,
    place: str,
    organisation: Organisation | None,
    assignee: User | None,
    due_on: dt.date,
    actor: User,
) -> Narrative:
    try:
        with transaction.atomic():
            narrative = Narrative.objects.create(
                report_type=report_type,
                year=year,
                place=place,
                organisation=organisation,
                assignee=assignee,
                due_on=due_on,
                asked_by=actor,
            )
    except IntegrityError as error:
        if broken_rule(error) == "narrative_asked_once":
            raise NarrativeError.asked_already() from error
        raise
    if assignee is not None and assignee != actor:
        facts = {"due_on": due_on.isoformat()}
        _write(narrative, ReportTopic.TEXT_ASKED, "asked", {assignee.pk}, facts)
    return narrative


@transaction.atomic
def write_narrative(  # noqa: PLR0913  # each names itself
    *, narrative_id: int, language: Language, text: str, seen: str, actor: User, submits: bool = False
) -> NarrativeVersion:
    """Keep the text as the open draft, or begin the next version; ``submits`` hands it to the review."""
    latest = _latest(narrative_id, language)
    if (latest.fingerprint if latest else "") != seen:
        raise NarrativeError.changed_meanwhile()
    if latest is not None and latest.status == NarrativeStatus.SUBMITTED:
        raise NarrativeError.not_open()
    has_draft = latest is not None and latest.status == NarrativeStatus.DRAFT
    if not text.strip() and (submits or not has_draft):
        raise NarrativeError.nothing_written()
    if latest is not None and has_draft:
        version = latest
        if text != version.text:
            version.text, version.written_by, version.written_at = text, actor, timezone.now()
            version.writers = sorted({*version.writers, actor.pk})
    else:
        version = NarrativeVersion(
            narrative_id=narrative_id,
            language=language,
            number=latest.number + 1 if latest else 1,
            text=text,
            written_by=actor,
            writers=[actor.pk],
        )
    version.save()
    if submits:
        version.status = NarrativeStatus.SUBMITTED
        version.save(update_fields=["status"])
    return version


@transaction.atomic
def decide_on_narrative(  # noqa: PLR0913  # each names itself
    *, narrative_id: int, language: Language, accepts: bool, reason: str, seen: str, actor: User
) -> NarrativeVersion:
    """Accept the submitted text, or send it back with a reason; by somebody who did not write in it."""
    version = _latest(narrative_id, language)
    if version is None or version.status != NarrativeStatus.SUBMITTED:
        raise NarrativeError.not_open()
    if version.fingerprint != seen:
        raise NarrativeError.changed_meanwhile()
    if actor.pk in version.writers:
        raise NarrativeError.own_text()
    if not accepts and not reason.strip():
        raise NarrativeError.reason_needed()
    version.status = NarrativeStatus.ACCEPTED if accepts else NarrativeStatus.RETURNED
    version.reason = reason.strip()
    version.decided_by, version.decided_at = actor, timezone.now()
    version.save(update_fields=["status", "reason", "decided_by", "decided_at"])
    if not accepts:
        key = f"returned:{version.pk}"
        _write(
            version.narrative,
            ReportTopic.TEXT_RETURNED,
            key,
            set(version.writers),
            {"reason": version.reason},
        )
    return version


def _write(
    narrative: Narrative, topic: ReportTopic, key: str, people: set[int], facts: dict[str, str]
) -> None:
    places = in_every_language(lambda: narrative.place_name)
    write_notices(
        [
            NewNotice(
                kind=topic,
                key=f"narrative:{narrative.pk}:{key}",
                address=reverse("reporting:narrative_detail", args=[narrative.pk]),
                people=people,
                facts={"place": places, "year": narrative.year, **facts},
            )
        ]
    )


def _latest(narrative_id: int, language: Language) -> NarrativeVersion | None:
    Narrative.objects.select_for_update().get(pk=narrative_id)
    return (
        NarrativeVersion.objects.filter(narrative=narrative_id, language=language).order_by("-number").first()
    )
