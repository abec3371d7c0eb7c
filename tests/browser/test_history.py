"""The search of the history, with security events of every kind on it."""

from django.urls import reverse
from playwright.sync_api import expect

from partners.enums import SecurityEventKind
from partners.services.security_events import Sender, record
from tests.factories import MembershipFactory, UserFactory

SENDER = Sender("2001:db8:85a3::8a2e:370:7334", "0123456789abcdef0123456789abcdef")
PER_PAGE = 50
LONG_ADDRESS = "/import/12345/" + "zeile-mit-langem-namen/" * 7


def open_page(page, enter, **query):
    enter(MembershipFactory(role="auditor", organisation_code="BMAS").user)
    page.goto(reverse("measures:history_search", query={"kind": "security", **query}))


def test_events_of_every_kind_are_shown_accessibly(page, enter, assert_accessible):
    ada, eve = UserFactory(last_name="Lovelace"), UserFactory(last_name="Adler")
    for kind in SecurityEventKind:
        record(kind, SENDER, person_id=ada.pk, subject_id=eve.pk, target=LONG_ADDRESS)
    record(SecurityEventKind.SIGN_IN_FAILED, Sender())

    open_page(page, enter)

    expect(page.get_by_role("heading", level=1)).to_have_text("Verlauf durchsuchen")
    for kind in SecurityEventKind:
        expect(page.get_by_role("cell", name=str(kind.label)).first).to_be_visible()
    assert_accessible()


def test_events_are_searched_and_paged_by_keyboard(page, enter, assert_accessible):
    ada, eve = UserFactory(last_name="Lovelace"), UserFactory(last_name="Adler")
    for _ in range(PER_PAGE + 1):
        record(SecurityEventKind.DOWNLOADED, SENDER, person_id=ada.pk, target="/import/1/datei/")
    record(SecurityEventKind.REFUSED, SENDER, person_id=eve.pk, target="/review/")
    open_page(page, enter)

    page.get_by_role("main").get_by_label("Person").fill("Lovelace")
    page.keyboard.press("Enter")

    expect(page.get_by_role("cell", name="/review/")).to_have_count(0)
    expect(page.get_by_role("cell", name="/import/1/datei/")).to_have_count(PER_PAGE)
    assert_accessible()
    page.get_by_role("link", name="Ältere Einträge").click()
    expect(page.get_by_role("cell", name="/import/1/datei/")).to_have_count(1)
    assert_accessible()
    page.get_by_role("link", name="Zu den neuesten").click()
    expect(page.get_by_role("cell", name="/import/1/datei/")).to_have_count(PER_PAGE)


def test_page_without_a_match_says_so(page, enter, assert_accessible):
    open_page(page, enter, person="niemand")

    expect(page.get_by_text("Es ist nichts Passendes aufgezeichnet")).to_be_visible()
    assert_accessible()
