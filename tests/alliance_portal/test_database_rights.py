"""The portal's account at the database does the portal's work, owns nothing and cannot rewrite history."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from alliance_portal.installation.database_rights import RIGHTS
from measures.models import Figure, ReportingRound
from measures.selectors.round_plans import catalogue_plan, plan_of
from measures.services.rounds import change_round, open_round
from partners.models import Organisation, SecurityEvent
from partners.services.mails import send_due, write
from reporting.services import reports
from tests.factories import MembershipFactory
from tests.measures.imports.undoing import approve, replayed, state, type_in, undo
from tests.measures.spreadsheets import PLACES, bring_in, person, row, workbook
from tests.measures.submissions import item_of, make_submission, put
from tests.reporting import stated

NEW_CHAMBER = b"code,kind,name_de,short_name,region\nHWK-99,chamber,Handwerkskammer Neu,HWK Neu,05\n"


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def account() -> str:
    """Accounts are the server's, which several test runs share."""
    return f"limited_{connection.settings_dict['NAME']}"


@contextmanager
def limited_rights() -> Iterator[None]:
    run(f"CREATE ROLE {account()} LOGIN")
    call_command("grant_rights", account(), stdout=StringIO())
    run(f"SET ROLE {account()}")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            run("RESET ROLE")


@pytest.fixture
def limited(db) -> Iterator[None]:
    with limited_rights():
        yield


@pytest.fixture
def limited_and_committing(transactional_db) -> Iterator[None]:
    with limited_rights():
        yield
    run(f"DROP OWNED BY {account()}")
    run(f"DROP ROLE {account()}")


def test_figures_are_recorded_imported_undone_and_approved(limited):
    submission, steward = make_submission(), person()
    type_in(item_of(submission), 5, steward)
    before = state()

    brought_in = bring_in(
        workbook(
            [("IHK Köln", PLACES, 2030, "99999", "Neuer Beruf", 7)],
            header=("Kammer", "Kennzahl", "Jahr", "KldB", "Beruf", "Wert"),
            more_sheets=[[row(6)]],
        ),
        steward,
        hold_errors=True,
    )
    assert state() != before
    undo(brought_in, steward)
    assert state() == before
    approve(submission, steward)

    assert replayed() == {tuple(each) for each in state()[0]}
    assert submission.events.count() == 2


def test_report_is_frozen_produced_and_released(limited_and_committing, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    reviewer = MembershipFactory(role="reviewer", organisation_code="BMAS").user
    steward = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    stated.state("IHK-142", "welcome_mentors", 2016, 3, origin="form", entered_by=steward)
    stated.approve("IHK-142", year=2016)

    report = reports.request_report(year=2016, actor=reviewer)
    reports.produce_report(report_id=report.pk)

    report.refresh_from_db()
    assert report.status == "ready"
    assert report.documents.count() == 12


def test_person_signs_in_is_recorded_and_gets_mails(limited, client, mailoutbox):
    user = MembershipFactory(role="contributor", organisation_code="IHK-142").user
    user.set_password("correct horse battery staple")
    user.save()

    client.post(reverse("account_login"), {"login": user.email, "password": "correct horse battery staple"})
    page = client.get(reverse("measures:submission_list"))
    client.post(reverse("account_logout"))
    write(recipient="somebody@example.org", subject="Subject", body="Text")
    sent = send_due()

    assert (page.status_code, sent) == (200, 1)
    assert list(SecurityEvent.objects.filter(person=user).values_list("kind", flat=True).order_by("pk")) == [
        "signed_in",
        "signed_out",
    ]


def test_list_comes_into_the_administration(limited, client):
    client.force_login(person())
    offered = client.post(
        reverse("admin:partners_organisation_import"),
        {
            "format": "1",
            "import_file": SimpleUploadedFile("list.csv", NEW_CHAMBER),
        },
    )

    client.post(
        reverse("admin:partners_organisation_process_import"), offered.context["confirm_form"].initial
    )

    assert Organisation.objects.get(code="HWK-99").short_name == "HWK Neu"


def test_round_is_opened_and_drops_who_has_ended(limited):
    open_round(plan=catalogue_plan(2030), actor=None)
    Organisation.objects.filter(code="IHK-101").update(valid_until="2030-11-30")
    opened = ReportingRound.objects.get(year=2030)

    change_round(round_id=opened.pk, plan=plan_of(opened), actor=person())

    assert not opened.submissions.filter(organisation__code="IHK-101").exists()


def test_what_has_been_recorded_or_handed_over_cannot_be_deleted(limited):
    item = item_of(make_submission())
    put(item, 5)

    for table, pk in (("measures_submission", item.submission_id), ("measures_item", item.pk)):
        with pytest.raises(IntegrityError), transaction.atomic():
            run(f"DELETE FROM {table} WHERE id = {pk}; SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE measures_figureversion SET value = 1",
        "DELETE FROM measures_figureversion",
        "TRUNCATE measures_figureversion",
        "UPDATE measures_submissionevent SET reason = 'other'",
        "DELETE FROM measures_submissionevent",
        "UPDATE measures_roundevent SET reason = 'other'",
        "DELETE FROM measures_roundevent",
        "DELETE FROM measures_reportinground",
        "UPDATE partners_securityevent SET kind = 'signed_in'",
        "UPDATE reporting_snapshot SET sha256 = ''",
        "DELETE FROM reporting_document",
        "DELETE FROM django_admin_log",
        "DELETE FROM django_migrations",
        "ALTER TABLE measures_figure DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "DROP TABLE measures_figure",
        "CREATE TABLE stranger (id int)",
        "CREATE FUNCTION stranger() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "COPY measures_figure TO PROGRAM 'cat'",
        "SELECT pg_read_file('/etc/passwd')",
        "CREATE ROLE stranger",
    ],
)
def test_neither_history_nor_tables_can_be_changed(limited, statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        run(statement)


def test_every_table_and_view_has_rights(db):
    with connection.cursor() as cursor:
        found = {info.name for info in connection.introspection.get_table_list(cursor)}

    granted = [table for tables in RIGHTS.values() for table in tables]

    assert sorted(granted) == sorted(found)


def test_rights_that_are_granted_no_longer_are_taken_away(db):
    run(f"CREATE ROLE {account()} LOGIN")
    run(f"GRANT ALL ON measures_figureversion TO {account()}")
    run("GRANT CREATE ON SCHEMA public TO PUBLIC")

    call_command("grant_rights", account(), stdout=StringIO())

    run(f"SET LOCAL ROLE {account()}")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        run("DELETE FROM measures_figureversion")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        run("CREATE TABLE stranger (id int)")
    assert Figure.objects.count() == 0


@pytest.mark.parametrize(
    ("make", "words"),
    [
        ("CREATE ROLE {account} SUPERUSER", "administers the server"),
        ("CREATE ROLE {account} CREATEROLE", "administers the server"),
        ("CREATE ROLE {account}; ALTER TABLE measures_figure OWNER TO {account}", "owns tables"),
        ("SELECT 1", "no account"),
    ],
)
def test_account_that_rights_would_not_bind_is_refused(db, make: str, words: str):
    run(make.format(account=account()))

    with pytest.raises(CommandError, match=words):
        call_command("grant_rights", account(), stdout=StringIO())
