"""The people of a year in the portal, each at a browser of their own, and the clock and the mails between."""

import datetime as dt
import re
from dataclasses import dataclass
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from measures.models import Item
from measures.services.notices.reminders import write_reminders
from partners.services import mails
from partners.services.notices.digests import write_digests
from tests.browser.conftest import check_accessibility

YEAR = 2019
BERLIN = ZoneInfo("Europe/Berlin")
PLACES, CONTRACTS, EQ = "additional_places", "new_contracts", "training_placements"
PASTE = """
(input, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    input.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}
"""


@dataclass
class Person:
    """Somebody at a browser; what is named is looked for in the main part of the page."""

    page: Page
    email: str
    name: str

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def starts(self) -> None:
        self.page.goto("/")

    def goes_to(self, entry: str) -> None:
        navigation = self.page.get_by_role("navigation", name="Hauptnavigation")
        navigation.get_by_role("link", name=entry, exact=True).click()

    def opens(self, link: str) -> None:
        self.main.get_by_role("link", name=link).first.click()

    def writes(self, text: str, into: str) -> None:
        self.main.get_by_label(re.compile(rf"^\s*{re.escape(into)}")).first.fill(text)

    def presses(self, button: str) -> None:
        self.main.get_by_role("button", name=button, exact=True).click()

    def is_on(self, heading: str, *, checks: bool = True) -> None:
        """On the page of this heading, which is accessible."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        if checks:
            check_accessibility(self.page)

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.main).to_contain_text(text)

    def does_not_see(self, text: str) -> None:
        expect(self.main).not_to_contain_text(text)

    def is_answered(self, text: str) -> None:
        expect(self.page.locator("#messages")).to_contain_text(text)

    def follows_notice(self, text: str) -> None:
        """From the start page by the counter in the navigation to what the notice is about."""
        self.starts()
        self.page.get_by_role("link", name=re.compile("^Mitteilungen")).click()
        self.main.get_by_role("listitem").filter(has_text=text).first.get_by_role(
            "button", name="Ansehen"
        ).click()


def cell_name(indicator: str, target_group: str = "_T") -> str:
    """Of the IHK Köln."""
    item = Item.objects.get(
        indicator__code=indicator, submission__round__year=YEAR, submission__organisation__code="IHK-142"
    )
    return f"{item.pk}-05-{target_group}"


def cell(person: Person, indicator: str, target_group: str = "_T") -> Locator:
    return person.page.locator(f"#value-{cell_name(indicator, target_group)}")


def record(person: Person, text: str, into: str) -> None:
    """Type a value for all target groups."""
    found = cell(person, into)
    found.fill(text)
    with person.page.expect_response("**/zelle/"):
        found.press("Tab")
    expect(person.page.locator("#saved")).to_contain_text("Gespeichert")


def paste(person: Person, block: str, into: str) -> None:
    """Paste a block whose first value is for all target groups."""
    found = cell(person, into)
    found.focus()
    with person.page.expect_response("**/zelle/"):
        found.evaluate(PASTE, block)
    expect(person.page.locator("#saved")).to_contain_text("Gespeichert")


class Clock:
    """The days go by, and each morning at seven the portal does what its clock would have it do."""

    def __init__(self) -> None:
        self.day = timezone.localdate()

    def next_morning(self) -> None:
        self.day += dt.timedelta(days=1)
        now = dt.datetime.combine(self.day, dt.time(7), BERLIN)
        write_reminders(now)
        write_digests(now)
        mails.send_due()


def text_of(mail: EmailMessage) -> str:
    return str(mail.get_content())


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"https?://\S+", text_of(mail))
    assert found is not None
    return found[0]
