"""A submission's way through review."""

from decimal import Decimal

import pytest

from measures.exceptions import ReasonMissingError, StepNotPossibleError, SubmissionHasFindingsError
from measures.models import ApprovedFigure, Figure
from measures.selectors.changes import changes_since_approval
from measures.selectors.submission_versions import versions_of
from measures.services.review import approve_submissions, submit_submissions
from tests.factories import UserFactory
from tests.measures.submissions import (
    NOTHING,
    YEAR,
    approve_submission,
    endorse_submission,
    item_of,
    make_submission,
    move,
    number,
    put,
    send_back_submission,
    start_correction,
    submit_submission,
)

pytestmark = pytest.mark.django_db

STEPS = {
    "draft": [],
    "submitted": ["submitted"],
    "endorsed": ["submitted", "endorsed"],
    "approved": ["submitted", "approved"],
    "returned": ["submitted", "returned"],
}


@pytest.fixture
def actor():
    return UserFactory()


@pytest.fixture
def submission():
    return make_submission()


def events(submission):
    return list(submission.events.values_list("action", "from_status", "to_status", "reason"))


def approved(submission):
    rows = ApprovedFigure.objects.filter(item__submission=submission).order_by("target_group_id")
    return [(row.target_group_id, row.value, row.absence) for row in rows]


def test_submit_hands_over_with_who_and_when_and_leaves_an_event(submission, actor):
    put(item_of(submission), 5)

    submit_submission(submission_id=submission.pk, actor=actor, comment="  Alles geprüft.  ")

    submission.refresh_from_db()
    assert (submission.status, submission.submitted_by) == ("submitted", actor)
    assert submission.submitted_at is not None
    assert events(submission) == [("submit", "draft", "submitted", "Alles geprüft.")]


@pytest.mark.parametrize(
    ("step", "allowed"),
    [
        (lambda pk, actor: submit_submission(submission_id=pk, actor=actor), {"draft", "returned"}),
        (lambda pk, actor: endorse_submission(submission_id=pk, actor=actor), {"submitted"}),
        (
            lambda pk, actor: send_back_submission(submission_id=pk, actor=actor, reason="Bitte prüfen"),
            {"submitted", "endorsed"},
        ),
        (
            lambda pk, actor: approve_submission(submission_id=pk, actor=actor),
            {"submitted", "endorsed"},
        ),
        (
            lambda pk, actor: start_correction(submission_id=pk, actor=actor, reason="Tippfehler"),
            {"approved"},
        ),
    ],
    ids=["submit", "endorse", "send_back", "approve", "correct"],
)
@pytest.mark.parametrize("status", STEPS)
def test_step_is_possible_from_its_states_only(submission, actor, status, step, allowed):
    move(submission, *STEPS[status])
    before = submission.events.count()

    if status in allowed:
        assert step(submission.pk, actor).status != status
        assert submission.events.count() == before + 1
    else:
        with pytest.raises(StepNotPossibleError):
            step(submission.pk, actor)
        assert submission.events.count() == before


@pytest.mark.parametrize("reason", ["", "   "])
def test_send_back_and_correction_need_a_reason(submission, actor, reason):
    move(submission, "submitted")
    before = events(submission)

    with pytest.raises(ReasonMissingError):
        send_back_submission(submission_id=submission.pk, actor=actor, reason=reason)
    with pytest.raises(ReasonMissingError):
        start_correction(submission_id=submission.pk, actor=actor, reason=reason)
    assert events(submission) == before


def test_error_of_the_checks_blocks_submitting_even_with_a_comment(submission, actor):
    put(item_of(submission), 10)
    put(item_of(submission), 11, target_group="J1")

    with pytest.raises(SubmissionHasFindingsError) as caught:
        submit_submission(submission_id=submission.pk, actor=actor, comment="stimmt so")

    assert [finding.code for finding in caught.value.findings] == ["group_within_total"]
    submission.refresh_from_db()
    assert submission.status == "draft"


def test_query_of_the_checks_needs_a_comment(submission, actor):
    put(item_of(make_submission(year=YEAR - 1)), 10)
    put(item_of(submission), 100)

    with pytest.raises(SubmissionHasFindingsError) as caught:
        submit_submission(submission_id=submission.pk, actor=actor, comment=" ")
    submit_submission(submission_id=submission.pk, actor=actor, comment="Neues Programm")

    assert [finding.code for finding in caught.value.findings] == ["no_jump_from_last_year"]
    assert events(submission) == [("submit", "draft", "submitted", "Neues Programm")]


def test_last_year_by_occupation_is_compared_as_its_sum(submission, actor):
    before = item_of(make_submission(year=YEAR - 1))
    before.occupation_level = 2
    before.save()
    put(before, 50, occupation="01")
    put(before, 50, occupation="11")
    put(item_of(submission), 101)

    submit_submission(submission_id=submission.pk, actor=actor)

    assert events(submission) == [("submit", "draft", "submitted", "")]


def test_approval_copies_the_figures_with_their_versions(submission, actor):
    item = item_of(submission)
    put(item, 5)
    put(item, None, absence="confidential", target_group="J1")
    Figure.objects.filter(target_group="_T").update(value=6, quality="preliminary")
    move(submission, "submitted")

    approve_submission(submission_id=submission.pk, actor=actor)

    assert approved(submission) == [("J1", None, "confidential"), ("_T", Decimal(6), None)]
    rows = ApprovedFigure.objects.select_related("version")
    assert {(row.version.value, row.version.absence) for row in rows} == {
        (Decimal(6), None),
        (None, "confidential"),
    }
    assert [row.quality for row in rows.order_by("target_group_id")] == ["final", "preliminary"]
    submission.refresh_from_db()
    assert (submission.status, submission.approved_by) == ("approved", actor)


def test_approved_figures_stay_in_force_until_the_correction_is_approved(submission, actor):
    item = item_of(submission)
    put(item, 5)
    put(item, 2, target_group="J1")
    move(submission, "submitted")
    approve_submission(submission_id=submission.pk, actor=UserFactory())
    start_correction(submission_id=submission.pk, actor=actor, reason="Doppelt gezählt")
    Figure.objects.filter(target_group="_T").update(value=4)
    Figure.objects.filter(target_group="J1").delete()
    put(item, 3, target_group="J2")

    assert approved(submission) == [("J1", Decimal(2), None), ("_T", Decimal(5), None)]
    submission.refresh_from_db()
    assert [
        (change.kind, change.target_group, change.before, change.after)
        for change in changes_since_approval(submission)
    ] == [
        ("deleted", "Junge Menschen mit akademischer Vorbildung", number(2), NOTHING),
        ("new", "Benachteiligte junge Menschen", NOTHING, number(3)),
        ("changed", "Alle Zielgruppen", number(5), number(4)),
    ]

    submit_submission(submission_id=submission.pk, actor=actor)
    approve_submission(submission_id=submission.pk, actor=UserFactory())

    assert approved(submission) == [("J2", Decimal(3), None), ("_T", Decimal(4), None)]
    submission.refresh_from_db()
    assert changes_since_approval(submission) == []


def test_approving_again_leaves_unchanged_rows_alone(submission, actor):
    put(item_of(submission), 5)
    move(submission, "submitted")
    approve_submission(submission_id=submission.pk, actor=UserFactory())
    before = ApprovedFigure.objects.values_list("pk", "version").get()
    start_correction(submission_id=submission.pk, actor=actor, reason="Nachtrag")
    submit_submission(submission_id=submission.pk, actor=actor)

    approve_submission(submission_id=submission.pk, actor=UserFactory())

    assert ApprovedFigure.objects.values_list("pk", "version").get() == before


def test_approval_leaves_other_submissions_alone(submission, actor):
    other = make_submission("IHK-112")
    region = other.organisation.region_id
    put(item_of(submission), 5)
    put(item_of(other), 7, region=region)
    move(submission, "submitted")

    approve_submission(submission_id=submission.pk, actor=UserFactory())

    assert approved(other) == []


def test_nothing_is_said_to_have_changed_before_the_first_approval(submission):
    put(item_of(submission), 5)

    assert changes_since_approval(submission) == []


@pytest.mark.parametrize("count", [1, 3])
def test_bulk_steps_take_a_constant_number_of_queries(actor, count, django_assert_num_queries):
    submissions = [make_submission(code) for code in ("IHK-142", "IHK-112", "IHK-101")[:count]]
    for submission in submissions:
        put(item_of(submission), 5, region=submission.organisation.region_id)
    drafts = versions_of(submission.pk for submission in submissions)

    with django_assert_num_queries(16):
        submitted = submit_submissions(seen=drafts, actor=actor)
    handed_over, reviewer = versions_of(drafts), UserFactory()
    with django_assert_num_queries(19):
        done = approve_submissions(seen=handed_over, actor=reviewer)

    assert [len(submitted.done), len(done.done), ApprovedFigure.objects.count()] == [count] * 3


def test_bulk_submit_says_what_was_held_and_what_had_moved_on(submission, actor):
    held, moved = make_submission("IHK-112"), make_submission("IHK-101")
    put(item_of(held), 1, region=held.organisation.region_id)
    put(item_of(held), 2, region=held.organisation.region_id, target_group="J1")
    move(moved, "submitted")

    steps = submit_submissions(seen=versions_of([submission.pk, held.pk, moved.pk]), actor=actor)

    assert [s.pk for s in steps.done] == [submission.pk]
    assert [s.pk for s in steps.moved_on] == [moved.pk]
    assert {pk: [f.code for f in found] for pk, found in steps.held.items()} == {
        held.pk: ["group_within_total"]
    }
