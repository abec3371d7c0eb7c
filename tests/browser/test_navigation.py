import pytest

from tests.factories import MembershipFactory


@pytest.mark.parametrize(
    ("role", "organisation"),
    [
        ("contributor", "IHK-142"),
        ("coordinator", "DIHK"),
        ("reviewer", "BMWi"),
        ("data_steward", "BMWi"),
        ("auditor", "BMWi"),
    ],
)
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
