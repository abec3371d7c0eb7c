"""One step for several submissions: what would happen is shown first, each is taken on its own."""

import datetime as dt

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from measures.exceptions import SecondPersonError, StepNotPossibleError
from measures.models import BatchEntry, ReviewBatch, Submission, SubmissionEvent
from measures.selectors.batches import waiting_batches
from measures.selectors.submission_versions import version_of
from measures.services.batches import complete_batch, confirm_batch, settle_expired_proposals
from measures.services.notices.steps import write_notices_of_proposal
from partners.models import Notice, Organisation
from partners.permissions import access_for
from partners.violations import broken_rule
from tests.factories import MembershipFactory
from tests.measures.reviewing import approved_at_once, take
from tests.measures.submissions import make_submission, move
from tests.measures.test_review_views import text_of
from tests.queries import exactly_queries

pytestmark = pytest.mark.django_db

MANY = 11
LIST, CREATE = "measures:review_selection", "measures:review_batch_create"


def submitted(count: int) -> list[Submission]:
    chambers = Organisation.objects.filter(code__startswith="IHK-").order_by("code")
    codes = chambers.values_list("code", flat=True)[:count]
    return [move(make_submission(code), "submitted") for code in codes]


def reviewer():
    return MembershipFactory(role="reviewer", organisation_code="BMAS").user


def ticked(action: str, *submissions: Submission) -> dict[str, object]:
    versions = {f"seen-{each.pk}": str(version_of(each.pk)) for each in submissions}
    return {"action": action, "submissions": [each.pk for each in submissions], **versions}


def statuses(submissions) -> set[str]:
    return set(Submission.objects.filter(pk__in=[s.pk for s in submissions]).values_list("status", flat=True))


def outcomes(batch: ReviewBatch) -> list[str]:
    return list(batch.entries.values_list("outcome", flat=True))


def test_page_shows_what_would_happen_and_does_nothing(client):
    free, own, changed = submitted(3)
    draft = make_submission("HWK-00032")
    form = ticked("approve", free, own, changed, draft)
    take("begin_review", changed)
    person = reviewer()
    MembershipFactory(user=person, role="contributor", organisation_code=own.organisation.code)
    client.force_login(person)

    page = client.post(reverse(LIST), form)

    found = {each.submission: each.obstacle for each in page.context["candidates"]}
    assert found == {free: None, own: "own", changed: "changed", draft: "moved_on"}
    assert statuses([free, own, changed]) == {"submitted"}
    assert "Ausgenommen: hat sich seit der Auswahl geändert" in text_of(page)
    assert not ReviewBatch.objects.exists()


def test_each_is_approved_on_its_own_with_its_result(client, sign_in):
    one, other, late = submitted(3)
    form = ticked("approve", one, other, late)
    person = sign_in("reviewer", "BMAS")
    move(late, "returned")

    page = client.post(reverse(CREATE), form, follow=True)

    assert statuses([one, other]) == {"approved"}
    assert statuses([late]) == {"returned"}
    batch = ReviewBatch.objects.get()
    assert {event.batch for event in SubmissionEvent.objects.filter(action="approve")} == {batch}
    assert one.events.last().actor == person
    assert "2 Meldungen erledigt." in text_of(page)


def test_umbrella_endorses_its_members_and_nothing_else(client, sign_in):
    own = submitted(2)
    foreign = move(make_submission("HWK-00032"), "submitted")
    sign_in("coordinator", "DIHK")

    refused = client.post(reverse(CREATE), ticked("approve", *own))
    client.post(reverse(CREATE), ticked("endorse", *own))
    client.post(reverse(CREATE), ticked("endorse", foreign))

    assert refused.status_code == 403
    assert statuses(own) == {"endorsed"}
    assert statuses([foreign]) == {"submitted"}


def test_nothing_ticked_is_answered_in_words(client, sign_in):
    sign_in("reviewer", "BMAS")

    answer = client.post(reverse(LIST), {"action": "approve"}, follow=True)

    assert "Es ist nichts ausgewählt." in text_of(answer)


def test_ten_are_approved_by_one_person():
    ten = submitted(10)

    approved_at_once(ten, reviewer())

    assert statuses(ten) == {"approved"}


def test_eleven_wait_for_a_second_person(client):
    many = submitted(MANY)
    first, second = reviewer(), reviewer()
    client.force_login(first)
    asked = client.post(reverse(LIST), ticked("approve", *many))
    client.post(reverse(CREATE), ticked("approve", *many))
    batch = ReviewBatch.objects.get()
    place = reverse("measures:review_batch", args=[batch.pk])

    assert "Eine zweite Person bestätigt" in text_of(asked)
    assert statuses(many) == {"submitted"}
    assert "Bestätigen und freigeben" not in text_of(client.get(place))
    client.post(place)
    assert statuses(many) == {"submitted"}

    client.force_login(second)
    listed = client.get(reverse("measures:review_list"), {"year": 2030})
    assert place in listed.content.decode()
    assert "Bestätigen und freigeben" in text_of(client.get(place))
    client.post(place)

    batch.refresh_from_db()
    assert statuses(many) == {"approved"}
    assert (batch.proposed_by, batch.confirmed_by) == (first, second)
    assert {event.actor for event in batch.events.all()} == {second}
    assert place not in client.get(reverse("measures:review_list")).content.decode()


def test_one_that_drops_out_leaves_no_decision_to_one_person(client):
    many = submitted(MANY)
    form = ticked("approve", *many)
    move(many[0], "returned")
    client.force_login(reviewer())

    page = client.post(reverse(CREATE), form, follow=True)

    batch = ReviewBatch.objects.get()
    assert statuses(many[1:]) == {"submitted"}
    assert (batch.submission_count, batch.is_waiting) == (MANY, True)
    assert outcomes(batch) == ["moved_on", *["pending"] * (MANY - 1)]
    assert "Wartet" in text_of(page)
    confirm_batch(batch_id=batch.pk, actor=reviewer())
    assert statuses(many[1:]) == {"approved"}
    assert outcomes(batch) == ["moved_on", *["done"] * (MANY - 1)]


def test_what_changed_after_the_proposal_is_left_alone():
    many = submitted(MANY)
    batch = approved_at_once(many, reviewer())
    take("begin_review", many[0])
    move(many[1], "returned")

    confirm_batch(batch_id=batch.pk, actor=reviewer())

    assert outcomes(batch) == ["changed", "moved_on", *["done"] * (MANY - 2)]


@pytest.mark.parametrize("who", ["proposer", "confirmer"])
def test_what_either_person_prepared_is_left_to_others(who):
    many = submitted(MANY)
    people = {"proposer": reviewer(), "confirmer": reviewer()}
    MembershipFactory(user=people[who], role="contributor", organisation_code=many[0].organisation.code)
    batch = approved_at_once(many, people["proposer"])

    confirm_batch(batch_id=batch.pk, actor=people["confirmer"])

    assert outcomes(batch) == ["own", *["done"] * (MANY - 1)]


def test_proposal_is_confirmed_once_by_somebody_else_and_in_time():
    many = submitted(MANY)
    first, second = reviewer(), reviewer()
    batch = approved_at_once(many, first)

    with pytest.raises(SecondPersonError):
        confirm_batch(batch_id=batch.pk, actor=first)
    with pytest.raises(SecondPersonError):
        complete_batch(batch_id=batch.pk, actor=second)
    confirm_batch(batch_id=batch.pk, actor=second)
    with pytest.raises(StepNotPossibleError):
        confirm_batch(batch_id=batch.pk, actor=reviewer())


def expired_batch(many, proposer) -> ReviewBatch:
    now = timezone.now()
    batch = ReviewBatch.objects.create(
        action="approve",
        proposed_by=proposer,
        proposed_at=now - dt.timedelta(days=4),
        expires_at=now - dt.timedelta(days=1),
        submission_count=len(many),
    )
    BatchEntry.objects.bulk_create(
        BatchEntry(batch=batch, submission=each, place=place, seen=str(version_of(each.pk)))
        for place, each in enumerate(many, start=1)
    )
    return batch


def test_proposal_that_has_expired_is_not_confirmed(client):
    many = submitted(MANY)
    batch = expired_batch(many, reviewer())

    with pytest.raises(StepNotPossibleError):
        confirm_batch(batch_id=batch.pk, actor=reviewer())
    client.force_login(reviewer())
    page = client.get(reverse("measures:review_batch", args=[batch.pk]))

    assert statuses(many) == {"submitted"}
    assert "es wurde nichts getan" in text_of(page)
    write_notices_of_proposal(batch)
    unread = Notice.objects.unread().filter(kind="proposed")
    assert unread.exists()
    settle_expired_proposals()
    assert not unread.exists()


def test_what_is_left_of_a_batch_is_not_taken_by_whoever_reviews_no_more(client):
    some = submitted(2)
    person = reviewer()
    now = timezone.now()
    batch = ReviewBatch.objects.create(
        action="approve", proposed_by=person, expires_at=now + dt.timedelta(days=1), submission_count=2
    )
    BatchEntry.objects.bulk_create(
        BatchEntry(batch=batch, submission=each, place=place, seen=str(version_of(each.pk)))
        for place, each in enumerate(some, start=1)
    )
    person.memberships.update(role="auditor")
    client.force_login(person)

    client.post(reverse("measures:review_batch", args=[batch.pk]))

    assert statuses(some) == {"submitted"}
    assert outcomes(batch) == ["own", "own"]


def test_only_proposals_that_can_be_confirmed_are_looked_up_as_waiting():
    many = submitted(MANY + 1)
    waiting = approved_at_once(many[:MANY], reviewer())
    expired_batch(many[:MANY], reviewer())
    approved_at_once(many[MANY:], reviewer())

    found = waiting_batches(access_for(reviewer()))

    assert found.count() == 1
    assert list(found) == [each for each in ReviewBatch.objects.all() if each.is_waiting] == [waiting]


def approve_by_sql(submission: Submission, batch: ReviewBatch, actor) -> None:
    SubmissionEvent.objects.create(
        submission=submission,
        action="approve",
        from_status="submitted",
        to_status="approved",
        actor=actor,
        batch=batch,
    )


@pytest.mark.parametrize("who", ["proposer alone", "not confirmed", "expired", "prepared by the proposer"])
def test_database_keeps_the_two_people(who):
    many = submitted(MANY)
    first, second = reviewer(), reviewer()
    batch = expired_batch(many, first) if who == "expired" else approved_at_once(many, first)
    if who == "prepared by the proposer":
        MembershipFactory(user=first, role="contributor", organisation_code=many[0].organisation.code)
        ReviewBatch.objects.filter(pk=batch.pk).update(confirmed_by=second, confirmed_at=timezone.now())

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        approve_by_sql(many[0], batch, first if who == "proposer alone" else second)

    assert broken_rule(caught.value) == "batch_is_for_its_people"


def test_database_keeps_what_was_proposed():
    many = submitted(MANY + 1)
    batch = approved_at_once(many[:MANY], reviewer())

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        BatchEntry.objects.create(batch=batch, submission=many[-1], place=MANY + 1, seen="")
    assert broken_rule(caught.value) == "batch_holds_what_was_proposed"
    for change in (
        lambda: ReviewBatch.objects.filter(pk=batch.pk).update(submission_count=1),
        lambda: batch.entries.update(seen="1-1-1-a"),
        lambda: batch.entries.all().delete(),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


@pytest.mark.parametrize("outcome", ["pending", "own"])
def test_database_keeps_what_became_of_each(outcome):
    batch = approved_at_once(submitted(2), reviewer())
    assert outcomes(batch) == ["done", "done"]

    with pytest.raises(ProgrammingError), transaction.atomic():
        batch.entries.update(outcome=outcome)


def test_database_refuses_a_confirmation_by_the_proposer():
    batch = approved_at_once(submitted(MANY), reviewer())

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ReviewBatch.objects.filter(pk=batch.pk).update(
            confirmed_by=batch.proposed_by, confirmed_at=timezone.now()
        )

    assert broken_rule(caught.value) == "batch_confirmed_by_somebody_else"


def test_what_was_interrupted_is_continued(client):
    many = submitted(MANY)
    second = reviewer()
    batch = approved_at_once(many, reviewer())
    ReviewBatch.objects.filter(pk=batch.pk).update(confirmed_by=second, confirmed_at=timezone.now())
    client.force_login(second)
    place = reverse("measures:review_batch", args=[batch.pk])

    assert "Mit den übrigen fortfahren" in text_of(client.get(place))
    client.post(place)

    assert outcomes(batch) == ["done"] * MANY


def test_batch_of_an_umbrella_is_not_shown_to_another(client, sign_in):
    own = submitted(1)
    sign_in("coordinator", "DIHK")
    client.post(reverse(CREATE), ticked("endorse", *own))
    place = reverse("measures:review_batch", args=[ReviewBatch.objects.get().pk])

    assert client.get(place).status_code == 200
    sign_in("coordinator", "ZDH")
    assert client.get(place).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_what_would_happen_asks_as_often_for_many(client, sign_in, count):
    form = ticked("approve", *submitted(count))
    sign_in("reviewer", "BMAS")
    client.get(reverse("measures:review_missing"))

    with exactly_queries(20):
        client.post(reverse(LIST), form)


def test_step_of_a_batch_shows_in_the_history_who_chose_it(client):
    one = submitted(1)[0]
    person = reviewer()
    approved_at_once([one], person)
    client.force_login(person)

    page = client.get(reverse("measures:submission_history", args=[one.pk]))

    assert f"eine von mehreren auf einmal, ausgewählt von {person}" in text_of(page)
