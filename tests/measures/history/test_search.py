"""The search over all that has happened: found by every side of it, page by page, and as a file."""

import csv
import datetime as dt
import io
import re

import pytest
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from measures.models import Indicator, RoundEvent, TargetGroup
from measures.renderers.history_csv import ROWS_AT_ONCE, history_csv
from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch, Position
from measures.selectors.history.search import ExportedEntries, history_page
from partners.enums import SecurityEventKind as Kind
from partners.models import SecurityEvent, User
from partners.services.notices.digests import write_digests
from partners.services.security_events import Sender, record
from tests.factories import MembershipFactory, UserFactory
from tests.measures.imports.undoing import step_of, type_in, undo
from tests.measures.reviewing import take
from tests.measures.spreadsheets import bring_in, row, workbook
from tests.measures.submissions import YEAR, item_of, make_submission, move, put

pytestmark = pytest.mark.django_db

PAGE, FILE = reverse("measures:history_search"), reverse("measures:history_export")
COLOGNE, AACHEN = "IHK-142", "IHK-101"


@pytest.fixture
def ada() -> User:
    user = MembershipFactory(role="contributor", organisation_code=COLOGNE).user
    user.first_name, user.last_name = "Ada", "Lovelace"
    user.save()
    return user


@pytest.fixture
def auditor(sign_in) -> User:
    return sign_in("auditor", "BMAS")


@pytest.fixture
def figures(ada):
    """A figure of Cologne typed twice and cleared, and one of Aachen by somebody else."""
    item = item_of(make_submission(COLOGNE), "additional_places")
    for value in (5, 7, None):
        type_in(item, value, ada)
    eve = MembershipFactory(role="contributor", organisation_code=AACHEN).user
    type_in(item_of(make_submission(AACHEN), "training_placements"), 9, eve)
    return item


def found(client, **asked: str) -> list[HistoryEntry]:
    page = client.get(PAGE, asked)
    assert page.status_code == 200
    return page.context["entries"]


def values(entries: list[HistoryEntry]) -> list[tuple[object, object]]:
    def plain(stated):
        return stated and stated.value and int(stated.value)

    return [(plain(entry.old), plain(entry.new)) for entry in entries]


def test_each_version_stands_with_what_was_there_before(client, figures, ada, auditor):
    entries = found(client, kind="figures", organisation=COLOGNE)

    assert values(entries) == [(7, None), (5, 7), (None, 5)]
    assert [str(entry.what) for entry in entries] == ["Gelöscht", "Geändert", "Erfasst"]
    assert {entry.by for entry in entries} == {ada}
    assert {entry.where_from for entry in entries} == {"Formular"}
    assert {(entry.organisation, entry.year) for entry in entries} == {("IHK Köln", YEAR)}


FOUND_BY = [
    ({"person": "lovelace ada"}, [(7, None), (5, 7), (None, 5)]),
    ({"person": "nobody"}, []),
    ({"organisation": "IHK Aachen"}, [(None, 9)]),
    ({"indicator": "training_placements"}, [(None, 9)]),
    ({"origin": "form", "organisation": AACHEN}, [(None, 9)]),
    ({"origin": "import", "organisation": AACHEN}, []),
    ({"event": "figures:delete"}, [(7, None)]),
    ({"value": "7", "organisation": COLOGNE}, [(7, None), (5, 7)]),
    ({"value": "5,0", "organisation": COLOGNE}, [(5, 7), (None, 5)]),
    ({"value": "6", "organisation": COLOGNE}, []),
    ({"value": "7"}, [(7, None), (5, 7)]),
    ({"value": "9"}, [(None, 9)]),
    ({"value": "7", "until": "2000-12-31"}, []),
    ({"since": "2000-01-01", "until": "2000-12-31"}, []),
    ({"since": "2000-01-01", "organisation": AACHEN}, [(None, 9)]),
]
"""What is asked of the figures, and which of them are found."""


def test_figures_are_found_by_every_side(client, figures, auditor):
    answers = [values(found(client, **{"kind": "figures", **asked})) for asked, _expected in FOUND_BY]

    assert answers == [expected for _asked, expected in FOUND_BY]


def test_steps_and_rounds_are_found(client, auditor):
    submission = make_submission(COLOGNE)
    move(submission, "submitted", "returned")
    RoundEvent.objects.create(
        round=submission.round,
        submission=submission,
        action="extended",
        actor=auditor,
        reason="Umzug",
        opens_on="2030-01-01",
        closes_on="2030-02-01",
        due_on="2030-02-01",
    )

    entries = found(client, organisation=COLOGNE)

    assert [(entry.kind, str(entry.what)) for entry in entries if entry.year == YEAR] == [
        (HistoryKind.ROUNDS, "Für eine Organisation verlängert"),
        (HistoryKind.STEPS, "Zurückgegeben"),
        (HistoryKind.STEPS, "Eingereicht"),
    ]
    [extended] = found(client, event="rounds:extended")
    assert (extended.kind, extended.title) == (HistoryKind.ROUNDS, f"Runde {YEAR}")
    assert {str(e.what) for e in found(client, event="steps:send_back")} == {"Zurückgegeben"}


def test_security_events_are_in_words(client, auditor, ada):
    record(Kind.SIGNED_IN, Sender("192.0.2.1", "req-1"), person_id=ada.pk, target="password, totp")
    record(Kind.DOWNLOADED, Sender(), person_id=ada.pk, target="/import/1/datei/")

    downloaded, signed_in, role = found(client, kind="security", person="lovelace")

    assert (str(signed_in.what), signed_in.remark) == ("Angemeldet", "Passwort, Authenticator-App")
    assert (signed_in.where_from, signed_in.request_id) == ("192.0.2.1", "req-1")
    assert (downloaded.remark, downloaded.by) == ("Hochgeladene Datei (/import/1/datei/)", ada)
    assert role.remark.startswith("Erfassung IHK-142 ")
    assert (role.about, role.organisation) == (ada, COLOGNE)
    assert role in found(client, organisation=COLOGNE, event="security:role_given")
    assert role not in found(client, organisation=AACHEN, event="security:role_given")


def test_downloads_name_their_file_and_are_found_by_its_organisation(client, auditor, ada):
    submission = make_submission(COLOGNE)
    run = bring_in(workbook([row(5)]), ada)
    client.force_login(ada)
    assert client.get(reverse("measures:import_report", args=[run.pk])).status_code == 200
    for address in (
        reverse("measures:submission_own_workbook", args=[submission.pk]),
        reverse("reporting:document", args=[0, "de", "pdf"]),
        FILE,
    ):
        record(Kind.DOWNLOADED, Sender(), person_id=ada.pk, target=address)
    record(Kind.EXPORTED, Sender(), person_id=ada.pk, target="measures.indicator: 12, xlsx")
    client.force_login(auditor)

    exported, history, report, own_workbook, preview = found(client, kind="security", person="lovelace")[:5]

    assert (preview.title, preview.remark) == ("Meldung.xlsx", "Vorschau des Imports für Programme")
    assert preview.address == reverse("measures:import_detail", args=[run.pk])
    assert (own_workbook.title, own_workbook.remark) == (f"IHK Köln, {YEAR}", "Meldevorlage")
    assert report.remark == "Bericht als pdf, Sprache: de (/berichte/0/de.pdf)"
    assert (history.remark, history.address) == ("Verlauf als CSV", PAGE)
    assert exported.remark == "Kennzahlen: 12, xlsx"
    of_cologne = found(client, event="security:downloaded", organisation=COLOGNE)
    assert of_cologne == [own_workbook, preview]
    assert found(client, event="security:downloaded", organisation=AACHEN) == []


def test_notices_are_found_with_the_mail_they_went_into(client, auditor, ada):
    submission = make_submission(COLOGNE)
    move(submission, "submitted")
    take("send_back", submission, reason="Bitte prüfen")
    write_digests(timezone.now().replace(hour=12) + dt.timedelta(days=1))

    [entry] = found(client, kind="notices", person="lovelace")

    assert (entry.about, str(entry.what)) == (ada, "Eine Meldung ist zurückgegeben")
    assert "„Bitte prüfen“" in entry.remark
    assert entry.where_from.endswith(f"an {ada.email}")
    assert found(client, event="notices:returned", organisation=COLOGNE) == [entry]
    assert found(client, kind="notices", organisation=AACHEN) == []


def test_import_names_file_and_cell_and_undo_whoever_undid(client, auditor):
    steward = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    clerk = MembershipFactory(role="contributor", organisation_code=COLOGNE).user
    make_submission(COLOGNE)
    run = bring_in(workbook([row(5)]), clerk)
    undo(step_of(run), steward, reason="Falsche Datei")

    undone, applied = found(client, kind="figures", organisation=COLOGNE)

    assert applied.by == clerk
    assert applied.where_from.startswith("Meldung.xlsx, ")
    assert (undone.by, undone.reason, str(undone.what)) == (
        steward,
        "Falsche Datei",
        "Durch Rückgängigmachen eines Imports",
    )


SENSELESS = [
    ({"since": "30.02.x"}, "since"),
    ({"organisation": "IHK"}, "organisation"),
    ({"organisation": "gibt es nicht"}, "organisation"),
    ({"value": "viele"}, "value"),
    ({"value": "1e999999", "organisation": COLOGNE}, "value"),
    ({"kind": "x"}, "kind"),
    ({"indicator": "x"}, "indicator"),
    ({"event": "x"}, "event"),
]
"""What is asked, and the field at which it is refused."""


def test_what_makes_no_sense_is_said(client, auditor):
    pages = [client.get(PAGE, asked) for asked, _field in SENSELESS]

    refused = [
        field in page.context["form"].errors for page, (_asked, field) in zip(pages, SENSELESS, strict=True)
    ]
    assert refused == [True] * len(SENSELESS)
    assert [client.get(FILE, asked).status_code for asked, _field in SENSELESS] == [404] * len(SENSELESS)


def test_place_that_is_none_is_the_beginning_or_the_end(client, auditor):
    places = ["", "x", "1-2", "nan-0-0", "1e400-0-0", "1e9999999-0-0", f"{'9' * 30}-0-1", "1-0-" + "9" * 30]

    assert {after: client.get(PAGE, {"after": after}).status_code for after in places} == dict.fromkeys(
        places, 200
    )


def test_pages_follow_each_other_without_a_gap_or_a_repetition(auditor, figures):
    at = timezone.now()
    began = User.objects.filter(pk=auditor.pk).annotate(began=Now()).get().began  # of this transaction
    for number in range(7):  # at the same moment, as a trigger's events of one transaction are
        SecurityEvent.objects.create(kind=Kind.DOWNLOADED, at=at, target=str(number))
    move(make_submission(COLOGNE, year=YEAR + 1), "submitted")
    whole = history_page(HistorySearch(limit=1000, since=began)).entries

    pages, after = [], None
    for _number in range(len(whole)):
        page = history_page(HistorySearch(limit=3, after=after, since=began))
        pages += page.entries
        if not page.more:
            break
        after = Position.parse(page.more)

    assert [(e.kind, e.pk) for e in pages] == [(e.kind, e.pk) for e in whole]
    assert len({(e.kind, e.pk) for e in pages}) == len(whole)
    assert [e.at for e in whole] == sorted((e.at for e in whole), reverse=True)


@pytest.mark.parametrize("role", ["contributor", "coordinator", "reviewer"])
def test_others_find_no_such_page(client, sign_in, role):
    sign_in(role, {"contributor": COLOGNE, "coordinator": "DIHK"}.get(role, "BMAS"))

    assert client.get(PAGE).status_code == 404
    assert client.get(FILE).status_code == 404


def test_administrators_search_as_well(client, sign_in):
    sign_in("data_steward", "BMAS")
    assert client.get(PAGE).status_code == 200


def rows_of(response) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def test_file_has_everything_that_fits_in_the_words_of_the_portal(client, figures, ada, auditor):
    type_in(figures, 12000, ada)
    response = client.get(FILE, {"kind": "figures", "organisation": COLOGNE})

    assert response.streaming
    assert response["Content-Disposition"].startswith('attachment; filename="verlauf-')
    rows = rows_of(response)
    assert [(line["Alter Wert"], line["Neuer Wert"]) for line in rows] == [
        ("", "12000"),
        ("7", ""),
        ("5", "7"),
        ("", "5"),
    ]
    assert {line["Person"] for line in rows} == {str(ada)}
    assert {line["Jahr"] for line in rows} == {str(YEAR)}
    assert SecurityEvent.objects.filter(kind=Kind.DOWNLOADED, person=auditor, target=FILE).exists()


def test_search_for_a_value_finds_whoever_stated_it_and_the_file_says_what_is_left_out(
    client, figures, ada, auditor, monkeypatch
):
    for value in (9, 8, 9):
        type_in(figures, value, ada)
    eve = MembershipFactory(role="contributor", organisation_code=AACHEN).user
    type_in(item_of(make_submission(AACHEN, year=YEAR + 1), "training_placements"), 9, eve)
    everything = {"kind": "figures", "value": "9"}
    whole = found(client, **everything, person=ada.email)
    assert values(whole) == [(8, 9), (9, 8), (None, 9)]
    [*_rows, last] = rows_of(client.get(FILE, everything))
    assert last["Neuer Wert"] == "9"  # an entry

    monkeypatch.setattr("measures.selectors.history.figures.VERSIONS_OF_A_VALUE", 1)
    monkeypatch.setattr("measures.selectors.history.search.EXPORTED_AT_ONCE", 2)

    page = client.get(PAGE, everything)
    [*rows, last] = rows_of(client.get(FILE, everything))
    assert page.context["left_out"].startswith("Dieser Wert wurde öfter als 1 Mal angegeben.")
    assert page.context["left_out"] in page.content.decode()
    assert next(iter(last.values())) == page.context["left_out"]
    assert [line["Neuer Wert"] for line in rows] == ["9"] * 4
    assert values(found(client, **everything, person=ada.email)) == [(8, 9), (None, 9)]
    assert not client.get(PAGE, everything | {"organisation": COLOGNE}).context["left_out"]


def test_file_speaks_english(client, figures, auditor):
    client.cookies["django_language"] = "en"
    rows = rows_of(client.get(FILE, {"kind": "figures", "organisation": COLOGNE}))

    assert {"Old value", "New value", "Person concerned"} <= rows[0].keys()
    assert rows[0]["Event"] == "Deleted"


def test_nothing_in_the_file_is_a_formula(client, auditor):
    evil = UserFactory(first_name='=HYPERLINK("x")', last_name="")
    record(Kind.DOWNLOADED, Sender(), person_id=evil.pk, target="+cmd|' /C calc'!A0")

    (line,) = rows_of(client.get(FILE, {"event": "security:downloaded", "person": "hyperlink"}))

    assert line["Person"].startswith("'=")
    assert line["Bemerkung"].startswith("'+")


def test_long_file_comes_in_pieces():
    entry = HistoryEntry(HistoryKind.ROUNDS, 1, dt.datetime(2030, 1, 1, tzinfo=dt.UTC), "Geöffnet")

    pieces = list(history_csv([entry] * (2 * ROWS_AT_ONCE + 1), "de"))

    assert [piece.decode().count("\n") for piece in pieces] == [ROWS_AT_ONCE + 1, ROWS_AT_ONCE, 1]
    assert b"2030-01-01 01:00:00" in pieces[0]
    assert len(list(history_csv([], "de"))) == 1


def test_version_stays_whose_target_group_is_gone(client, auditor, ada):
    group = TargetGroup.objects.create(code="T9", kind="person", name_de="Früher", name_en="Former")
    item = item_of(make_submission(COLOGNE), "additional_places")
    Indicator.objects.filter(pk=item.indicator_id).update(
        target_groups=["T9"], breakdown=[*item.indicator.breakdown, "target_group"]
    )
    put(item, 5, target_group="T9").delete()
    Indicator.objects.filter(pk=item.indicator_id).update(
        target_groups=item.indicator.target_groups, breakdown=item.indicator.breakdown
    )
    group.delete()

    entries = found(client, kind="figures", organisation=COLOGNE)

    assert values(entries) == [(5, None), (None, 5)]
    assert {entry.cell for entry in entries} == {"Nordrhein-Westfalen, #T9"}


def test_file_ends_after_so_many_entries_and_says_where_the_others_are(client, auditor, monkeypatch, figures):
    """However many there are of one day."""
    monkeypatch.setattr("measures.selectors.history.search.EXPORTED_AT_ONCE", 2)
    monkeypatch.setattr("measures.selectors.history.search.MOST_EXPORTED", 3)

    def lines(address, asked=None):
        return b"".join(client.get(address, asked).streaming_content).decode().splitlines()

    first = lines(FILE, {"kind": "figures"})
    assert (len(first), "Es gibt ältere Einträge" in first[-1]) == (5, True)

    second = lines(re.search(r"http://testserver(\S+after=[^\s;\"]+)", first[-1])[1])
    assert len(second) == 2
    assert second[1] not in first


def test_export_reads_on_where_it_was(monkeypatch, figures):
    monkeypatch.setattr("measures.selectors.history.search.EXPORTED_AT_ONCE", 2)
    search = HistorySearch(kind=HistoryKind.FIGURES)

    assert len(list(ExportedEntries(search))) == len(
        history_page(HistorySearch(kind="figures", limit=10**4)).entries
    )


def test_cell_shows_every_version_to_whoever_sees_the_submission(client, figures, ada, sign_in):
    client.force_login(ada)
    address = reverse("measures:cell_history", args=[figures.submission_id, figures.pk, "05", "_T", "_T"])

    page = client.get(address)

    assert values(page.context["entries"]) == [(7, None), (5, 7), (None, 5)]
    assert str(ada) in page.content.decode()
    sign_in("contributor", AACHEN)
    assert client.get(address).status_code == 404
    client.force_login(ada)
    nothing = reverse("measures:cell_history", args=[figures.submission_id, figures.pk, "06", "_T", "_T"])
    assert client.get(nothing).status_code == 404


def test_history_of_a_submission_leads_to_its_cells(client, figures, ada):
    client.force_login(ada)
    page = client.get(reverse("measures:submission_history", args=[figures.submission_id]))
    link = reverse("measures:cell_history", args=[figures.submission_id, figures.pk, "05", "_T", "_T"])

    assert link in page.content.decode()


def test_place_in_the_list_survives_the_address():
    entry = HistoryEntry(HistoryKind.FIGURES, 1, timezone.now(), "x")
    assert Position.parse(str(entry.position)) == entry.position
