"""Steps around the review: begin it, withdraw, ask back, withdraw a correction."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from measures.enums import Side
from measures.exceptions import StepNotPossibleError
from measures.models import ApprovedFigure, SubmissionEvent
from measures.selectors.imports.dependents import dependents_of
from measures.services.discussion import add_comment
from partners.permissions import access_for
from partners.violations import broken_rule
from tests.factories import MembershipFactory, UserFactory
from tests.measures.imports.undoing import undo
from tests.measures.reviewing import commented, take
from tests.measures.spreadsheets import bring_in, row, workbook
from tests.measures.submissions import (
    approve_submission,
    item_of,
    make_submission,
    move,
    put,
    seen,
    start_correction,
    submit_submission,
)
from tests.measures.test_review_views import address, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    submission = make_submission()
    put(item_of(submission), 5)
    return submission


@pytest.fixture
def approved(submission):
    submit_submission(submission_id=submission.pk, actor=UserFactory())
    approve_submission(submission_id=submission.pk, actor=UserFactory())
    submission.refresh_from_db()
    return submission


def actions(submission):
    return [event.action for event in submission.events.all()]


def test_partner_withdraws_before_the_review_begins(client, sign_in, submission):
    move(submission, "submitted")
    sign_in("contributor", "IHK-142")

    page = client.get(address("submission_detail", submission))
    answer = client.post(address("submission_withdraw", submission), seen(submission), follow=True)

    submission.refresh_from_db()
    assert address("submission_withdraw", submission) in page.content.decode()
    assert 'href="#steps"' in page.content.decode()  # the buttons stand below all values
    assert address("submission_ask_back", submission) not in page.content.decode()
    assert submission.status == "draft"
    assert "Die Meldung ist wieder ein Entwurf." in text_of(answer)


def reviewer_begins(submission):
    take("begin_review", submission)


def umbrella_endorses(submission):
    move(submission, "endorsed")


def reviewer_comments(submission):
    reviewer = MembershipFactory(role="reviewer", organisation_code="BMAS").user
    commented(submission, reviewer, side=Side.REVIEW, with_file=False)


@pytest.mark.parametrize("begin", [reviewer_begins, umbrella_endorses, reviewer_comments])
def test_once_the_review_has_begun_the_partner_asks_and_cannot_withdraw(client, sign_in, submission, begin):
    move(submission, "submitted")
    begin(submission)
    sign_in("contributor", "IHK-142")

    page = client.get(address("submission_detail", submission)).content.decode()
    refused = client.post(address("submission_withdraw", submission), seen(submission))
    asked = client.post(address("submission_ask_back", submission), seen(submission, reason="Zahl fehlt"))
    again = client.post(address("submission_ask_back", submission), seen(submission))

    assert address("submission_withdraw", submission) not in page
    assert address("submission_ask_back", submission) in page
    assert [refused.status_code, asked.status_code, again.status_code] == [409, 302, 409]
    assert actions(submission).count("ask_back") == 1


def test_a_comment_of_the_partner_begins_no_review(submission):
    move(submission, "submitted")
    commented(submission, with_file=False)

    assert actions(submission) == ["submit"]


def test_a_second_comment_begins_nothing_again(submission):
    move(submission, "submitted")
    reviewer_comments(submission)
    reviewer_comments(submission)

    assert actions(submission) == ["submit", "begin_review"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [("Zahl fehlt", "Zahl fehlt"), ("", "Die Organisation hat um die Rückgabe der Meldung gebeten.")],
)
def test_reviewers_see_the_request_and_send_back_with_its_words(client, sign_in, submission, words, reason):
    move(submission, "submitted")
    take("begin_review", submission)
    take("ask_back", submission, reason=words)
    sign_in("reviewer", "BMAS")

    listed = client.get(reverse("measures:review_list"), {"year": 2030})
    page = client.get(address("review_detail", submission))
    assert "um Rückgabe gebeten" in text_of(listed)
    assert "Die Organisation bittet um die Rückgabe der Meldung" in text_of(page)
    assert f'value="{reason}"' in page.content.decode()
    client.post(address("submission_send_back", submission), seen(submission, reason=reason))

    event = submission.events.last()
    assert (event.action, event.to_status, event.reason) == ("send_back", "returned", reason)


def test_a_request_is_over_once_it_is_submitted_again(client, sign_in, submission):
    move(submission, "submitted")
    take("begin_review", submission)
    take("ask_back", submission)
    submission.refresh_from_db()
    move(submission, "returned", "submitted")
    sign_in("reviewer", "BMAS")

    assert "um Rückgabe gebeten" not in text_of(client.get(reverse("measures:review_list"), {"year": 2030}))
    assert client.get(address("review_detail", submission)).context["request_back"] is None


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("withdraw", "submitted", "draft"),  # the review has begun
        ("begin_review", "submitted", "submitted"),  # it has already
    ],
)
def test_database_refuses_steps_that_what_happened_leaves_no_room_for(submission, action, before, after):
    move(submission, "submitted")
    take("begin_review", submission)

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        SubmissionEvent.objects.create(
            submission=submission, action=action, from_status=before, to_status=after, actor=UserFactory()
        )

    assert broken_rule(caught.value) == "step_suits_what_happened"


def test_unchanged_correction_is_withdrawn_and_approves_nothing_anew(client, sign_in, approved):
    before = list(ApprovedFigure.objects.values_list("pk", "version"))
    signed = (approved.approved_at, approved.approved_by_id)
    start_correction(submission_id=approved.pk, actor=UserFactory(), reason="Irrtum")
    item_of(approved).figures.update(value=6)
    item_of(approved).figures.update(value=5)
    sign_in("contributor", "IHK-142")

    answer = client.post(address("submission_withdraw_correction", approved), seen(approved), follow=True)

    approved.refresh_from_db()
    assert approved.status == "approved"
    assert (approved.approved_at, approved.approved_by_id) == signed
    assert list(ApprovedFigure.objects.values_list("pk", "version")) == before
    assert "Die Korrektur wurde zurückgenommen." in text_of(answer)


def different_value(item):
    item.figures.update(value=6)


def different_remark(item):
    item.figures.update(note="neu")


def one_more(item):
    put(item, 1, target_group="J1")


def one_less(item):
    item.figures.all().delete()


def different_date(item):
    type(item).objects.filter(pk=item.pk).update(data_as_of="2030-12-31")


@pytest.mark.parametrize("change", [different_value, different_remark, one_more, one_less, different_date])
def test_correction_that_changed_something_is_not_withdrawn(approved, change):
    start_correction(submission_id=approved.pk, actor=UserFactory(), reason="Nachtrag")
    change(item_of(approved))

    with pytest.raises(StepNotPossibleError):
        take("withdraw_correction", approved)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        SubmissionEvent.objects.create(
            submission=approved,
            action="withdraw_correction",
            from_status="draft",
            to_status="approved",
            actor=UserFactory(),
        )
    assert broken_rule(caught.value) == "step_suits_what_happened"


def test_draft_that_was_never_approved_has_no_correction_to_withdraw():
    with pytest.raises(StepNotPossibleError):
        take("withdraw_correction", make_submission())


def test_undoing_an_import_gives_the_approval_back(client, approved):
    steward = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    signed = (approved.approved_at, approved.approved_by_id)
    run = bring_in(workbook([row(7)]), steward, reason="Nachmeldung")
    approved.refresh_from_db()
    assert approved.status == "draft"
    client.force_login(steward)
    page = client.get(reverse("measures:import_undo", args=[run.pk, run.steps.get().pk]))

    undo(run, steward)

    approved.refresh_from_db()
    assert page.context["dependents"].to_return == [approved]
    assert "Diese Meldungen sind danach wieder freigegeben" in text_of(page)
    assert (approved.status, approved.approved_at, approved.approved_by_id) == ("approved", *signed)
    last = approved.events.last()
    assert (last.action, last.actor, last.import_run) == ("withdraw_correction", steward, run)


def test_undoing_gives_nobody_a_right_to_withdraw_the_correction(approved):
    """An umbrella may undo what it may upload, but corrections are its member's and the ministry's."""
    steward = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    run = bring_in(workbook([row(7)]), steward, reason="Nachmeldung")
    coordinator = MembershipFactory(role="coordinator", organisation_code="DIHK").user
    shown = dependents_of(run.steps.get(), access_for(coordinator))

    undo(run, coordinator)

    approved.refresh_from_db()
    assert (shown.to_return, shown.to_stay) == ([], [approved])
    assert approved.status == "draft"


def test_submission_that_differs_by_more_than_the_import_stays_open(client, approved):
    steward = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    run = bring_in(workbook([row(7)]), steward, reason="Nachmeldung")
    put(item_of(approved, "additional_places"), 3)
    client.force_login(steward)
    page = client.get(reverse("measures:import_undo", args=[run.pk, run.steps.get().pk]))

    undo(run, steward)

    approved.refresh_from_db()
    assert (page.context["dependents"].to_return, page.context["dependents"].to_stay) == ([], [approved])
    assert approved.status == "draft"


def test_correction_that_a_person_began_is_theirs_to_withdraw(approved):
    steward = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    start_correction(submission_id=approved.pk, actor=UserFactory(), reason="Nachtrag")
    run = bring_in(workbook([row(7)]), steward)

    undo(run, steward)

    approved.refresh_from_db()
    assert approved.status == "draft"


def test_history_names_who_undid_and_not_who_entered(client, approved):
    steward = MembershipFactory(
        user__first_name="Stefan", user__last_name="Steuer", role="data_steward", organisation_code="BMAS"
    ).user
    run = bring_in(workbook([row(7)]), steward, reason="Nachmeldung")
    other = MembershipFactory(
        user__first_name="Doris", user__last_name="Daten", role="data_steward", organisation_code="BMAS"
    ).user
    undo(run, other)
    client.force_login(other)

    page = client.get(address("submission_history", approved))

    [(newest, author), *_earlier] = page.context["rows"]
    assert (newest.pgh_label, author) == ("update", other)
    assert "Doris Daten durch Rückgängigmachen eines Imports" in text_of(page)


def test_auditor_writes_no_comment(client, sign_in, submission):
    sign_in("auditor", "BMAS")

    answer = client.post(address("submission_discussion", submission), {"text": "Hallo"})

    assert answer.status_code == 403
    assert not submission.comments.exists()


def test_comment_names_for_whom_it_was_written(submission):
    author = MembershipFactory(role="coordinator", organisation_code="DIHK").user

    comment = add_comment(
        submission=submission,
        access=access_for(author),
        author=author,
        side=Side.UMBRELLA,
        text="  Bitte prüfen.  ",
    )

    assert (comment.text, comment.organisation.code) == ("Bitte prüfen.", "DIHK")


def test_comment_for_the_umbrella_is_not_put_down_to_where_its_author_records(submission):
    author = MembershipFactory(role="coordinator", organisation_code="DIHK").user
    MembershipFactory(user=author, role="contributor", organisation_code="BA")
    MembershipFactory(user=author, role="contributor", organisation_code="HWK-00032")

    comment = commented(submission, author, side=Side.UMBRELLA, with_file=False)

    assert comment.organisation.code == "DIHK"
