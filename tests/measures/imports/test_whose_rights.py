"""By whose rights a file is read, and what becomes of it once somebody has left."""

import datetime as dt
from http import HTTPStatus
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from measures.import_workflow import ImportStatus
from measures.importing.vocabulary import Answers, TableAnswers
from measures.models import ControlTotal, ImportProfile, ImportRun, StagedFigure
from measures.permissions import may_see_import
from measures.selectors.imports.mapping import as_stored
from measures.selectors.imports.scope import scope_of
from measures.services.imports.confirming.confirm import confirm_mapping, forget_profiles
from measures.services.imports.dispatch import cancel_import, resume_import
from measures.services.imports.reading.read import read_import
from measures.services.imports.writing.apply import apply_import
from measures.workflow import SubmissionStatus
from partners.models import Mandate, Membership, Organisation
from partners.permissions import access_for
from tests.factories import MembershipFactory, UserFactory
from tests.measures.imports.collective import (
    AACHEN,
    COLOGNE,
    LAST_YEAR,
    OTHERS,
    SHEET,
    STORED,
    as_text,
    collective_file,
    drafts,
    sent_for,
)
from tests.measures.spreadsheets import bring_in, person, receive, row, stage, workbook
from tests.measures.submissions import make_submission, move

pytestmark = pytest.mark.django_db

ONE_CHAMBERS = workbook(
    [("EQ-Plätze", 2030, "Insgesamt", 8)], header=("Kennzahl", "Jahr", "Zielgruppe", "Wert")
)


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _drafts():
    drafts()


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    """``send(run, **changes)`` sends the mapping as proposed, but for the changes; then a worker reads."""

    def _send(run, *, reads=True, **changes):
        address = reverse("measures:import_mapping", args=[run.pk])
        form = client.get(address).context["form"]
        proposed = {name: form[name].initial or "" for name in form.fields}
        with django_capture_on_commit_callbacks(execute=reads):
            client.post(address, proposed | changes)
        run.refresh_from_db()

    return _send


def leave(user, organisation=None):
    """The person has not been with the organisation, or with any, since yesterday."""
    memberships = Membership.objects.filter(user=user)
    if organisation:
        memberships = memberships.filter(organisation__code=organisation)
    memberships.update(
        valid_from=dt.date(2020, 1, 1), valid_until=timezone.localdate() - dt.timedelta(days=1)
    )


def to_aachen(run, actor):
    """Confirm that the whole table is Aachen's."""
    [table] = run.tables
    answers = Answers.from_json("{}")
    answers.tables[table["fingerprint"]] = TableAnswers(constants={"organisation": AACHEN})
    confirm_mapping(run_id=run.pk, answers=as_stored(answers), actor=actor)


def test_chamber_that_maps_a_stewards_file_to_another_gets_nothing_of_it(client, sign_in, send):
    run = sent_for(ONE_CHAMBERS, COLOGNE, asks=True)
    sign_in("contributor", COLOGNE)

    send(run, **{"table-0-organisation": AACHEN})

    assert (run.status, run.refusal["code"]) == (ImportStatus.REFUSED, "not_allowed")
    assert not StagedFigure.objects.filter(import_run=run).exists()
    for name in ("import_detail", "import_report"):
        shown = as_text(client.get(reverse(f"measures:{name}", args=[run.pk])))
        assert [text for text in OTHERS if text in shown] == []


def test_who_asked_for_a_reading_is_kept_until_a_worker_comes_to_it(client, sign_in, send):
    run = sent_for(ONE_CHAMBERS, COLOGNE, asks=True)
    asker = sign_in("contributor", COLOGNE)

    send(run, reads=False)
    assert (run.status, run.reading_requested_by) == (ImportStatus.UPLOADED, asker)
    leave(asker)
    run = read_import(run_id=run.pk)

    assert (run.status, run.refusal["params"]) == (ImportStatus.REFUSED, {"names": "IHK Köln"})


def test_reading_tried_again_is_judged_by_who_asked_for_it():
    run = sent_for(ONE_CHAMBERS, COLOGNE, asks=True)
    to_aachen(run, person("contributor", COLOGNE))
    cancel_import(run_id=run.pk)
    resume_import(run_id=run.pk, actor=person("contributor", COLOGNE))

    assert read_import(run_id=run.pk).refusal["code"] == "not_allowed"


def test_steward_who_maps_a_chambers_file_takes_nothing_in_that_the_chamber_may_not():
    run = read_import(run_id=receive(ONE_CHAMBERS, person("contributor", COLOGNE)).pk)
    to_aachen(run, person())

    run = read_import(run_id=run.pk)

    assert (run.status, run.refusal) == (
        ImportStatus.REFUSED,
        {"code": "uploader_not_allowed", "params": {"names": "IHK Aachen"}},
    )


def test_file_of_a_steward_who_left_is_read_no_more_by_their_rights():
    steward = person()
    run = sent_for(ONE_CHAMBERS, COLOGNE, steward, asks=True)
    leave(steward)
    forget_profiles(run_id=run.pk, actor=person("contributor", COLOGNE))

    assert read_import(run_id=run.pk).refusal["code"] == "uploader_not_allowed"


def test_value_a_steward_could_change_is_held_where_the_chamber_cannot():
    submission = make_submission(COLOGNE, year=2031)
    move(submission, SubmissionStatus.SUBMITTED)
    run = sent_for(workbook([row(8, year=2031)]), COLOGNE, asks=True)
    assert run.held_count == 0

    forget_profiles(run_id=run.pk, actor=person("contributor", COLOGNE))
    run = read_import(run_id=run.pk)

    assert [problem.code for problem in run.problems.filter(holds=True)] == ["submission_locked"]


def test_deactivated_superuser_reads_nothing_any_more():
    root = UserFactory(is_superuser=True)
    run = receive(workbook([row(8)]), root)
    root.is_active = False
    root.save()

    assert read_import(run_id=run.pk).refusal["code"] == "not_allowed"


STATES = {
    "waiting": lambda actor, supplier: _sent(ONE_CHAMBERS, actor, supplier, reads=False),
    "no table": lambda actor, supplier: _sent(b"keine Tabelle", actor, supplier),
    "ready": lambda actor, supplier: _sent(workbook([row(8)]), actor, supplier),
    "foreign": lambda actor, supplier: _sent(
        workbook([row(8), row(SHEET, organisation=AACHEN)]), actor, supplier
    ),
    "applied": lambda actor, supplier: apply_import(
        run_id=_sent(workbook([row(8)]), actor, supplier).pk, actor=actor
    ),
}


def _sent(content, actor, supplier, *, reads=True):
    if supplier:
        run = sent_for(content, supplier, actor) if reads else None
        return run or _named(receive(content, actor), supplier)
    return stage(content, actor) if reads else receive(content, actor)


def _named(run, supplier):
    run.supplier = Organisation.objects.get(code=supplier)
    run.save()
    return run


@pytest.mark.parametrize("supplier", ["", COLOGNE])
@pytest.mark.parametrize("state", STATES)
def test_who_left_finds_nothing_of_what_they_uploaded(client, sign_in, state, supplier):
    sender = sign_in("contributor", COLOGNE)
    run = STATES[state](sender, supplier)
    address = reverse("measures:import_detail", args=[run.pk])
    assert client.get(address).status_code != HTTPStatus.NOT_FOUND

    MembershipFactory(user=sender, organisation_code="IHK-111", role="contributor")
    leave(sender, COLOGNE)
    client.force_login(sender)  # the change ended the session

    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    assert client.get(reverse("measures:import_file", args=[run.pk])).status_code == HTTPStatus.NOT_FOUND
    assert client.get(reverse("measures:import_list")).context["rows"] == []


def test_who_left_one_of_two_chambers_keeps_what_is_the_others(client, sign_in):
    sender = sign_in("contributor", COLOGNE)
    MembershipFactory(user=sender, organisation_code=AACHEN, role="contributor")
    both = stage(workbook([row(8), row(SHEET, organisation="IHK Aachen")]), sender)
    aachens = stage(workbook([row(SHEET, organisation="IHK Aachen")]), sender)
    leave(sender, AACHEN)
    client.force_login(sender)  # the changes ended the session

    shown = client.get(reverse("measures:import_detail", args=[both.pk]))

    assert [each.staged.value for each in shown.context["rows"]] == [8]
    assert (shown.context["may_handle"], shown.context["is_whole"]) == (False, False)
    assert (
        client.get(reverse("measures:import_detail", args=[aachens.pk])).status_code == HTTPStatus.NOT_FOUND
    )


def test_agent_whose_mandate_ended_sees_that_chambers_rows_no_more(client, sign_in):
    agent = sign_in("contributor", "LAND-05")
    chambers = Organisation.objects.filter(code__in=[COLOGNE, AACHEN])
    for chamber in chambers:
        Mandate.objects.create(agent=Organisation.objects.get(code="LAND-05"), principal=chamber)
    run = stage(workbook([row(8), row(SHEET, organisation="IHK Aachen")]), agent)
    Mandate.objects.filter(principal__code=AACHEN).update(
        valid_from=dt.date(2020, 1, 1), valid_until=timezone.localdate() - dt.timedelta(days=1)
    )

    report = as_text(client.get(reverse("measures:import_report", args=[run.pk])))

    assert '"value": 8' in report
    assert [text for text in (SHEET, STORED, LAST_YEAR) if str(text) in report] == []


def test_what_was_confirmed_stays_with_whom_the_file_was_sent_for():
    sender = person("contributor", COLOGNE)
    run = read_import(run_id=receive(ONE_CHAMBERS, sender).pk)
    MembershipFactory(user=sender, organisation_code=AACHEN, role="contributor")
    leave(sender, COLOGNE)

    confirm_mapping(run_id=run.pk, answers={}, actor=person())

    assert scope_of(run).supplier.code == COLOGNE
    assert {profile.supplier.code for profile in ImportProfile.objects.all()} == {COLOGNE}


def test_undo_is_offered_while_the_chamber_may_write(client, sign_in):
    sender = sign_in("contributor", COLOGNE)
    run = bring_in(workbook([row(8)]), sender)
    page = reverse("measures:import_detail", args=[run.pk])
    undo = reverse("measures:import_undo", args=[run.pk, run.steps.get().pk])
    assert undo in client.get(page).content.decode()

    move(run.figures.first().item.submission, SubmissionStatus.SUBMITTED)

    assert undo not in client.get(page).content.decode()
    assert client.get(undo).context["obstacle"] != ""
    assert client.post(undo, {"reason": "Versehen"}).status_code == HTTPStatus.FORBIDDEN


def test_total_over_many_chambers_is_no_single_ones_to_see(client, sign_in):
    run = sent_for(collective_file(), "DIHK")
    apply_import(run_id=run.pk, actor=run.created_by)
    total = ControlTotal.objects.get(import_run=run)
    totals = [
        list(ControlTotal.objects.visible_to(access_for(person(role, organisation))))
        for role, organisation in (("contributor", COLOGNE), ("coordinator", "DIHK"), ("reviewer", "BMAS"))
    ]

    assert totals == [[], [total], [total]]


def test_one_import_is_seen_by_exactly_those_who_find_it_in_the_list():
    people = [
        person("contributor", COLOGNE),
        person("contributor", AACHEN),
        person("coordinator", "DIHK"),
        person("reviewer"),
        person(),
        UserFactory(),
    ]
    codes = dict(Organisation.objects.values_list("code", "pk"))
    source = receive(ONE_CHAMBERS, people[0]).source_file
    sets = ([], [codes[COLOGNE]], [codes[AACHEN]], [codes[COLOGNE], codes[AACHEN]], [codes["DIHK"]])
    runs = [
        ImportRun.objects.create(
            source_file=source,
            file_name="x",
            created_by=creator,
            supplier_id=codes.get(supplier),
            sent_for=sent_for_,
            organisations=organisations,
        )
        for creator, supplier, sent_for_, organisations in product(people, ["", COLOGNE], sets, sets)
    ]

    for user in people:
        access = access_for(user)
        visible = set(ImportRun.objects.visible_to(access).values_list("pk", flat=True))
        assert {run.pk for run in runs if may_see_import(access, run)} == visible & {run.pk for run in runs}
