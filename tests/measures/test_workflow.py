"""The workflow of a submission and what follows from it."""

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import include, path, reverse
from django.utils.translation import override

from measures.forms.recording import ReasonForm
from measures.import_workflow import IMPORT_TONES, POSSIBLE, ImportAction, ImportStatus, is_possible
from measures.models import Submission, SubmissionEvent
from measures.permissions import can, import_obstacle, may_import_for, submission_actions
from measures.urls import step_paths
from measures.violations import MESSAGES
from measures.workflow import (
    WORKFLOW,
    Grant,
    Page,
    Right,
    Step,
    SubmissionAction,
    SubmissionStatus,
)
from measures.workflow_triggers import event_triggers, submission_triggers
from partners.permissions import Access
from partners.violations import broken_rule
from tests.factories import UserFactory
from tests.measures.submissions import make_submission, move, take_step

DIAGRAM = Path(settings.BASE_DIR) / "docs" / "workflow.md"


class OneMoreAction(models.TextChoices):
    SUSPEND = "suspend", "Zurückstellen"


SUSPEND = Step(
    OneMoreAction.SUSPEND,
    sources=(SubmissionStatus.ENDORSED.value,),
    target=SubmissionStatus.DRAFT,
    grants=(Grant(Right.CONTRIBUTES, in_window=True),),
    done="Zurückgestellt",
    notice="Die Meldung ist wieder ein Entwurf.",
    address="zurueckstellen",
    offered_on=(Page.REVIEW,),
)
EXTENDED = replace(WORKFLOW, steps=(*WORKFLOW.steps, SUSPEND))


@pytest.fixture
def extended_database(db):
    """The triggers of the workflow with one more step, until the end of the test."""
    for model, triggers in (
        (Submission, submission_triggers(EXTENDED)),
        (SubmissionEvent, event_triggers(EXTENDED)),
    ):
        for trigger in triggers:
            trigger.install(model)


def contributor_of(submission: Submission) -> Access:
    return Access(user_id=1, contributes_to=frozenset({submission.organisation_id}))


def judge_as_at_the_end():
    """Judge now what is deferred to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@transaction.atomic
def complete(change):
    change()
    judge_as_at_the_end()


def rule_broken_by(change) -> str:
    with pytest.raises(IntegrityError) as caught:
        complete(change)
    return broken_rule(caught.value)


@pytest.mark.django_db
def test_permission_follows_a_new_step():
    submission = move(make_submission(), "submitted", "endorsed")
    closed = move(make_submission("HWK-00032", year=2031, days_left=-1), "submitted", "endorsed")
    reviewer = Access(user_id=2, roles=frozenset({"reviewer"}))

    def may(access, submission):
        return OneMoreAction.SUSPEND in submission_actions(access, submission, EXTENDED)

    assert may(contributor_of(submission), submission)
    assert not may(contributor_of(closed), closed)
    assert not may(reviewer, submission)
    assert submission_actions(contributor_of(submission), submission) == {"ask_back"}


def test_database_service_and_log_follow_a_new_step(extended_database):
    submission = move(make_submission(), "submitted", "endorsed")

    taken = take_step(step=SUSPEND, submission_id=submission.pk, actor=UserFactory())

    judge_as_at_the_end()
    assert taken.status == "draft"
    assert Submission.objects.get(pk=submission.pk).status == "draft"
    last = submission.events.last()
    assert (last.action, last.from_status, last.to_status) == ("suspend", "endorsed", "draft")


@pytest.mark.django_db
def test_database_refuses_a_step_that_the_workflow_lacks():
    submission = move(make_submission(), "submitted", "endorsed")

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        take_step(step=SUSPEND, submission_id=submission.pk, actor=UserFactory())

    assert broken_rule(caught.value) == "status_takes_known_steps"


@pytest.mark.django_db
def test_addresses_and_buttons_follow_a_new_step(settings):
    urls = SimpleNamespace(urlpatterns=[path("", include((step_paths(EXTENDED), "measures")))])
    settings.ROOT_URLCONF = type("Urls", (), vars(urls))
    submission = move(make_submission(), "submitted", "endorsed")
    actions = submission_actions(contributor_of(submission), submission, EXTENDED)

    page = render_to_string(
        "measures/partials/_steps_offered.html",
        {"submission": submission, "steps": EXTENDED.offered(Page.REVIEW, actions), "form": ReasonForm()},
    )

    address = reverse("measures:submission_suspend", args=[submission.pk])
    assert address == f"/pruefung/{submission.pk}/zurueckstellen/"
    assert re.findall(r'action="([^"]+)"', page) == [address]
    assert re.findall(r'kern-label">([^<]+)<', page) == ["Zurückstellen"]
    assert "<textarea" not in page


@pytest.mark.django_db
def test_a_step_with_a_reason_brings_the_form_for_it(settings):
    with_reason = replace(SUSPEND, needs_reason=True, prompt="Mit Begründung zurückstellen")
    urls = SimpleNamespace(
        urlpatterns=[
            path("", include((step_paths(replace(WORKFLOW, steps=(with_reason,))), "measures"))),
        ]
    )
    settings.ROOT_URLCONF = type("Urls", (), vars(urls))
    request = RequestFactory().get("/")
    request.user = UserFactory()

    page = render_to_string(
        "measures/partials/_steps_offered.html",
        {"submission": make_submission(), "steps": [with_reason], "form": ReasonForm(), "request": request},
    )

    assert "<summary>Mit Begründung zurückstellen</summary>" in page
    assert page.count("<textarea") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["submitted", "approved"])
def test_status_without_its_log_row_is_refused_at_the_end_of_the_transaction(status):
    submission = move(make_submission(), *(["submitted"] if status == "approved" else []))
    now = {"submitted_at": "2030-02-01T00:00Z", "submitted_by": UserFactory()}
    now |= {"approved_at": "2030-02-01T00:00Z", "approved_by": UserFactory()}

    def change():
        Submission.objects.filter(pk=submission.pk).update(status=status, **now)

    assert rule_broken_by(change) == "status_is_the_last_step"


@pytest.mark.django_db
def test_submission_that_begins_handed_over_is_refused():
    one, other = make_submission(), make_submission("HWK-00032", year=2031)
    person = UserFactory()

    def create():
        Submission.objects.create(
            round=one.round,
            organisation=other.organisation,
            status="submitted",
            submitted_at="2030-02-01T00:00Z",
            submitted_by=person,
        )

    assert rule_broken_by(create) == "status_is_the_last_step"


def event(submission: Submission, action: str, before: str, after: str):
    return SubmissionEvent.objects.create(
        submission=submission,
        action=action,
        from_status=before,
        to_status=after,
        actor=UserFactory(),
        reason="Darum",
    )


@pytest.mark.django_db
def test_log_row_without_its_change_is_refused():
    submission = make_submission()

    assert rule_broken_by(lambda: event(submission, "submit", "draft", "submitted")) == (
        "status_is_the_last_step"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        ("approve", "endorsed", "approved"),  # it was not endorsed
        ("approve", "submitted", "returned"),  # approving does not lead there
        ("record", "submitted", "submitted"),  # recording is no row of the log
    ],
)
def test_log_takes_steps_from_where_the_last_one_ended_only(wrong):
    submission = move(make_submission(), "submitted")

    assert rule_broken_by(lambda: event(submission, *wrong)) == "event_is_a_step_from_where_it_was"


def test_rules_of_the_workflow_have_words_for_people():
    written = " ".join(str(trigger.func) for trigger in (*submission_triggers(), *event_triggers()))
    rules = set(re.findall(r"CONSTRAINT = '(\w+)'", written))

    assert rules == {
        "status_takes_known_steps",
        "status_is_the_last_step",
        "event_is_a_step_from_where_it_was",
        "decided_by_somebody_else",
        "step_suits_what_happened",
    }
    assert rules <= MESSAGES.keys()


def test_every_state_and_action_is_defined_once():
    assert [state.status for state in WORKFLOW.states] == list(SubmissionStatus)
    assert sorted(step.action for step in WORKFLOW.steps) == sorted(SubmissionAction)
    assert {status for _action, *pair in WORKFLOW.moves for status in pair} == set(SubmissionStatus.values)


def test_every_step_that_leads_somewhere_has_words_and_a_way_to_it():
    for step in WORKFLOW.steps:
        if step.is_logged:
            assert step.done
            assert step.offered_on
    for step in WORKFLOW.plain_steps:
        assert step.address
        assert step.notice
        assert bool(step.prompt) == (step.needs_reason or step.takes_words)


def test_diagram_in_the_documentation_is_the_workflow():
    drawn = re.findall(
        r"^    (\S+) --> (\w+)(?:: (\w+))?$", DIAGRAM.read_text(encoding="utf-8"), re.MULTILINE
    )

    moves = [(source, target, action) for action, source, target in WORKFLOW.moves]
    assert sorted(drawn) == sorted([("[*]", WORKFLOW.initial, ""), *moves])


def test_every_import_status_has_a_tone_and_every_action_its_states():
    assert set(IMPORT_TONES) == set(ImportStatus.values)
    assert set(POSSIBLE) == set(ImportAction)
    assert {status for statuses in POSSIBLE.values() for status in statuses} <= set(ImportStatus.values)


def people(organisation_id: int) -> dict[str, Access]:
    own = frozenset({organisation_id})
    return {
        "records": Access(user_id=1, contributes_to=own),
        "coordinates": Access(user_id=1, coordinates=own),
        "represents": Access(user_id=1, represents=own),
        "reviews": Access(user_id=1, roles=frozenset({"reviewer"})),
        "manages": Access(user_id=1, roles=frozenset({"data_steward"})),
        "audits": Access(user_id=1, roles=frozenset({"auditor"})),
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("steps", "days_left", "obstacles"),
    [
        ([], 30, {"records": "", "coordinates": "", "represents": ""}),
        (
            ["submitted"],
            30,
            dict.fromkeys(("records", "coordinates", "represents"), "submission_locked"),
        ),
        (["submitted", "returned"], 30, {"records": "", "coordinates": "", "represents": ""}),
        (
            ["submitted", "approved"],
            30,
            {"records": "", "coordinates": "submission_locked", "represents": "submission_locked"},
        ),
        ([], -1, dict.fromkeys(("records", "coordinates", "represents"), "round_closed")),
        (["submitted"], -1, dict.fromkeys(("records", "coordinates", "represents"), "round_closed")),
    ],
)
def test_what_keeps_a_spreadsheet_from_changing_a_submission(steps, days_left, obstacles):
    submission = move(make_submission(days_left=days_left), *steps)
    uploading = {
        name: access
        for name, access in people(submission.organisation_id).items()
        if may_import_for(access, submission.organisation_id)
    }

    found = {name: import_obstacle(access, submission) for name, access in uploading.items()}

    assert found == {**obstacles, "manages": ""}


@pytest.mark.django_db
def test_submissions_to_fill_in_are_those_where_recording_is_possible_today():
    today = [make_submission(), make_submission("HWK-00032", year=2031)]
    make_submission("IHK-101", year=2029, days_left=-1)

    for name, access in people(today[0].organisation_id).items():
        listed = set(Submission.objects.filter(round__year__in=(2029, 2030, 2031)).to_fill_in(access))

        assert listed == {each for each in today if can(access, SubmissionAction.RECORD, each)}, name


def test_every_state_says_why_its_figures_are_locked_and_what_helps():
    """Where a step opens the figures again, those who may take it get an answer of their own."""
    for state in WORKFLOW.states:
        opening = {
            step.action
            for step in WORKFLOW.steps
            if state.status in step.sources and step.target == "draft" != state.status
        }

        assert state.why_locked
        assert set(state.why_locked_before) == opening


@pytest.mark.parametrize(
    ("rights", "status", "is_in_window", "why"),
    [
        ({Right.CONTRIBUTES}, "draft", True, ""),
        ({Right.MANAGES_DATA}, "returned", False, ""),
        ({Right.CONTRIBUTES}, "draft", False, "not open"),
        ({Right.CONTRIBUTES}, "endorsed", False, "in review"),
        ({Right.CONTRIBUTES}, "approved", True, "start a correction"),
        ({Right.CONTRIBUTES}, "approved", False, "ministry"),
        ({Right.COORDINATES_MEMBER}, "approved", True, "ministry"),
        ({Right.REVIEWS}, "draft", True, "recorded by the organisation itself"),
        ({Right.REPRESENTS}, "draft", True, "recorded by the organisation itself"),
    ],
)
def test_why_figures_are_locked_depends_on_state_rights_and_window(rights, status, is_in_window, why):
    with override("en"):
        said = str(WORKFLOW.why_locked(status=status, rights=rights, is_in_window=is_in_window))

    assert why in said
    assert bool(said) == bool(why)


@pytest.mark.parametrize(
    ("action", "refusal", "expected"),
    [
        (ImportAction.CONFIRM, "no_table", True),
        (ImportAction.CONFIRM, "too_costly", False),
        (ImportAction.RESUME, "too_costly", True),
        (ImportAction.RESUME, "no_table", False),
        (ImportAction.RESUME, "", False),
        (ImportAction.APPLY, "", False),
    ],
)
def test_what_can_be_done_with_a_refused_file_depends_on_the_reason(action, refusal, expected):
    assert is_possible(action, status="refused", refusal=refusal) == expected


def test_templates_ask_properties_about_states_and_compare_no_codes():
    codes = "|".join({*SubmissionStatus.values, *ImportStatus.values, "held", "unchanged"})
    templates = (settings.BASE_DIR / "templates").rglob("*.html")

    compared = [
        f"{path.name}: {found[0]}"
        for path in templates
        for found in re.finditer(
            rf'(?:status|verdict) (?:==|!=) "(?:{codes})"', path.read_text(encoding="utf-8")
        )
    ]

    assert compared == []
