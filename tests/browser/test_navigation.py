import pytest

from partners.models import Notice
from tests.factories import MembershipFactory
from tests.roles import BODY_OF_ROLE, EVERYBODY


@pytest.mark.parametrize(("role", "organisation"), EVERYBODY)
def test_every_page_of_the_navigation_is_accessible(page, enter, assert_accessible, role, organisation):
    enter(MembershipFactory(role=role, organisation_code=organisation).user)
    page.goto("/")
    links = page.locator(".portal-nav--wide a")
    addresses = [links.nth(place).get_attribute("href") for place in range(links.count())]

    for address in addresses:
        response = page.goto(address)

        assert (address, response.status) == (address, 200)
        assert page.locator(".portal-nav--wide [aria-current]").get_attribute("href") == address
        assert_accessible()


@pytest.mark.parametrize("role", ["coordinator", "data_steward", "auditor"])
def test_header_fits_whatever_stands_in_it(page, enter, role):
    person = MembershipFactory(role=role, organisation_code=BODY_OF_ROLE[role]).user
    facts = {"organisation": "IHK Köln", "actor": "Kim Muster"}
    Notice.objects.bulk_create(
        Notice(
            person=person, kind="approved", key=f"step:{number}", address="/", facts=facts | {"year": number}
        )
        for number in range(1234)
    )
    enter(person)
    page.goto("/de/barrierefreiheit/")

    for width in (1920, 1360, 1280, 1210, 1024, 320):
        page.set_viewport_size({"width": width, "height": 800})
        room = page.evaluate("document.documentElement.clientWidth - document.documentElement.scrollWidth")
        assert (width, room) == (width, 0)
        assert page.locator(".portal-notices__count").bounding_box()["height"] < 30
