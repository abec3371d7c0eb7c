"""A responsible organisation reports, a data steward decides, and the database keeps who, when and why."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.db.models import ProtectedError

from measures.enums import CommitmentState
from measures.exceptions import (
    CommitmentOfOneselfError,
    CommitmentReportedMeanwhileError,
    ReasonMissingError,
    StepNotPossibleError,
)
from measures.models import Commitment, CommitmentEvent, CommitmentReport, Resolution
from measures.selectors.meetings.commitments import commitments_to_decide, open_commitments
from partners.permissions import access_for
from partners.violations import broken_rule
from tests.factories import MembershipFactory
from tests.measures.meetings.making import (
    decided,
    make_commitment,
    make_resolution,
    reported,
    steward,
    works_for,
)

pytestmark = pytest.mark.django_db


def states(commitment):
    return list(commitment.events.values_list("from_state", "to_state", "actor", "reason", "report"))


def test_way_from_report_to_decision_is_logged_by_the_database():
    commitment, author, keeper = make_commitment(), works_for("DIHK"), steward()

    report = reported(commitment, author, "in_work", "Zur Hälfte.")
    assert commitments_to_decide(access_for(keeper)).get() == commitment
    decided(commitment, keeper, "in_work", seen=report, reason="Plausibel.")

    commitment.refresh_from_db()
    assert (commitment.state, commitment.state_by) == ("in_work", keeper)
    assert states(commitment) == [("open", "in_work", keeper.pk, "Plausibel.", report)]
    assert not commitments_to_decide(access_for(keeper)).exists()


def test_confirming_a_new_report_is_logged_even_if_the_state_stays():
    commitment, author, keeper = make_commitment(), works_for("DIHK"), steward()
    decided(commitment, keeper, "in_work", seen=reported(commitment, author, "in_work"))

    decided(commitment, keeper, "in_work", seen=reported(commitment, author, "in_work"))

    assert [(before, after) for before, after, *_rest in states(commitment)] == [
        ("open", "in_work"),
        ("in_work", "in_work"),
    ]


def test_report_sent_twice_in_a_row_is_stated_once():
    commitment, author = make_commitment(), works_for("DIHK")

    assert reported(commitment, author, "in_work") == reported(commitment, author, "in_work")
    reported(commitment, author, "in_work", "Fast fertig.")
    assert commitment.reports.count() == 2


def test_decision_sent_twice_in_a_row_is_logged_once():
    commitment, keeper = make_commitment(), steward()

    for _click in range(2):
        decided(commitment, keeper, "in_work")

    assert commitment.events.count() == 1
    assert decided(commitment, keeper, "in_work", reason="Doch belegt.").events.count() == 2


def test_newer_report_is_read_before_it_is_decided_on():
    commitment, author, keeper = make_commitment(), works_for("DIHK"), steward()
    first = reported(commitment, author)
    reported(commitment, author, "not_kept", "Doch nicht.")

    for seen in (None, first):
        with pytest.raises(CommitmentReportedMeanwhileError):
            decided(commitment, keeper, seen=seen)
    assert states(commitment) == []


@pytest.mark.parametrize(
    ("role", "organisation"),
    [
        ("contributor", "ZDH"),
        ("contributor", "IHK-142"),
        ("reviewer", "BMAS"),
        ("auditor", "BMAS"),
        ("data_steward", "BMAS"),
    ],
)
def test_nobody_reports_for_another_organisation(role, organisation):
    commitment = make_commitment()

    with pytest.raises(StepNotPossibleError):
        reported(commitment, works_for(organisation, role))


@pytest.mark.parametrize(("role", "organisation"), [("coordinator", "DIHK"), ("reviewer", "BMAS")])
def test_nobody_but_a_data_steward_decides(role, organisation):
    with pytest.raises(StepNotPossibleError):
        decided(make_commitment(), works_for(organisation, role))


def test_whoever_reported_does_not_decide_on_it():
    keeper = steward()
    MembershipFactory(user=keeper, role="contributor", organisation_code="BMAS")
    commitment = make_commitment("BMAS")
    report = reported(commitment, keeper)

    with pytest.raises(CommitmentOfOneselfError):
        decided(commitment, keeper, seen=report)
    decided(commitment, steward(), seen=report)

    assert Commitment.objects.get(pk=commitment.pk).state == "kept"


def test_words_are_needed_for_both():
    commitment = make_commitment()

    with pytest.raises(ReasonMissingError):
        reported(commitment, works_for("DIHK"), text=" ")
    with pytest.raises(ReasonMissingError):
        decided(commitment, steward(), reason=" ")


def test_dropped_commitment_is_not_reported_on():
    commitment = make_commitment()
    decided(commitment, steward(), "dropped")

    with pytest.raises(StepNotPossibleError):
        reported(commitment, works_for("DIHK"))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"state": "kept"}, "commitment_state_has_who_and_why"),
        ({"state": "kept", "state_reason": " "}, "commitment_state_has_who_and_why"),
        ({"state": "lost", "state_reason": "Weil."}, "commitment_state_has_who_and_why"),
        ({"state_reason": "Anders."}, "commitment_state_has_who_and_why"),
    ],
)
def test_database_refuses_a_state_without_who_and_why(change, rule):
    commitment = make_commitment()

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Commitment.objects.filter(pk=commitment.pk).update(**change)

    assert broken_rule(caught.value) == rule


def test_database_refuses_the_report_of_another_commitment():
    commitment, other, keeper = make_commitment(), make_commitment("ZDH"), steward()
    foreign = reported(other, works_for("ZDH"))

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Commitment.objects.filter(pk=commitment.pk).update(
            state="kept", state_by=keeper, state_reason="Weil.", state_report=foreign
        )

    assert broken_rule(caught.value) == "commitment_decided_on_its_own_report"


@pytest.mark.parametrize("model", [CommitmentEvent, CommitmentReport])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_reports_and_log_stay_as_they_were_written(model, change):
    commitment = make_commitment()
    decided(commitment, steward(), seen=reported(commitment, works_for("DIHK")))
    rows = model.objects.all()
    assert rows.count() >= 1

    with pytest.raises(ProgrammingError), transaction.atomic():
        rows.update(at="2020-01-01T00:00Z") if change == "update" else rows._raw_delete(rows.db)


def test_commitment_stays_with_its_organisation_and_resolution():
    commitment, other = make_commitment(), make_resolution("ZDH")

    with pytest.raises(ProgrammingError), transaction.atomic():
        Commitment.objects.filter(pk=commitment.pk).update(resolution=other)


def test_commitment_that_was_decided_on_is_not_deleted():
    commitment = make_commitment()
    decided(commitment, steward())

    with pytest.raises(ProtectedError):
        commitment.delete()


def test_open_commitments_are_those_of_whom_a_person_acts_for_by_due_date():
    later = make_commitment(due_on="2030-09-01")
    sooner = make_commitment(due_on="2030-05-01")
    without_a_day = make_commitment()
    done = make_commitment(due_on="2030-01-01")
    decided(done, steward())
    foreign = make_commitment("ZDH")

    def open_to(user):
        return list(open_commitments(access_for(user)).filter(resolution__code=None))

    assert open_to(works_for("DIHK")) == [sooner, later, without_a_day]
    assert open_to(works_for("ZDH", "coordinator")) == [foreign]
    assert open_to(steward()) == []
    assert open_to(works_for("IHK-142")) == []


@pytest.mark.parametrize(
    ("each", "whole"),
    [
        ((), "open"),
        (("open", "open"), "open"),
        (("open", "in_work"), "in_work"),
        (("open", "kept"), "in_work"),
        (("kept", "kept"), "kept"),
        (("kept", "dropped"), "kept"),
        (("dropped", "dropped"), "dropped"),
        (("dropped", "open"), "open"),
        (("kept", "not_kept"), "not_kept"),
    ],
)
def test_state_of_a_resolution_follows_from_its_commitments(each, whole):
    resolution, keeper = make_resolution("DIHK", "ZDH") if each else make_resolution(), steward()
    for commitment, state in zip(resolution.commitments.all(), each, strict=True):
        if state != "open":
            decided(commitment, keeper, CommitmentState(state))

    assert Resolution.objects.with_state().get(pk=resolution.pk).state == whole


def test_starting_data_state_what_sources_state():
    found = {
        each.code: (each.state, each.commitments.count(), each.targets.count())
        for each in Resolution.objects.filter(code__isnull=False).with_state()
    }

    assert found == {
        "C01": ("not_kept", 5, 1),
        "C02": ("open", 3, 4),
        "C03": ("open", 4, 4),
        "C05": ("open", 2, 1),
        "C12": ("kept", 1, 3),
    }
    assert CommitmentEvent.objects.filter(commitment__resolution__code="C12", actor=None).count() == 1
