"""The start page: what each role is to do, what waits for it, what has changed and what is due next."""

import datetime as dt

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from django.utils import timezone

from measures.models import ReportingRound
from measures.services.rounds import extend_submission
from partners.models import Organisation, User
from partners.permissions import access_for
from partners.services.second_factors.resets import request_reset
from reporting.selectors.start import ASIDE, MAIN, sections
from reporting.selectors.start.parts import Section, StartEntry, days_left
from tests.factories import MembershipFactory, UserFactory
from tests.measures.meetings.making import make_meeting
from tests.measures.reviewing import approved_at_once, commented, sent_back, take
from tests.measures.spreadsheets import QUALIFICATION, row, stage, workbook
from tests.measures.submissions import YEAR, extended, item_of, make_submission, move, put, with_dates
from tests.roles import BODY_OF_ROLE

pytestmark = pytest.mark.django_db

KOELN, AACHEN, BONN = "IHK-142", "IHK-101", "IHK-111"


@pytest.fixture(autouse=True)
def no_other_round():
    """The catalogue's own rounds are over, so that the page shows the test's alone."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    for each in ReportingRound.objects.filter(closes_on__gt=yesterday):
        with_dates(each, closes_on=yesterday, due_on=yesterday)


def sections_of(user: User) -> dict[str, Section]:
    access = access_for(user)
    return {section.key: section for section in [*sections(MAIN, access), *sections(ASIDE, access)]}


def member(role: str, organisation: str) -> User:
    return MembershipFactory(role=role, organisation_code=organisation).user


def words(entry: StartEntry) -> str:
    return " | ".join([entry.title, *(badge.label for badge in entry.badges), *entry.notes])


def all_words(section: Section) -> list[str]:
    return [words(entry) for entry in section.entries]


def test_contributor_sees_what_is_due_and_how_many_days_are_left():
    submission = make_submission(KOELN, days_left=5)
    make_submission(AACHEN)
    put(item_of(submission), 5)

    [entry] = sections_of(member("contributor", KOELN))["to-report"].entries

    assert words(entry).startswith(f"IHK Köln, {YEAR} | noch 5 Tage | fällig bis ")
    assert "1 von 2 Kennzahlen gemeldet" in entry.notes
    assert entry.badges[0].tone == "warning"
    assert entry.url == reverse("measures:submission_detail", args=[submission.pk])


@pytest.mark.parametrize(
    ("due_in", "label", "tone"),
    [
        (1, "noch 1 Tag", "warning"),
        (8, "noch 8 Tage", "info"),
        (0, "heute fällig", "warning"),
        (-3, "seit 3 Tagen überfällig", "danger"),
    ],
)
def test_days_left_are_counted_to_the_due_date(due_in, label, tone):
    submission = make_submission(KOELN)
    with_dates(submission.round, due_on=timezone.localdate() + dt.timedelta(days=due_in))

    [entry] = sections_of(member("contributor", KOELN))["to-report"].entries

    assert (entry.badges[-1].label, entry.badges[-1].tone) == (label, tone)


def test_correction_of_what_was_approved_is_not_overdue():
    submission = make_submission(KOELN)
    with_dates(submission.round, due_on=timezone.localdate() - dt.timedelta(days=2))
    put(item_of(submission), 5)
    move(submission, "submitted", "approved", "draft")

    [entry] = sections_of(member("contributor", KOELN))["to-report"].entries

    assert [badge.label for badge in entry.badges] == ["In Korrektur"]
    assert not any("fällig" in note for note in entry.notes)


def test_many_days_are_written_as_numbers_are():
    assert days_left(timezone.localdate() - dt.timedelta(days=2891)).label == "seit 2.891 Tagen überfällig"


def test_what_was_sent_back_comes_first_with_its_open_marks():
    make_submission(KOELN, year=YEAR + 1, days_left=2)
    returned = make_submission(KOELN)
    put(item_of(returned), 5)
    put(item_of(returned), 2, target_group="J5")
    sent_back(returned, "_T", "J5")
    item_of(returned).figures.filter(target_group="J5").update(value=3)

    first, second = sections_of(member("contributor", KOELN))["to-report"].entries

    assert first.title == f"IHK Köln, {YEAR}"
    assert first.badges[0].label == "Zurückgegeben"
    assert "1 offene Markierung der Prüfung" in first.notes
    assert second.title == f"IHK Köln, {YEAR + 1}"


def test_returned_submission_is_still_to_be_reported_after_the_window_has_ended():
    submission = make_submission(KOELN)
    put(item_of(submission), 5)
    sent_back(submission, "_T")
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    with_dates(submission.round, closes_on=yesterday, due_on=yesterday)

    [entry] = sections_of(member("contributor", KOELN))["to-report"].entries

    assert entry.notes[0].startswith("Die Zeit für die Erfassung ist vorbei")


def test_open_queries_of_the_checks_are_counted():
    put(item_of(make_submission(KOELN, year=YEAR - 1)), 10)
    move(make_submission(AACHEN, year=YEAR + 1), "submitted")
    put(item_of(make_submission(KOELN)), 500)

    entries = sections_of(member("contributor", KOELN))["to-report"].entries

    assert "1 offene Rückfrage" in next(each for each in entries if str(YEAR) in each.title).notes


def test_nothing_to_report_leads_to_the_submissions_and_names_the_next_round():
    make_submission(AACHEN)
    coming = with_dates(
        make_submission(AACHEN, year=YEAR + 1).round,
        opens_on=timezone.localdate() + dt.timedelta(days=9),
    )

    empty = sections_of(member("contributor", KOELN))["to-report"].empty

    assert empty.title == "Zurzeit ist nichts zu melden"
    assert empty.text == f"Die Runde {YEAR + 1} öffnet am {coming.opens_on:%d.%m.%Y}."
    assert empty.url == reverse("measures:submission_list") + "?year=all"


def test_coordinator_sees_what_is_to_be_endorsed_and_how_far_the_members_are():
    put(item_of(make_submission(KOELN)), 5)
    submission = make_submission(AACHEN)
    put(item_of(submission), 5)
    move(submission, "submitted")
    make_submission("HWK-00091")

    shown = sections_of(member("coordinator", "DIHK"))

    [entry] = shown["waiting"].entries
    assert words(entry).startswith(f"1 Meldung mitzutragen | Runde {YEAR} | die älteste seit ")
    assert entry.url == f"{reverse('measures:review_list')}?year={YEAR}&status=submitted"
    assert [each.title for each in shown["progress"].entries] == ["Entwurf: 1", "Eingereicht: 1"]
    assert "to-report" not in shown


def test_reviewer_sees_what_is_to_be_reviewed_without_what_they_prepared():
    reviewer = member("reviewer", "BMAS")
    for code in (KOELN, AACHEN, BONN):
        submission = make_submission(code)
        put(item_of(submission), 5)
        move(submission, "submitted", by=reviewer if code == BONN else None)
        if code == AACHEN:
            take("begin_review", submission)
            take("ask_back", submission, reason="Zahl fehlt")

    [entry] = sections_of(reviewer)["waiting"].entries

    assert words(entry).startswith(f"2 Meldungen zu prüfen | 1 mit Bitte um Rückgabe | Runde {YEAR}")


def test_proposal_of_many_approvals_waits_for_another_reviewer(many_submitted):
    proposer, other = member("reviewer", "BMAS"), member("reviewer", "BMWi")
    batch = approved_at_once(many_submitted, proposer)

    address = reverse("measures:review_batch", args=[batch.pk])
    assert [each.title for each in sections_of(other)["waiting"].entries if each.url == address] == [
        "Freigabe von 11 Meldungen bestätigen"
    ]
    assert address not in [each.url for each in sections_of(proposer)["waiting"].entries]


@pytest.fixture
def many_submitted():
    codes = Organisation.objects.filter(code__startswith="IHK-").values_list("code", flat=True)[:11]
    submissions = [make_submission(code, ("additional_places",)) for code in codes]
    for submission in submissions:
        put(item_of(submission, "additional_places"), 5)
        move(submission, "submitted")
    return submissions


def test_ones_own_import_waits_until_it_is_applied():
    uploader, colleague = member("contributor", KOELN), member("contributor", KOELN)
    make_submission(KOELN)
    run = stage(workbook([row(5, indicator=QUALIFICATION)]), uploader)

    [entry] = sections_of(uploader)["waiting"].entries

    assert (entry.title, entry.url) == (run.file_name, reverse("measures:import_detail", args=[run.pk]))
    assert (entry.badges[0].tone, entry.badges[0].label) == ("success", "Bereit zur Übernahme")
    type(run).objects.filter(pk=run.pk).update(held_count=1)
    [entry] = sections_of(uploader)["waiting"].entries
    assert (entry.badges[0].tone, entry.badges[0].label) == ("warning", "Bereit, 1 Wert mit Fehlern")
    assert sections_of(colleague)["waiting"].empty.title == "Nichts zu erledigen"


def test_steward_sees_a_reset_that_another_one_has_asked_for():
    first, second = member("data_steward", "BMAS"), member("data_steward", "BMWi")
    person = member("contributor", KOELN)
    TOTP.activate(person, generate_totp_secret())
    request_reset(person=person, actor=first, reason="Telefon verloren", identity_check="Rückruf im Büro")

    titles = [each.title for each in sections_of(second)["waiting"].entries]

    assert titles == [f"Zurücksetzen für {person} bestätigen"]
    assert sections_of(first)["waiting"].entries == []


def test_changes_are_those_of_others_the_newest_first():
    contributor = member("contributor", KOELN)
    submission = make_submission(KOELN)
    put(item_of(submission), 5)
    move(submission, "submitted")
    take("begin_review", submission, UserFactory(first_name="Rita", last_name="Rein"))
    commented(submission, contributor)
    commented(submission, member("reviewer", "BMAS"), with_file=False)
    foreign = make_submission(AACHEN)
    put(item_of(foreign), 5)
    move(foreign, "submitted")

    changed = all_words(sections_of(contributor)["changes"])

    assert len(changed) == 3
    assert changed[0].startswith(f"IHK Köln, {YEAR} | Kommentar | von ")
    assert changed[1] == f"IHK Köln, {YEAR} | Prüfung begonnen | von Rita Rein"
    assert changed[2].startswith(f"IHK Köln, {YEAR} | Eingereicht | von ")


@pytest.mark.parametrize(
    ("role", "organisation", "seen"),
    [("contributor", KOELN, True), ("contributor", AACHEN, False), ("auditor", "BMAS", True)],
)
def test_extension_is_news_to_whom_it_concerns(role, organisation, seen):
    submission = make_submission(KOELN)
    steward = member("data_steward", "BMAS")
    extend_submission(
        submission_id=submission.pk,
        until=submission.round.closes_on + dt.timedelta(days=9),
        reason="Umzug",
        actor=steward,
    )

    changed = all_words(sections_of(member(role, organisation))["changes"])

    news = f"Runde {YEAR} | Für eine Organisation verlängert | IHK Köln | von {steward}"
    assert (news in changed) is seen


def test_dates_are_those_of_rounds_and_of_the_extensions_one_may_see():
    submission = make_submission(KOELN, days_left=10)
    with_dates(submission.round, due_on=timezone.localdate() + dt.timedelta(days=4))
    extended(submission, timezone.localdate() + dt.timedelta(days=20))
    extended(make_submission(AACHEN), timezone.localdate() + dt.timedelta(days=15))
    make_meeting(
        title_de="Spitzentreffen", day=timezone.localdate() + dt.timedelta(days=6), begins=dt.time(10)
    )
    make_meeting(title_de="Abgesagt", day=timezone.localdate(), is_cancelled=True)
    make_meeting(title_de="In zwei Jahren", day=timezone.localdate() + dt.timedelta(days=700))

    dates = sections_of(member("contributor", KOELN))["dates"].entries

    today = timezone.localdate()
    assert [((each.on - today).days, each.title, each.notes[0]) for each in dates] == [
        (4, f"Runde {YEAR}", "Fälligkeitstag"),
        (6, "Spitzentreffen", "Sitzung"),
        (10, f"Runde {YEAR}", "Letzter Tag der Erfassung"),
        (20, f"IHK Köln, {YEAR}", "Ende der Verlängerung"),
    ]
    assert len(sections_of(member("auditor", "BMAS"))["dates"].entries) == 5


@pytest.mark.parametrize(
    ("role", "keys"),
    [
        ("contributor", {"to-report", "waiting", "dates", "changes", "shortcuts"}),
        ("coordinator", {"waiting", "commitments", "progress", "dates", "changes", "shortcuts"}),
        ("reviewer", {"waiting", "progress", "dates", "changes", "shortcuts"}),
        ("data_steward", {"waiting", "progress", "dates", "changes", "shortcuts"}),
        ("auditor", {"progress", "dates", "changes", "shortcuts"}),
    ],
)
def test_each_role_has_its_sections_and_every_link_of_them_opens(client, sign_in, role, keys):
    submission = make_submission(KOELN)
    put(item_of(submission), 5)
    move(submission, "submitted")
    user = sign_in(role, BODY_OF_ROLE[role])

    shown = sections_of(user)

    assert shown.keys() == keys
    links = {entry.url for section in shown.values() for entry in section.entries}
    links |= {section.more_url for section in shown.values() if section.more_url}
    links |= {section.empty.url for section in shown.values() if section.empty and section.empty.url}
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_whoever_has_several_roles_sees_the_sections_of_all():
    user = member("contributor", KOELN)
    make_submission(KOELN)
    MembershipFactory(user=user, role="coordinator", organisation_code="DIHK")
    MembershipFactory(user=user, role="reviewer", organisation_code="BMAS")

    shown = sections_of(user)

    assert list(shown) == [
        "to-report",
        "waiting",
        "commitments",
        "progress",
        "changes",
        "dates",
        "shortcuts",
    ]
    assert [each.title for each in shown["shortcuts"].entries] == [
        "Werte erfassen",
        "Tabelle hochladen",
        "Wer fehlt",
        "Personen bei DIHK",
        "Fortschrittsberichte",
    ]


def test_superuser_has_the_shortcuts_of_the_data_management():
    shown = sections_of(UserFactory(is_superuser=True, is_staff=True))

    titles = [each.title for each in shown["shortcuts"].entries]
    assert {"Neue Runde eröffnen", "Verlorene zweite Faktoren", "Verwaltung"} <= set(titles)


def test_person_without_a_role_learns_where_to_get_one(client):
    client.force_login(UserFactory())

    response = client.get("/")

    assert response.status_code == 200
    assert "Sie haben im Portal noch keine Rolle" in response.content.decode()


def test_old_addresses_of_the_overview_lead_to_where_it_is_now(client, sign_in):
    sign_in("reviewer", "BMAS")

    response = client.get("/?jahr=2016&land=05")

    assert (response.status_code, response.url) == (301, "/uebersicht/?jahr=2016&land=05")
    assert client.get("/").templates[0].name == "reporting/start.html"


def test_navigation_begins_with_the_start_page(client, sign_in):
    user = sign_in("contributor", KOELN)

    assert [str(item.label) for item in access_for(user).nav[:2]] == ["Startseite", "Übersicht"]
