"""A whole year with five people: from the invitation to what the auditor reads about it in the end."""

import datetime as dt
import re
from contextlib import ExitStack
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from measures.models import Figure, Submission
from partners.models import User
from tests.browser.conftest import browser_of_a_person, give_session
from tests.browser.year import (
    CONTRACTS,
    EQ,
    PLACES,
    YEAR,
    Clock,
    Person,
    cell,
    cell_name,
    link_in,
    paste,
    record,
    text_of,
)
from tests.factories import MembershipFactory
from tests.measures.spreadsheets import row, workbook
from tests.measures.submissions import item_of, move, put
from tests.smtp import Postbox, delivering

CLERK, PASSWORD = "ada.neu@example.org", "vierzehn blaue Wagen"
COLOGNE = f"IHK Köln, {YEAR}"
ROLES = {
    "steward": ("data_steward", "BMAS"),
    "coordinator": ("coordinator", "DIHK"),
    "reviewer": ("reviewer", "BMAS"),
    "auditor": ("auditor", "BMAS"),
}
People = SimpleNamespace


@pytest.fixture
def postbox(settings, portal):
    settings.PORTAL_ADDRESS = portal.url
    with delivering(settings) as found:
        yield found


@pytest.fixture
def people(chromium, portal):
    """Four who are there already, and a clerk who is still to come in; each with a browser of their own."""
    with ExitStack() as browsers:

        def at_a_browser(user: User | None) -> Person:
            page = browsers.enter_context(browser_of_a_person(chromium, portal))
            if user is None:
                return Person(page, CLERK, "Ada Neu")
            give_session(page, portal, user)
            return Person(page, user.email, str(user))

        found = {
            name: at_a_browser(MembershipFactory(role=role, organisation_code=code).user)
            for name, (role, code) in ROLES.items()
        }
        yield People(clerk=at_a_browser(None), **found)


@pytest.fixture
def last_year(portal) -> Submission:
    """What the IHK Köln reported the year before."""
    submission = Submission.objects.get(round__year=YEAR - 1, organisation__code="IHK-142")
    put(item_of(submission, EQ), 100)
    return move(submission, "submitted", "approved")


def submission_of_cologne() -> Submission:
    return Submission.objects.get(round__year=YEAR, organisation__code="IHK-142")


def values() -> dict[str, int]:
    """The values of the IHK Köln for all target groups."""
    figures = Figure.objects.filter(item__submission=submission_of_cologne(), target_group="_T")
    return {each.item.indicator.code: int(each.value) for each in figures.select_related("item__indicator")}


def test_year_from_invitation_to_audit(people, postbox, last_year, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    clock = Clock()

    clerk_is_invited_by_mail_and_comes_in(people, postbox)
    steward_opens_the_round_and_the_clerk_learns_of_it(people, postbox, clock)
    clerk_records_and_explains(people.clerk)
    coordinator_reminds_by_mail(people, postbox, clock)
    clerk_submits(people.clerk)
    coordinator_endorses(people.coordinator)
    reviewer_sends_back_with_marks(people.reviewer)
    clerk_corrects_and_answers(people, postbox, clock)
    coordinator_endorses(people.coordinator)
    reviewer_approves(people.reviewer)
    clerk_imports_a_correction_and_undoes_it(people, tmp_path)
    clock.next_morning()
    auditor_finds_every_step(people, postbox)


def clerk_is_invited_by_mail_and_comes_in(people: People, postbox: Postbox) -> None:
    people.coordinator.starts()
    people.coordinator.goes_to("Partner")
    people.coordinator.writes("Köln", into="Nach Name, Ort oder Schlüssel suchen")
    people.coordinator.presses("Suchen")
    people.coordinator.opens("IHK zu Köln")
    people.coordinator.opens("Person einladen")
    people.coordinator.is_on("Person einladen")
    people.coordinator.writes(CLERK, into="E-Mail-Adresse")
    people.coordinator.presses("Einladung senden")
    people.coordinator.is_answered(CLERK)

    [mail] = postbox.of(CLERK)
    assert people.coordinator.name in text_of(mail)
    people.clerk.page.goto(link_in(mail))
    people.clerk.is_on("Ihr Konto")
    people.clerk.writes("Ada", into="Vorname")
    people.clerk.writes("Neu", into="Nachname")
    people.clerk.writes(PASSWORD, into="Passwort")
    people.clerk.writes(PASSWORD, into="Passwort wiederholen")
    people.clerk.presses("Konto anlegen")
    people.clerk.is_on("Startseite")
    people.clerk.sees("Zurzeit ist nichts zu melden")


def steward_opens_the_round_and_the_clerk_learns_of_it(
    people: People, postbox: Postbox, clock: Clock
) -> None:
    today = timezone.localdate()
    people.steward.starts()
    people.steward.opens("Neue Runde eröffnen")
    people.steward.is_on("Neue Runde eröffnen", checks=False)
    people.steward.writes(str(today), into="Erster Tag der Erfassung")
    people.steward.writes(str(today + dt.timedelta(days=60)), into="Letzter Tag der Erfassung")
    people.steward.writes(str(today + dt.timedelta(days=40)), into="Fälligkeitstag")
    people.steward.presses("Vorschau")
    people.steward.is_on(f"Was Runde {YEAR} anlegen würde", checks=False)
    people.steward.presses("Runde eröffnen")
    people.steward.is_on(f"Runde {YEAR}")
    people.steward.sees("Kennzahlen: 2.280")

    clock.next_morning()
    assert "Die Berichtsrunde 2019 ist eröffnet" in text_of(postbox.of(CLERK)[-1])
    people.clerk.starts()
    people.clerk.sees(COLOGNE, "Noch nicht begonnen", "noch 40 Tage")
    people.clerk.opens(COLOGNE)
    people.clerk.is_on("Werte erfassen")


def clerk_records_and_explains(clerk: Person) -> None:
    record(clerk, "1.300", into=EQ)
    paste(clerk, "40\t900\n3\t8\n4\t7", into=PLACES)
    expect(cell(clerk, CONTRACTS, "B2")).to_have_value("7")
    assert values() == {EQ: 1300, PLACES: 40, CONTRACTS: 900}

    clerk.sees("1 Rückfrage: bitte korrigieren oder erläutern", "+1.200 % gegenüber 2018")
    clerk.page.locator("#findings textarea").fill("Neues Programm mit der Agentur.")
    clerk.presses("Erläuterungen speichern")
    clerk.is_answered("Ihre Erläuterungen sind gespeichert.")
    expect(clerk.page.locator("#findings summary")).to_have_text(
        re.compile(r"^\s*Erläuterte Rückfragen: 1\s*$")
    )


def coordinator_reminds_by_mail(people: People, postbox: Postbox, clock: Clock) -> None:
    coordinator = people.coordinator
    coordinator.starts()
    coordinator.opens("Wer fehlt")
    coordinator.is_on("Wer fehlt")
    coordinator.page.get_by_role("checkbox", name="IHK Köln").check()
    coordinator.presses("Angekreuzte erinnern")
    coordinator.writes("Bitte bis Freitag.", into="Ihr Text")
    coordinator.presses("Vorschau")
    coordinator.is_on("Vorschau der Erinnerung", checks=False)
    coordinator.presses("Erinnerung abschicken")
    coordinator.is_answered("1 Organisation wurde erinnert.")

    clock.next_morning()
    mail = postbox.of(CLERK)[-1]
    assert mail["Subject"] == "[Allianz-Portal] Erinnerung an Ihre Meldung"
    assert f"{coordinator.name} schreibt: „Bitte bis Freitag.“" in text_of(mail)
    people.clerk.page.goto(link_in(mail))
    people.clerk.is_on("Werte erfassen", checks=False)


def clerk_submits(clerk: Person) -> None:
    clerk.opens("Einreichen")
    clerk.is_on("Werte einreichen")
    clerk.sees("3 von 17 Kennzahlen", "können Sie die Meldung zurückziehen, bis ihre Prüfung beginnt")
    clerk.presses("Verbindlich einreichen")
    clerk.is_answered("zur Prüfung eingereicht")


def coordinator_endorses(coordinator: Person) -> None:
    coordinator.starts()
    coordinator.opens("1 Meldung mitzutragen")
    coordinator.opens("IHK Köln")
    coordinator.is_on("Werte prüfen", checks=False)
    coordinator.presses("Mittragen")
    coordinator.is_answered("Sie tragen die Meldung mit.")


def reviewer_sends_back_with_marks(reviewer: Person) -> None:
    reviewer.follows_notice("trägt die Meldung 2019 von IHK Köln mit")
    reviewer.is_on("Werte prüfen")
    reviewer.sees("Neues Programm mit der Agentur.")
    reviewer.opens("Erläuterung beurteilen")
    reviewer.main.get_by_label("Die Erläuterung annehmen").check()
    reviewer.presses("Entscheidung speichern")
    reviewer.is_answered("Die Erläuterung ist angenommen.")

    for indicator, remark in ((PLACES, "Waren es nicht 400?"), (CONTRACTS, "Doppelt gezählt?")):
        reviewer.page.locator(f"#mark-{cell_name(indicator)}").check()
        reviewer.page.locator(f'[name="remark-{cell_name(indicator)}"]').fill(remark)
    reviewer.main.get_by_text("Mit Begründung zurückgeben", exact=True).click()
    reviewer.page.locator("#submission_send_back").get_by_label("Grund").fill("Bitte zwei Werte prüfen.")
    reviewer.presses("Zurückgeben")
    reviewer.is_answered("zurückgegeben")


def clerk_corrects_and_answers(people: People, postbox: Postbox, clock: Clock) -> None:
    clerk = people.clerk
    clock.next_morning()
    assert "„Bitte zwei Werte prüfen.“ 2 Zellen sind markiert." in text_of(postbox.of(CLERK)[-1])
    clerk.starts()
    clerk.sees("2 offene Markierungen der Prüfung")
    clerk.follows_notice("2 Zellen sind markiert")
    clerk.is_on("Werte erfassen")

    record(clerk, "400", into=PLACES)
    marks = clerk.page.locator("#marks")
    expect(marks.get_by_role("listitem").first).to_contain_text("Erledigt: Der Wert wurde geändert.")
    clerk.opens("Einreichen")
    clerk.sees("1 Markierung der Prüfung ist noch offen")
    clerk.is_on("Werte einreichen")
    clerk.opens("Zu den Markierungen")
    clerk.opens("Beantworten statt ändern")
    clerk.writes("Nein, jeder Vertrag einmal.", into="Antwort")
    clerk.presses("Beantworten")
    clerk.is_answered("Ihre Antwort wurde gespeichert.")
    clerk.opens("Einreichen")
    clerk.does_not_see("noch offen")
    clerk.presses("Verbindlich einreichen")
    clerk.is_answered("zur Prüfung eingereicht")


def reviewer_approves(reviewer: Person) -> None:
    reviewer.follows_notice("„Nein, jeder Vertrag einmal.“")
    reviewer.is_on("Werte prüfen", checks=False)
    change = reviewer.page.get_by_role("table", name="Änderungen seit der Rückgabe").get_by_role("row").nth(1)
    expect(change).to_contain_text("40")
    expect(change).to_contain_text("400")
    reviewer.opens("Freigeben")
    reviewer.is_on("Werte freigeben")
    reviewer.sees("Summe danach", "1.300")
    reviewer.presses("Freigeben")
    reviewer.is_answered("Die Meldung ist freigegeben.")
    assert submission_of_cologne().status == "approved"


def clerk_imports_a_correction_and_undoes_it(people: People, tmp_path) -> None:
    clerk = people.clerk
    file = tmp_path / "Nachmeldung.xlsx"
    rows = [row("1.310", year=YEAR), row(410, indicator="Zusätzliche Ausbildungsplätze", year=YEAR)]
    file.write_bytes(workbook(rows))
    clerk.goes_to("Import")
    clerk.page.set_input_files("input[type=file]", file)
    clerk.presses("Hochladen und prüfen")
    clerk.is_on("Spalten bestätigen", checks=False)
    clerk.presses("Bestätigen und vergleichen")
    clerk.is_on("Vorschau prüfen")
    clerk.sees(f"IHK Köln {YEAR}")
    clerk.writes("Plätze nachgemeldet", into="Grund")
    clerk.presses("2 Werte übernehmen")
    clerk.is_on("Der Import wurde übernommen", checks=False)
    clerk.sees("noch einzureichen")
    assert values() == {EQ: 1310, PLACES: 410, CONTRACTS: 900}
    assert submission_of_cologne().status == "draft"

    clerk.opens("Rückgängig machen")
    clerk.is_on("Import rückgängig machen?")
    clerk.sees("Diese Meldungen sind danach wieder freigegeben")
    clerk.main.get_by_label("Grund").fill("Doch die alte Datei")
    clerk.presses("Rückgängig machen")
    clerk.is_on("Der Import ist rückgängig gemacht", checks=False)
    assert values() == {EQ: 1300, PLACES: 400, CONTRACTS: 900}
    assert submission_of_cologne().status == "approved"

    people.reviewer.follows_notice(
        f"{clerk.name} hat die Korrektur der Meldung {YEAR} von IHK Köln zurückgenommen"
    )
    people.reviewer.sees("Freigegeben")


STEPS = [
    "Korrektur zurückgenommen",
    "Korrektur begonnen",
    "Freigegeben",
    "Mitgetragen",
    "Eingereicht",
    "Zurückgegeben",
    "Mitgetragen",
    "Eingereicht",
]
OF_THE_CLERK = [
    "Eine Meldung ist freigegeben",
    "Eine Meldung wird mitgetragen",
    "Eine Meldung ist zurückgegeben",
    "Eine Meldung wird mitgetragen",
    "Dank für eine frühe Meldung",
    "Erinnerung an Ihre Meldung",
    "Eine Berichtsrunde ist eröffnet",
]


def auditor_finds_every_step(people: People, postbox: Postbox) -> None:
    auditor = people.auditor
    auditor.starts()
    auditor.opens("Verlauf durchsuchen")
    auditor.is_on("Verlauf durchsuchen")
    auditor.sees("Rolle erteilt", "Eröffnet", "Nachmeldung.xlsx", "Doch die alte Datei")

    look_for(auditor, kind="Schritte von Meldungen", organisation="IHK-142")
    assert events(auditor)[: len(STEPS)] == STEPS
    look_for(auditor, kind="Mitteilungen und Mails", person=CLERK)
    assert events(auditor) == OF_THE_CLERK
    auditor.sees("„Bitte bis Freitag.“")
    rows = auditor.main.get_by_role("row").filter(has_text=f"an {CLERK}")
    expect(rows).to_have_count(len(OF_THE_CLERK))
    assert len(postbox.of(CLERK)) == 1 + 4  # the invitation, and a mail on each morning


def look_for(auditor: Person, *, kind: str, person: str = "", organisation: str = "") -> None:
    auditor.main.get_by_label("Person, nach Name oder E-Mail-Adresse").fill(person)
    auditor.main.get_by_label("Organisation, nach Name oder Schlüssel").fill(organisation)
    auditor.main.locator("select[name=kind]").select_option(label=kind)
    with auditor.page.expect_navigation():
        auditor.presses("Suchen")


def events(auditor: Person) -> list[str]:
    """What happened, the newest first."""
    cells = auditor.main.locator("tbody tr td:nth-child(2)").all_inner_texts()
    return [text.strip().partition("\n")[0] for text in cells]
