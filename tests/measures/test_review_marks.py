"""Marks on the cells that are meant by sending a submission back."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from measures.exceptions import StepNotPossibleError
from measures.models import ReviewMark
from measures.selectors.review_marks import marks_of, open_mark_counts
from measures.services.review import answer_mark
from partners.violations import broken_rule
from tests.factories import MembershipFactory, UserFactory
from tests.measures.reviewing import marked, sent_back, take
from tests.measures.submissions import (
    NRW,
    approve_submission,
    item_of,
    make_submission,
    move,
    put,
    seen,
    start_correction,
)
from tests.measures.test_review_views import address, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    submission = make_submission()
    put(item_of(submission), 5)
    return submission


def settled(submission):
    return {mark.target_group_id: mark.is_settled for mark in marks_of(submission)}


def test_reviewer_sends_back_with_marks(client, sign_in, submission):
    move(submission, "submitted")
    total, academic = (f"{item_of(submission).pk}-{NRW}-{group}" for group in ("_T", "J1"))
    reviewer = sign_in("reviewer", "BMAS")

    page = client.get(address("review_detail", submission)).content.decode()
    answer = client.post(
        address("submission_send_back", submission),
        {
            **seen(submission, reason="Bitte ergänzen"),
            "mark": [total, academic, "1-05-_T"],
            f"remark-{total}": " Doppelt gezählt? ",
        },
    )

    assert answer.status_code == 302
    assert f'value="{total}"' in page  # what is stated can be marked
    assert f'value="{academic}"' in page  # and what is missing
    assert 'href="#decision"' in page  # a long page, and what is to be decided stands at its end
    marks = ReviewMark.objects.order_by("target_group_id")
    assert [(mark.target_group_id, mark.remark) for mark in marks] == [("J1", ""), ("_T", "Doppelt gezählt?")]
    assert {(mark.event.action, mark.event.actor) for mark in marks} == {("send_back", reviewer)}


def test_marks_stay_ticked_when_the_reason_is_missing(client, sign_in, submission):
    move(submission, "submitted")
    name = f"{item_of(submission).pk}-{NRW}-_T"
    sign_in("reviewer", "BMAS")

    answer = client.post(
        address("submission_send_back", submission),
        {**seen(submission, reason=""), "mark": name, f"remark-{name}": "Doppelt?"},
    )

    cell = answer.context["grid"].cells[name]
    assert (answer.status_code, cell.is_marked, cell.remark) == (422, True, "Doppelt?")
    assert "checked" in answer.content.decode()
    assert not ReviewMark.objects.exists()


def test_partner_sees_marks_at_the_cell_and_in_a_list_that_leads_there(client, sign_in, submission):
    mark = sent_back(submission, "_T", remark="Doppelt gezählt?")[0]
    sign_in("contributor", "IHK-142")

    page = client.get(address("submission_detail", submission))

    content = page.content.decode()
    assert f'href="#cell-{mark.cell_name}"' in content
    assert f'id="cell-{mark.cell_name}"' in content
    assert "Von der Prüfung markiert: Doppelt gezählt?" in text_of(page)


def test_mark_stays_at_the_cell_when_another_is_saved(client, sign_in, submission):
    mark = sent_back(submission, "_T", remark="Doppelt?")[0]
    sign_in("contributor", "IHK-142")
    name = f"{item_of(submission).pk}-{NRW}-J1"

    answer = client.post(address("submission_cell", submission), {f"value-{name}": "1", f"seen-{name}": ""})

    assert "Von der Prüfung markiert: Doppelt?" in text_of(answer)
    assert f'id="note-{mark.cell_name}"' in answer.content.decode()


def changed(item):
    item.figures.update(value=4)


def cleared(item):
    item.figures.all().delete()


@pytest.mark.parametrize("change", [changed, cleared])
def test_mark_is_settled_once_its_cell_has_changed(submission, change):
    sent_back(submission, "_T", "J1")
    assert settled(submission) == {"_T": False, "J1": False}

    change(item_of(submission))

    assert settled(submission) == {"_T": True, "J1": False}


def test_mark_on_a_missing_cell_is_settled_by_its_first_value(submission):
    sent_back(submission, "J1")
    put(item_of(submission), 1, target_group="J1")

    assert settled(submission) == {"J1": True}


def test_partner_answers_a_mark_instead(client, sign_in, submission):
    mark = marked(submission)
    sign_in("contributor", "IHK-142")
    place = f"/erfassung/{submission.pk}/markierung/{mark.pk}/"

    empty = client.post(place, {"answer": " "})
    given = client.post(place, {"answer": "Das ist richtig so."}, follow=True)

    assert empty.status_code == 422
    assert settled(submission) == {"_T": True}
    assert "Das ist richtig so." in text_of(given)
    with pytest.raises(StepNotPossibleError):
        answer_mark(mark_id=mark.pk, actor=MembershipFactory().user, answer="anders")


@pytest.mark.parametrize(
    ("role", "organisation"),
    [("contributor", "IHK-111"), ("coordinator", "ZDH"), ("reviewer", "BMAS"), ("auditor", "BMAS")],
)
def test_mark_is_answered_by_those_who_record_for_the_organisation(submission, role, organisation):
    mark = marked(submission)
    other = MembershipFactory(role=role, organisation_code=organisation).user

    with pytest.raises(StepNotPossibleError):
        answer_mark(mark_id=mark.pk, actor=other, answer="Das ist richtig so.")

    assert settled(submission) == {"_T": False}


def test_mark_is_not_answered_once_it_is_handed_over_again(submission):
    mark = marked(submission)
    move(submission, "submitted")

    with pytest.raises(StepNotPossibleError):
        answer_mark(mark_id=mark.pk, actor=MembershipFactory().user, answer="Das ist richtig so.")

    assert settled(submission) == {"_T": False}


def test_marks_are_kept_in_the_history_and_shown_to_reviewers(client, sign_in, submission):
    sent_back(submission, "_T", remark="Erste Runde")
    sent_back(submission, "_T", remark="Zweite Runde")
    sign_in("reviewer", "BMAS")

    history = text_of(client.get(address("submission_history", submission)))
    review = text_of(client.get(address("review_detail", submission)))
    grid = text_of(client.get(address("submission_detail", submission)))

    assert all("Erste Runde" in page and "Zweite Runde" in page for page in (history, review))
    assert "Zweite Runde" in grid
    assert "Erste Runde" not in grid


def test_marks_end_with_a_withdrawn_correction_and_do_not_come_back_with_the_next(
    client, sign_in, submission
):
    move(submission, "submitted")
    approve_submission(submission_id=submission.pk, actor=UserFactory())
    start_correction(submission_id=submission.pk, actor=UserFactory(), reason="Irrtum")
    submission.refresh_from_db()
    sent_back(submission, "_T", remark="Doppelt gezählt?")
    assert open_mark_counts([submission.pk]) == {submission.pk: 1}

    take("withdraw_correction", submission)
    start_correction(submission_id=submission.pk, actor=UserFactory(), reason="Doch ein Irrtum")
    sign_in("contributor", "IHK-142")
    page = client.get(address("submission_detail", submission))

    assert open_mark_counts([submission.pk]) == {}
    assert "Doppelt gezählt?" not in text_of(page)


def test_marks_are_of_cells_of_what_is_sent_back(submission):
    mark = marked(submission)
    other = item_of(make_submission("HWK-00032"))

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ReviewMark.objects.create(event=mark.event, item=other, region_id=NRW)

    assert broken_rule(caught.value) == "mark_belongs_to_what_was_sent_back"


@pytest.mark.parametrize(
    "change",
    [
        lambda mark: ReviewMark.objects.filter(pk=mark.pk).update(remark="anders"),
        lambda mark: ReviewMark.objects.filter(pk=mark.pk).update(answer="anders"),
        lambda mark: ReviewMark.objects.filter(pk=mark.pk).delete(),
    ],
)
def test_mark_is_neither_changed_nor_deleted(submission, change):
    mark = marked(submission)
    answer_mark(mark_id=mark.pk, actor=MembershipFactory().user, answer="Das ist richtig so.")

    with pytest.raises(ProgrammingError), transaction.atomic():
        change(mark)
