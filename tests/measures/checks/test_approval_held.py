"""What the checks still ask keeps figures from being approved, one at a time and several at once."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from measures.exceptions import ApprovalHeldError
from measures.models import FigureExplanation, PlausibilityCheck, SubmissionEvent
from measures.selectors.submission_versions import version_of
from measures.services.batches import create_batch
from measures.services.explanations import judge_explanation
from tests.factories import UserFactory
from tests.measures.checking import JUMP, explained, jumping, make_check, waived
from tests.measures.spreadsheets import person
from tests.measures.submissions import approve_submission, make_submission, move, seen
from tests.measures.test_review_views import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    """Handed over with an explained query."""
    found = jumping()
    explained(found, UserFactory())
    return move(found, "submitted")


def judged(submission, refusal=""):
    explanation = FigureExplanation.objects.get(item__submission=submission)
    judge_explanation(
        explanation_id=explanation.pk,
        submission_id=submission.pk,
        actor=UserFactory(),
        is_accepted=not refusal,
        refusal=refusal,
        seen_at=explanation.explained_at,
    )


def approve(submission):
    return approve_submission(submission_id=submission.pk, actor=person("reviewer")).status


def test_refused_explanation_holds_the_approval_until_it_is_accepted(submission):
    judged(submission, "Das gilt nicht für dieses Jahr")

    with pytest.raises(ApprovalHeldError) as caught:
        approve(submission)

    assert [finding.code for finding in caught.value.findings] == [JUMP]
    assert not SubmissionEvent.objects.filter(submission=submission, action="approve").exists()
    judged(submission)
    assert approve(submission) == "approved"


def test_check_that_counts_since_the_figures_were_handed_over_holds_until_it_is_waived(submission):
    check = make_check(severity="error")
    with pytest.raises(ApprovalHeldError):
        approve(submission)

    waived(check, person(), "IHK-142")

    assert approve(submission) == "approved"


def test_notes_hold_nothing(submission):
    make_check(severity="note")
    PlausibilityCheck.objects.filter(code=JUMP).update(severity="note")

    assert approve(submission) == "approved"


def test_page_names_what_holds_and_offers_no_approval(client, sign_in, submission):
    sign_in("reviewer", "BMAS")
    page = reverse("measures:submission_approve", args=[submission.pk])
    shown = client.get(page)
    assert 'name="seen"' in shown.content.decode()
    version = seen(submission)
    judged(submission, "Das gilt nicht für dieses Jahr")

    held = client.get(page)
    refused = client.post(page, version)

    assert "1 Meldung der Prüfregeln verhindert" in text_of(held)
    assert "+900" in text_of(held)
    assert 'name="seen"' not in held.content.decode()
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "bevor die Zahlen freigegeben werden" in text_of(refused)
    submission.refresh_from_db()
    assert submission.status == "submitted"


def test_of_several_the_held_ones_are_left_out_and_say_so(submission):
    judged(submission, "Das gilt nicht für dieses Jahr")
    free = move(make_submission("IHK-101"), "submitted")

    batch = create_batch(
        action="approve",
        seen={each.pk: version_of(each.pk) for each in (free, submission)},
        actor=person("reviewer"),
    )

    assert {entry.submission: entry.outcome for entry in batch.entries.all()} == {
        free: "done",
        submission: "held",
    }
