"""The board of a round: who is missing, when they are due, who records there; as a page and as a file."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from django.utils import timezone

from measures.models import Reminder
from measures.renderers.tables import PlainTable, as_csv, as_xlsx, harmless
from partners.enums import Role
from partners.models import Notice, Organisation
from partners.services.bounces import record_refusal
from tests.factories import MembershipFactory
from tests.measures.submissions import YEAR, extended, item_of, make_submission, move, put, with_dates

pytestmark = pytest.mark.django_db
BOARD = "/pruefung/fehlende/"
REMIND = "/pruefung/fehlende/erinnern/"


@pytest.fixture
def round_of_four():
    """Two chambers of commerce, one not begun and one draft; one chamber of crafts submitted; the BA late."""
    cologne, aachen = make_submission("IHK-142"), make_submission("IHK-101")
    put(item_of(aachen), 5)
    crafts = move(make_submission("HWK-00032"), "submitted")
    agency = make_submission("BA")
    return cologne, aachen, crafts, agency


def rows(response) -> list[str]:
    return [row.submission.organisation.code for group in response.context["groups"] for row in group.rows]


def board(client, **asked):
    return client.get(BOARD, {"year": YEAR, **asked})


def test_board_opens_with_whoever_is_missing_and_counts_every_state(client, sign_in, round_of_four):
    sign_in("reviewer", "BMAS")

    response = board(client)

    assert rows(response) == ["IHK-101", "IHK-142", "BA"]
    assert {chip.status: chip.count for chip in response.context["chips"]} == {
        "missing": 3,
        "overdue": 0,
        "in_correction": 0,
        "all": 4,
        "not_begun": 2,
        "draft": 1,
        "submitted": 1,
        "endorsed": 0,
        "approved": 0,
        "returned": 0,
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"status": "all"}, {"IHK-101", "IHK-142", "HWK-00032", "BA"}),
        ({"status": "draft"}, {"IHK-101"}),
        ({"status": "submitted"}, {"HWK-00032"}),
        ({"umbrella": "DIHK"}, {"IHK-101", "IHK-142"}),
        ({"umbrella": "-"}, {"BA"}),
        ({"kind": "agency"}, {"BA"}),
        ({"region": "05"}, {"IHK-101", "IHK-142"}),
        ({"q": "Köln"}, {"IHK-142"}),
        ({"q": "Köln", "kind": "agency"}, set()),
        ({"kind": "nonsense", "region": "XX", "status": "?"}, {"IHK-101", "IHK-142", "BA"}),
    ],
)
def test_board_shows_what_the_address_asks_for(client, sign_in, round_of_four, asked, found):
    sign_in("reviewer", "BMAS")

    assert set(rows(board(client, **asked))) == found


def test_files_and_pages_keep_the_choice_of_the_address(client, sign_in, round_of_four):
    sign_in("reviewer", "BMAS")

    text = board(client, umbrella="DIHK", status="draft").content.decode()

    assert "runde.csv?year=2030&amp;umbrella=DIHK&amp;status=draft" in text


def test_days_are_counted_to_each_ones_own_due_date(client, sign_in, round_of_four):
    cologne, aachen, _crafts, _agency = round_of_four
    today = timezone.localdate()
    with_dates(cologne.round, due_on=today - dt.timedelta(days=3))
    aachen.round.refresh_from_db()
    extended(aachen, cologne.round.closes_on + dt.timedelta(days=5))
    sign_in("reviewer", "BMAS")

    response = board(client, status="all")

    days = {
        row.submission.organisation.code: row.days_left
        for group in response.context["groups"]
        for row in group.rows
    }
    assert days == {"IHK-142": -3, "IHK-101": 35, "HWK-00032": None, "BA": -3}
    assert set(rows(board(client, status="overdue"))) == {"IHK-142", "BA"}
    assert "3 Tage überfällig" in response.content.decode()


def test_coordinator_sees_her_members_only_and_whom_she_reaches_there(client, sign_in, round_of_four):
    clerk = MembershipFactory(organisation_code="IHK-142").user
    record_refusal(clerk.email, 550, "5.1.1 unknown")
    sign_in("coordinator", "DIHK")

    response = board(client, status="all")

    assert rows(response) == ["IHK-101", "IHK-142"]
    text = response.content.decode()
    assert f"mailto:{clerk.email}" in text
    assert "Mails kommen nicht an" in text
    assert "Hier erfasst noch niemand" in text  # in Aachen


def test_last_activity_is_that_of_steps_and_figures(client, sign_in, round_of_four):
    sign_in("reviewer", "BMAS")

    found = {
        row.submission.organisation.code: row.last_activity
        for group in board(client, status="all").context["groups"]
        for row in group.rows
    }

    assert found["IHK-142"] is None
    assert found["IHK-101"].date() == found["HWK-00032"].date() == timezone.now().date()


def test_file_of_the_board_says_what_the_page_says(client, sign_in, round_of_four):
    clerk = MembershipFactory(organisation_code="IHK-142").user
    sign_in("data_steward", "BMAS")

    response = client.get("/pruefung/fehlende/runde.csv", {"year": YEAR, "q": "Köln"})

    assert response["Content-Disposition"] == f'attachment; filename="round-{YEAR}.csv"'
    text = response.content.decode("utf-8-sig")
    header, line = csv.reader(io.StringIO(text), delimiter=";")
    found = dict(zip(header, line, strict=True))
    assert found["Organisation"] == "IHK Köln"
    assert found["Tage bis zur Fälligkeit"] == "30"
    assert found["E-Mail-Adresse"] == clerk.email
    workbook = client.get("/pruefung/fehlende/runde.xlsx", {"year": YEAR, "q": "Köln"})
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.content)).active
    assert [cell.value for cell in sheet[1]] == header
    assert sheet["A2"].value == "IHK Köln"
    assert sheet["J2"].value.date() == round_of_four[0].due_on


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x";"y")'])
def test_no_text_of_a_file_is_a_formula(name):
    table = PlainTable("x", ["Name", "Days"], [[name, -3]])

    [_header, line] = csv.reader(io.StringIO(as_csv(table).decode("utf-8-sig")), delimiter=";")
    cell = openpyxl.load_workbook(io.BytesIO(as_xlsx(table))).active["A2"]

    assert line == [f"'{name}", "-3"]
    assert (cell.data_type, cell.value) == ("s", name)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1"])
def test_texts_that_would_be_formulas_are_marked(text):
    assert harmless(text) == f"'{text}"
    assert harmless(f"a{text}") == f"a{text}"


def test_name_of_an_organisation_cannot_become_a_formula(client, sign_in, round_of_four):
    Organisation.objects.filter(code="IHK-142").update(short_name="=cmd|' /C calc'!A0")
    sign_in("reviewer", "BMAS")

    text = client.get("/pruefung/fehlende/runde.csv", {"year": YEAR, "q": "IHK-142"}).content.decode()

    assert "\n'=cmd" in text


# Reminding


def choose(client, *submissions, **typed):
    ticked = [each.pk for each in submissions]
    return client.post(f"{REMIND}?year={YEAR}", {"submissions": ticked, **typed})


def test_coordinator_writes_looks_at_the_mail_and_sends_it(client, sign_in, round_of_four):
    cologne = round_of_four[0]
    clerk = MembershipFactory(organisation_code="IHK-142").user
    english = MembershipFactory(organisation_code="IHK-142").user
    english.language = "en"
    english.save()
    coordinator = sign_in("coordinator", "DIHK")

    assert choose(client, cologne).status_code == 200
    preview = choose(client, cologne, step="preview", text="Bitte bis Freitag.")

    text = preview.content.decode()
    assert "the figures for 2030 are still missing" in text
    assert "Die Meldung 2030 fehlt noch" in text
    assert text.count("Bitte bis Freitag.") >= 2
    assert not Notice.objects.exists()

    sent = choose(client, cologne, step="send", text="Bitte bis Freitag.")

    assert sent.url == f"{BOARD}?year={YEAR}"
    assert {each.person for each in Notice.objects.all()} == {clerk, english}
    log = Reminder.objects.get()
    assert (log.actor, log.recipient_count, log.text) == (coordinator, 2, "Bitte bis Freitag.")
    choose(client, cologne, step="send", text="Noch einmal.")
    assert Reminder.objects.count() == 1


def test_all_that_is_listed_can_be_reminded_at_once(client, sign_in, round_of_four):
    for code in ("IHK-142", "IHK-101", "BA"):
        MembershipFactory(organisation_code=code)
    sign_in("data_steward", "BMAS")

    client.post(
        f"{REMIND}?year={YEAR}&umbrella=DIHK", {"choice": "all", "step": "send", "text": "Bitte melden."}
    )

    assert {each.submission.organisation.code for each in Reminder.objects.all()} == {"IHK-142", "IHK-101"}


def test_what_was_approved_and_is_corrected_is_not_missing(client, sign_in, round_of_four):
    cologne = round_of_four[0]
    with_dates(cologne.round, due_on=timezone.localdate() - dt.timedelta(days=3))
    MembershipFactory(organisation_code="IHK-142")
    move(cologne, "submitted", "approved", "draft")
    sign_in("coordinator", "DIHK")

    assert "IHK-142" not in rows(board(client))
    response = board(client, status="in_correction")
    assert rows(response) == ["IHK-142"]
    assert (response.context["page"][0].days_left, "In Korrektur" in response.content.decode()) == (
        None,
        True,
    )
    choose(client, cologne, step="send", text="Bitte melden.")
    assert not Reminder.objects.exists()


def test_nobody_reminds_foreign_members_or_whoever_has_submitted(client, sign_in, round_of_four):
    _cologne, _aachen, crafts, agency = round_of_four
    for code in ("HWK-00032", "BA"):
        MembershipFactory(organisation_code=code)
    sign_in("coordinator", "DIHK")
    choose(client, crafts, agency, step="send", text="Bitte melden.")
    sign_in("data_steward", "BMAS")
    choose(client, crafts, step="send", text="Bitte melden.")

    assert not Reminder.objects.exists()


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_reminder_without_words_or_with_too_many_is_shown_again(client, sign_in, round_of_four, text):
    MembershipFactory(organisation_code="IHK-142")
    sign_in("coordinator", "DIHK")

    assert choose(client, round_of_four[0], step="send", text=text).status_code == 422
    assert not Reminder.objects.exists()


def test_reviewers_and_auditors_see_the_board_and_remind_nobody(client, sign_in, round_of_four):
    for role in (Role.REVIEWER, Role.AUDITOR):
        sign_in(role, "BMAS")
        assert board(client).context["remindable"] == set()
        assert choose(client, round_of_four[0], step="send", text="x").status_code == 403
