"""Whoever is responsible for a resolution is told so, of what is changed, and when it is due; once."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from measures.models import Commitment, CommitmentReminder
from measures.services.notices.commitments import write_commitment_reminders
from measures.tasks import send_notices
from partners.models import Notice, NoticeDigest, User
from partners.services.notices.digests import write_digests
from partners.services.notices.writing import set_preferences
from tests.measures.meetings.making import decided, make_commitment, make_meeting, reported, works_for

pytestmark = pytest.mark.django_db

DUE = dt.date(2030, 6, 3)


@pytest.fixture
def clerk() -> User:
    return works_for("DIHK")


def sentences(person: User, kind: str) -> list[str]:
    found = Notice.objects.filter(person=person, kind=kind).order_by("pk")
    with translation.override("de"):
        return [each.sentence for each in found]


def noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def test_responsible_are_told_that_a_resolution_names_them_and_of_its_due_date(client, sign_in, clerk):
    steward = sign_in("data_steward", "BMAS")
    body = clerk.memberships.get().organisation
    title = {"title_de": "Mehr Plätze", "title_en": "More places", "responsible": [body.pk]}
    meeting = make_meeting()
    create = reverse("measures:resolution_create", args=[meeting.pk])
    assert client.post(create, {**title, "due_on": DUE.isoformat()}).status_code == 302
    commitment = Commitment.objects.get(organisation=body, resolution__meeting=meeting)
    change = reverse("measures:resolution_change", args=[commitment.resolution_id])
    moved = {**title, "due_on": "2030-07-01", "seen": commitment.resolution.sequence}
    assert client.post(change, moved).status_code == 302

    named = "DIHK ist für den Beschluss „Mehr Plätze“ verantwortlich, fällig am 03.06.2030."
    assert sentences(clerk, "commitment_named") == [named]
    assert sentences(clerk, "commitment_moved") == [
        "DIHK: Der Beschluss „Mehr Plätze“ ist jetzt am 01.07.2030 fällig."
    ]
    assert not Notice.objects.filter(person=steward).exists()
    notice = Notice.objects.get(person=clerk, kind="commitment_named")
    with translation.override("en"):
        assert "More places" in notice.sentence
    client.force_login(clerk)
    assert client.get(notice.address).status_code == 200


def test_state_is_told_with_its_reason_and_settles_the_reminder(clerk):
    commitment, steward = make_commitment(due_on=DUE), works_for("BMAS", "data_steward")
    assert write_commitment_reminders(noon(DUE)) == 1
    reminder = Notice.objects.get(person=clerk, kind="commitment_due")
    assert reminder.awaits_mail

    seen = reported(commitment, clerk)
    reminder.refresh_from_db()
    assert not reminder.awaits_mail
    decided(commitment, steward, seen=seen)

    (sentence,) = sentences(clerk, "commitment_state")
    assert sentence.startswith(f"{steward} hat die Zusage „Mehr Praktikumsplätze“ von DIHK auf „")
    assert sentence.endswith("“ gesetzt. Begründung: „Belegt.“")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-14, "in 14 Tagen fällig, am 03.06.2030"),
        (0, "ist heute fällig"),
        (8, "war vor 8 Tagen fällig, am 03.06.2030"),
    ],
)
def test_reminder_comes_before_on_and_after_the_due_date_and_once(clerk, days, words):
    commitment = make_commitment(due_on=DUE)
    now = noon(DUE + dt.timedelta(days=days))

    assert [write_commitment_reminders(now), write_commitment_reminders(now)] == [1, 0]
    assert write_commitment_reminders(now + dt.timedelta(days=1)) == 0
    (sentence,) = sentences(clerk, "commitment_due")
    assert words in sentence
    assert CommitmentReminder.objects.get().recipients == [clerk.pk]
    decided(commitment, works_for("BMAS", "data_steward"), state="dropped")
    assert write_commitment_reminders(noon(DUE + dt.timedelta(days=7))) == 0


def test_whoever_has_reported_is_reminded_again_only_after_the_decision(clerk):
    commitment, now = make_commitment(due_on=DUE), noon(DUE - dt.timedelta(days=14))
    seen = reported(commitment, clerk)

    assert write_commitment_reminders(now) == 0
    decided(commitment, works_for("BMAS", "data_steward"), state="in_work", seen=seen)
    assert write_commitment_reminders(now) == 1


def test_reminder_goes_by_mail_unless_switched_off(clerk):
    other = works_for("DIHK")
    set_preferences(user=other, unwanted=["commitment_due"], language="de")
    make_commitment(due_on=timezone.localdate())

    send_notices()
    write_digests(noon(timezone.localdate() + dt.timedelta(days=1)))

    assert Notice.objects.filter(kind="commitment_due").count() == 2
    assert [digest.person for digest in NoticeDigest.objects.all()] == [clerk]
