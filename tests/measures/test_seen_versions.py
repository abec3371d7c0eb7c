"""Every step is taken with what the person has seen, or not at all."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.urls import reverse

from measures.exceptions import SubmissionChangedMeanwhileError
from measures.models import ApprovedFigure
from measures.selectors.submission_versions import SubmissionVersion, changes_meanwhile, version_of
from measures.services import review
from measures.workflow import WORKFLOW, SubmissionStatus
from tests.factories import UserFactory
from tests.measures.submissions import (
    item_of,
    make_submission,
    move,
    number,
    put,
    save_figure,
    seen,
    start_correction,
)
from tests.measures.test_review_views import address, text_of

LEADING_TO = {
    "submit": (),
    "approve": ("submitted",),
    "endorse": ("submitted",),
    "send_back": ("submitted",),
    "correct": ("submitted", "approved"),
    "begin_review": ("submitted",),
    "withdraw": ("submitted",),
    "ask_back": ("submitted", "endorsed"),
}
TAKEN_BY = {
    "submit": ("contributor", "IHK-142"),
    "approve": ("reviewer", "BMAS"),
    "endorse": ("coordinator", "DIHK"),
    "send_back": ("reviewer", "BMAS"),
    "correct": ("contributor", "IHK-142"),
    "begin_review": ("reviewer", "BMAS"),
    "withdraw": ("contributor", "IHK-142"),
    "ask_back": ("contributor", "IHK-142"),
}


@pytest.fixture
def submission():
    submission = make_submission()
    put(item_of(submission), 5)
    return submission


def change_behind_the_page(submission, value=6):
    """Send back or reopen, record another value and bring the submission to where it was."""
    was = submission.status
    if was in SubmissionStatus.in_review:
        move(submission, "returned")
    elif was == SubmissionStatus.APPROVED:
        start_correction(submission_id=submission.pk, actor=UserFactory(), reason="Tippfehler")
        submission.refresh_from_db()
    item_of(submission).figures.update(value=value)
    if was != SubmissionStatus.DRAFT:
        move(submission, "submitted")
    if was in {SubmissionStatus.APPROVED, SubmissionStatus.ENDORSED}:
        move(submission, was)


@pytest.mark.django_db
def test_every_step_is_tried_here():
    """Withdrawing a correction aside: it is possible only while no figure has changed."""
    assert {*LEADING_TO, "withdraw_correction"} == {step.action for step in WORKFLOW.steps if step.is_logged}


@pytest.mark.django_db
@pytest.mark.parametrize("action", LEADING_TO)
def test_step_of_an_earlier_version_is_not_taken_and_shows_what_changed(client, sign_in, submission, action):
    move(submission, *LEADING_TO[action])
    earlier = seen(submission)
    change_behind_the_page(submission)
    steps = submission.events.count()
    sign_in(*TAKEN_BY[action])
    page, typed = address(f"submission_{action}", submission), {"reason": "Bitte prüfen", "comment": "stimmt"}

    refused = client.post(page, earlier | typed)

    shown = text_of(refused)
    assert refused.status_code == 409
    assert submission.events.count() == steps
    assert "Die Meldung hat sich geändert, seit Sie sie geöffnet haben" in shown
    assert "Vorher Jetzt" in shown
    assert re.search(r"Alle Berufe 5 6 ", shown)
    again = re.search(r'name="seen" value="([^"]+)"', refused.content.decode()).group(1)
    assert client.post(page, {"seen": again} | typed).status_code == 302
    assert submission.events.count() == steps + 1


@pytest.mark.django_db
@pytest.mark.parametrize("action", LEADING_TO)
def test_step_without_a_version_is_not_taken(client, sign_in, submission, action):
    move(submission, *LEADING_TO[action])
    sign_in(*TAKEN_BY[action])

    refused = client.post(
        address(f"submission_{action}", submission), {"reason": "Bitte prüfen", "comment": "stimmt"}
    )

    assert refused.status_code == 409
    assert "nennt nicht den Stand der Meldung" in text_of(refused)
    assert submission.events.count() == len(LEADING_TO[action])


@pytest.mark.parametrize("text", ["", "1", "1-2-3", "a-b-c-d", "1-1-1-" + "x" * 40, "9" * 30 + "-1-1-a"])
def test_what_is_no_version_is_none(text):
    assert SubmissionVersion.parse(text) is None


@pytest.mark.django_db
def test_step_that_somebody_else_has_taken_is_named_with_the_person(client, sign_in, submission):
    move(submission, "submitted")
    earlier = seen(submission)
    move(submission, "endorsed", by=UserFactory(first_name="Doris", last_name="Dach"))
    sign_in("reviewer", "BMAS")

    refused = client.post(address("submission_send_back", submission), earlier | {"reason": "Bitte prüfen"})

    assert refused.status_code == 409
    assert "Geändert, seit Sie die Seite geöffnet haben Mitgetragen · Doris Dach" in text_of(refused)
    assert "Bitte prüfen</textarea>" in refused.content.decode()


@pytest.mark.django_db
def test_page_of_an_approved_submission_shows_who_was_faster(client, sign_in, submission):
    earlier = seen(submission)
    move(submission, "submitted", by=UserFactory(first_name="Karin", last_name="Köln"))
    sign_in("contributor", "IHK-142")

    answer = client.post(address("submission_submit", submission), earlier, follow=True)

    assert "Geändert, seit Sie die Seite geöffnet haben Eingereicht · Karin Köln" in text_of(answer)


@pytest.mark.django_db
def test_ticked_submissions_that_changed_are_left_alone_and_lead_to_what_changed(client, sign_in, submission):
    move(submission, "submitted")
    other = move(make_submission("IHK-112"), "submitted")
    shown = seen(submission, other)
    change_behind_the_page(submission)
    sign_in("reviewer", "BMAS")

    answer = client.post(
        reverse("measures:review_selection"),
        {"submissions": [submission.pk, other.pk], "action": "approve", **shown},
    )

    submission.refresh_from_db()
    other.refresh_from_db()
    assert (submission.status, other.status) == ("submitted", "submitted")
    assert "Ausgenommen: hat sich seit der Auswahl geändert" in text_of(answer)
    assert list(answer.context["submissions"]) == [other]
    [link] = re.findall(rf'href="(/pruefung/{submission.pk}/\?seen=[^"]+)"', answer.content.decode())
    assert "Alle Berufe 5 6 " in text_of(client.get(link))


@pytest.mark.django_db
def test_page_of_the_approval_shows_what_changed_since_the_review_was_read(client, sign_in, submission):
    move(submission, "submitted")
    earlier = f"{address('submission_approve', submission)}?seen={version_of(submission.pk)}"
    change_behind_the_page(submission)
    sign_in("reviewer", "BMAS")
    review_page = client.get(address("review_detail", submission)).content.decode()
    [link] = re.findall(rf'href="({address("submission_approve", submission)}[^"]*)"', review_page)

    assert "Geändert, seit Sie die Seite geöffnet haben" in text_of(client.get(earlier))
    assert "Alle Berufe 5 6 " in text_of(client.get(earlier))
    assert "Geändert, seit Sie die Seite geöffnet haben" not in text_of(client.get(link))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda item: item.figures.update(note="ohne Köln-Porz"),
        lambda item: item.figures.all().delete(),
        lambda item: put(item, 1, target_group="J1"),
        lambda item: type(item).objects.filter(pk=item.pk).update(data_as_of="2030-12-31"),
    ],
    ids=["remark", "deletion", "new figure", "Datenstand"],
)
def test_version_changes_with_whatever_is_approved(submission, change):
    before = version_of(submission.pk)

    change(item_of(submission))

    assert version_of(submission.pk) != before
    with pytest.raises(SubmissionChangedMeanwhileError):
        review.submit_submission(submission_id=submission.pk, actor=UserFactory(), seen=before)


@pytest.mark.django_db
def test_value_that_came_back_is_no_difference_but_another_version(submission):
    before = version_of(submission.pk)
    item_of(submission).figures.update(value=6)
    item_of(submission).figures.update(value=5)

    assert version_of(submission.pk) != before
    assert changes_meanwhile(submission, before).figures == []


@pytest.mark.django_db
def test_version_is_read_as_it_was_written(submission):
    version = version_of(submission.pk)

    assert SubmissionVersion.parse(str(version)) == version


@pytest.mark.usefixtures("transactional_db")
def test_figure_saved_while_the_approval_waits_keeps_it_from_being_approved():
    submission = make_submission()
    put(item_of(submission), 5)
    version = version_of(submission.pk)
    person, reviewer = UserFactory(), UserFactory()

    def submit():
        try:
            review.submit_submission(submission_id=submission.pk, actor=reviewer, seen=version)
        except SubmissionChangedMeanwhileError:
            return "changed"
        finally:
            connections.close_all()
        return "submitted"

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            save_figure(
                item_id=item_of(submission).pk, region="05", entry=number(6), seen=number(5), actor=person
            )
            waiting = pool.submit(submit)
            _wait_until_somebody_waits()
        outcome = waiting.result(timeout=10)

    assert outcome == "changed"
    assert not submission.events.exists()
    assert not ApprovedFigure.objects.filter(item__submission=submission).exists()


def _wait_until_somebody_waits() -> None:
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute("SELECT count(*), pg_sleep(0.01) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
    pytest.fail("nobody waits for the lock")
