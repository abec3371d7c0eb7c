"""Nobody approves or endorses what they prepared, by the pages, the services or SQL."""

import datetime as dt
from itertools import chain

import pghistory
import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from measures.exceptions import SeparateDutiesError
from measures.models import FigureVersion, ImportRun, Indicator, SourceFile
from measures.permissions import _PREPARED, can, prepared_by
from measures.selectors.submission_versions import versions_of
from measures.services.checks import CheckPlan, change_check, end_check
from measures.services.review import approve_submissions
from measures.workflow import WORKFLOW, SubmissionAction
from partners.models import Membership
from partners.permissions import access_for
from partners.violations import broken_rule
from tests.factories import MembershipFactory, UserFactory
from tests.measures.checking import make_check, waived
from tests.measures.submissions import (
    NOTHING,
    NRW,
    YEAR,
    approve_submission,
    item_of,
    make_submission,
    move,
    number,
    put,
    save_figure,
    seen,
    start_correction,
    submit_submission,
    take_step,
    with_dates,
)
from tests.measures.test_review_views import address, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    """Somebody who reviews and coordinates, and whom nothing but their own work keeps from deciding."""
    reviewer = MembershipFactory(role="reviewer", organisation_code="BMAS").user
    return MembershipFactory(user=reviewer, role="coordinator", organisation_code="DIHK").user


@pytest.fixture
def submission():
    return make_submission()


def recorded(submission, person):
    save_figure(item_id=item_of(submission).pk, region=NRW, entry=number(5), seen=NOTHING, actor=person)


def overwritten_by_somebody_else(submission, person):
    recorded(submission, person)
    save_figure(
        item_id=item_of(submission).pk, region=NRW, entry=number(6), seen=number(5), actor=UserFactory()
    )


def cleared(submission, person):
    put(item_of(submission), 5)
    save_figure(item_id=item_of(submission).pk, region=NRW, entry=NOTHING, seen=number(5), actor=person)


def written_by_sql_under_their_name(submission, person):
    with pghistory.context(user=person.pk):
        put(item_of(submission), 5)


def imported(part):
    def _imported(submission, person):
        somebody = UserFactory()
        people = {"created_by": somebody, "applied_by": somebody} | {part: person}
        file = SourceFile.objects.create(sha256="0" * 64, name="a.csv", size=1, uploaded_by=somebody)
        run = ImportRun.objects.create(source_file=file, file_name="a.csv", **people)
        figure = put(item_of(submission), 5)
        type(figure).objects.filter(pk=figure.pk).update(
            origin="import", import_run=run, sheet="A", cell="B2", entered_by=somebody
        )

    return _imported


def submitted(submission, person):
    move(submission, "submitted", "returned", by=person)


def records_for_it(submission, person):
    MembershipFactory(user=person, role="contributor", organisation_code="IHK-142")


def waived_an_error(submission, person):
    waived(make_check(severity="error"), person, "IHK-142")


def changed(check, person, **facts):
    """The same check with something else about it, by the service, as of now."""
    known = {
        "severity": check.severity,
        "parameters": check.parameters,
        "text_de": check.text_de,
        "text_en": check.text_en,
        "valid_from": check.valid_from,
        "valid_until": check.valid_until,
    }
    return change_check(check_id=check.pk, plan=CheckPlan(**known | facts), actor=person, reason="Zu streng")


def ended_an_error(submission, person):
    check = make_check(severity="error")
    end_check(check_id=check.pk, last_year=YEAR - 1, actor=person, reason="Zu streng")


WAYS = {
    "recorded": recorded,
    "overwritten": overwritten_by_somebody_else,
    "cleared": cleared,
    "by SQL": written_by_sql_under_their_name,
    "uploaded": imported("created_by"),
    "applied": imported("applied_by"),
    "mapping confirmed": imported("reading_requested_by"),
    "submitted": submitted,
    "records for it": records_for_it,
    "waived an error": waived_an_error,
    "ended an error": ended_an_error,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("action", ["approve", "endorse"])
def test_who_prepared_it_decides_nothing(client, submission, person, way, action):
    WAYS[way](submission, person)
    move(submission, "submitted")
    client.force_login(person)

    page = client.get(address("review_detail", submission))
    answer = client.post(address(f"submission_{action}", submission), seen(submission))
    with pytest.raises(SeparateDutiesError):
        take_step(step=WORKFLOW.step(action), submission_id=submission.pk, actor=person)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        move(submission, {"approve": "approved", "endorse": "endorsed"}[action], by=person)

    assert broken_rule(refused.value) == "decided_by_somebody_else"
    assert reverse(f"measures:submission_{action}", args=[submission.pk]) not in page.content.decode()
    assert "Andere entscheiden" in text_of(page)
    assert answer.status_code == 403
    if (action, way) != ("endorse", "records for it"):  # there the role is missing already
        assert "Diese Meldung muss jemand anderes mittragen oder freigeben" in text_of(answer)
    assert not can(access_for(person), SubmissionAction(action), submission)


@pytest.mark.parametrize("status", [("submitted",), ("submitted", "endorsed")])
def test_who_had_no_part_in_it_decides(client, submission, person, status):
    recorded(submission, UserFactory())
    move(submission, *status)
    client.force_login(person)

    page = client.get(address("review_detail", submission))

    assert "Andere entscheiden" not in text_of(page)
    assert client.post(address("submission_approve", submission), seen(submission)).status_code == 302


def test_own_submission_of_a_ministry_is_approved_by_another_body(submission):
    own = make_submission("BMAS", indicators=("migrant_companies",))
    inside, outside, gone = (
        MembershipFactory(role="reviewer", organisation_code=code).user for code in ("BMAS", "BMWi", "BMWi")
    )
    MembershipFactory(
        user=gone, role="auditor", organisation_code="BMAS", valid_from="2020-01-01", valid_until="2020-12-31"
    )
    move(own, "submitted")

    assert [prepared_by(person.pk, [own.pk]) for person in (inside, outside, gone)] == [
        {own.pk},
        set(),
        set(),
    ]
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        move(own, "approved", by=inside)
    assert broken_rule(refused.value) == "decided_by_somebody_else"
    own.refresh_from_db()
    assert can(access_for(inside), SubmissionAction.SEND_BACK, own)
    approve_submission(submission_id=own.pk, actor=outside)


ASKED_OF_OTHERS = {
    "a draft": lambda person: waived(make_check(severity="error", status="draft"), person),
    "ended before": lambda person: waived(
        make_check(severity="error", status="ended", valid_until=YEAR - 1), person
    ),
    "beginning later": lambda person: waived(make_check(severity="error", valid_from=YEAR + 1), person),
    "another indicator": lambda person: waived(
        make_check(severity="error", parameters={"indicators": ["internships"], "minimum": "5"}), person
    ),
    "other indicators of a formula": lambda person: waived(
        make_check(kind="formula", severity="error", parameters={"formula": "training <= internships"}),
        person,
    ),
    "another indicator, waived alone": lambda person: waived(
        make_check(severity="error", parameters={"minimum": "5"}),
        person,
        indicator=Indicator.objects.get(code="internships"),
    ),
    "a group of the same name in a formula": lambda person: waived(
        make_check(
            kind="formula",
            severity="error",
            parameters={"formula": "internships[training_placements] <= companies_won"},
        ),
        person,
    ),
    "a formula that also needs what is not due": lambda person: waived(
        make_check(
            kind="formula",
            severity="error",
            parameters={"formula": "training_placements.last_year <= migrant_companies"},
        ),
        person,
    ),
    "what another asks for that is not due": lambda person: waived(
        make_check(
            kind="compulsory",
            severity="error",
            parameters={"indicators": ["internships"], "required": ["training_placements"]},
        ),
        person,
    ),
    "a query": lambda person: waived(make_check(), person),
}


@pytest.mark.parametrize("waiver", ASKED_OF_OTHERS)
def test_waiver_of_what_is_not_asked_of_a_submission_keeps_nobody_from_it(submission, person, waiver):
    ASKED_OF_OTHERS[waiver](person)
    move(submission, "submitted")

    assert not prepared_by(person.pk, [submission.pk])
    move(submission, "approved", by=person)


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("range", {"minimum": "5"}),
        ("formula", {"formula": "2 * additional_places[J1] <= training_placements.last_year + 1e3"}),
        ("compulsory", {"indicators": ["additional_places"], "required": ["training_placements"]}),
    ],
)
def test_waiver_binds_where_its_check_is_asked_of_an_indicator(submission, person, kind, parameters):
    waived(make_check(kind=kind, severity="error", parameters=parameters), person)

    assert prepared_by(person.pk, [submission.pk]) == {submission.pk}


WIDER = {"indicators": ["training_placements"], "minimum": "5", "maximum": "5000"}


@pytest.mark.parametrize(
    "facts",
    [{"severity": "query"}, {"severity": "note"}, {"parameters": WIDER}, {"valid_from": YEAR + 1}],
)
def test_error_that_somebody_took_away_binds_them_until_it_is_back(submission, person, facts):
    check = make_check(severity="error")
    changed(check, person, **facts)
    move(submission, "submitted")

    assert prepared_by(person.pk, [submission.pk]) == {submission.pk}
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        move(submission, "approved", by=person)
    assert broken_rule(refused.value) == "decided_by_somebody_else"
    changed(check, UserFactory())
    assert not prepared_by(person.pk, [submission.pk])


SPARES_NOTHING = {
    "another text": {"text_de": "5 bis 50 Stellen"},
    "years that are over": {"valid_from": YEAR},
}


@pytest.mark.parametrize("change", SPARES_NOTHING)
def test_change_of_a_check_that_spares_a_submission_nothing_keeps_nobody_from_it(submission, person, change):
    changed(make_check(severity="error"), person, **SPARES_NOTHING[change])

    assert not prepared_by(person.pk, [submission.pk])


def test_change_of_a_check_binds_who_made_it_where_it_was_an_error_in_its_round(submission, person):
    check = make_check(severity="error")
    other = make_check("others", severity="error", parameters={"indicators": ["internships"], "minimum": "5"})
    changed(other, person, severity="note")
    changed(changed(check, UserFactory(), severity="query"), person, severity="note")
    assert not prepared_by(person.pk, [submission.pk])

    changed(make_check("more", severity="error"), person, severity="note")
    assert prepared_by(person.pk, [submission.pk]) == {submission.pk}
    with_dates(submission.round, opens_on=timezone.localdate() + dt.timedelta(days=1))
    assert not prepared_by(person.pk, [submission.pk])


def test_check_that_was_changed_before_the_last_approval_binds_no_more(submission, person):
    changed(make_check(severity="error"), person, severity="note")
    move(submission, "submitted", "approved")

    assert not prepared_by(person.pk, [submission.pk])


def test_recording_for_another_organisation_binds_nobody_here(submission, person):
    MembershipFactory(user=person, role="contributor", organisation_code="HWK-00032")
    other = make_submission("HWK-00032")

    assert prepared_by(person.pk, [submission.pk, other.pk]) == {other.pk}


def test_sending_back_stays_open_to_who_prepared_it(client, submission, person):
    recorded(submission, person)
    move(submission, "submitted")
    client.force_login(person)

    answer = client.post(address("submission_send_back", submission), seen(submission, reason="Fehler"))

    assert answer.status_code == 302


def test_what_somebody_else_approved_binds_no_more(submission, person):
    recorded(submission, person)
    submit_submission(submission_id=submission.pk, actor=person)
    approve_submission(submission_id=submission.pk, actor=UserFactory())
    start_correction(submission_id=submission.pk, actor=UserFactory(), reason="Nachtrag")
    assert not prepared_by(person.pk, [submission.pk])
    put(item_of(submission), 1, target_group="J1")
    submit_submission(submission_id=submission.pk, actor=UserFactory(), comment="stimmt")

    assert approve_submission(submission_id=submission.pk, actor=person).status == "approved"


def test_correction_binds_who_made_it(submission, person):
    recorded(submission, UserFactory())
    move(submission, "submitted", "approved")
    start_correction(submission_id=submission.pk, actor=UserFactory(), reason="Nachtrag")
    save_figure(item_id=item_of(submission).pk, region=NRW, entry=number(6), seen=number(5), actor=person)

    assert prepared_by(person.pk, [submission.pk]) == {submission.pk}


def test_step_notes_the_newest_version_whatever_is_stated(submission):
    put(item_of(submission), 5)
    move(submission, "submitted")

    newest = FigureVersion.objects.latest("pgh_id").pgh_id
    assert [event.figure_version for event in submission.events.all()] == [newest]


def test_membership_that_has_ended_binds_no_more(submission, person):
    records_for_it(submission, person)
    Membership.objects.filter(user=person, role="contributor").update(
        valid_from="2020-01-01", valid_until="2020-12-31"
    )

    assert not prepared_by(person.pk, [submission.pk])


def test_ticked_submission_of_ones_own_is_left_to_others(client, submission, person):
    other = move(make_submission("IHK-112"), "submitted")
    recorded(submission, person)
    move(submission, "submitted")
    client.force_login(person)
    listed = client.get(reverse("measures:review_list"), {"year": 2030})
    ticked = {"submissions": [submission.pk, other.pk], "action": "approve", **seen(submission, other)}

    shown = client.post(reverse("measures:review_selection"), ticked)
    client.post(reverse("measures:review_batch_create"), ticked)

    submission.refresh_from_db()
    other.refresh_from_db()
    assert (submission.status, other.status) == ("submitted", "approved")
    assert "Ausgenommen: andere entscheiden" in text_of(shown)
    assert "andere entscheiden" in text_of(listed)
    assert f'value="{submission.pk}"' not in listed.content.decode()


def test_several_at_once_separate_ones_own(submission, person):
    other = move(make_submission("IHK-112"), "submitted")
    recorded(submission, person)
    move(submission, "submitted")

    steps = approve_submissions(seen=versions_of([submission.pk, other.pk]), actor=person)

    assert (steps.done, steps.own) == ([other], [submission])


def test_which_checks_a_person_changed_is_looked_up_once_for_all_submissions(submission, person):
    asked = [submission.pk, make_submission("IHK-112").pk]
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN (ANALYZE, FORMAT JSON) {_PREPARED}", {"submissions": asked, "person": person.pk}
        )
        [[[found]]] = cursor.fetchall()

    def nodes(node):
        return [node, *chain.from_iterable(map(nodes, node.get("Plans", [])))]

    [lookup] = [
        node
        for node in nodes(found["Plan"])
        if "InitPlan" in node.get("Subplan Name", "") and "u" in {each.get("Alias") for each in nodes(node)}
    ]
    assert lookup["Actual Loops"] == 1
