"""The frame of the dashboards in a browser: filters without a new page, the way back, views on a phone."""

import re

import pytest
from playwright.sync_api import expect

from reporting.dashboards.registry import VIEWS
from tests.factories import MembershipFactory
from tests.reporting.stated import approve, state

KOELN, BERLIN = "IHK-142", "HWK-00091"


@pytest.fixture
def reviewer(portal):
    reviewer = MembershipFactory(role="reviewer", organisation_code="BMAS").user
    for organisation, value in ((KOELN, 120), (BERLIN, 30)):
        state(organisation, "additional_places", 2016, value)
        approve(organisation, year=2016)
    return reviewer


def test_filter_exchanges_the_view_and_the_back_button_brings_it_back(
    page, enter, reviewer, assert_accessible
):
    enter(reviewer)
    page.goto("/auswertungen/umbrellas/?year=2016")
    page.evaluate("window.isTheSamePage = true")
    place = page.get_by_role("combobox", name="Land", exact=True)

    place.select_option("Berlin")
    expect(page).to_have_url(re.compile(r"\?year=2016&region=11&target_group=_T&standing=approved$"))
    expect(page.get_by_role("row", name="Insgesamt")).to_contain_text("30")
    expect(page.get_by_role("status").first).to_contain_text("Berlin")
    assert page.evaluate("window.isTheSamePage")
    assert_accessible()

    page.go_back()
    expect(page).to_have_url(re.compile(r"\?year=2016$"))
    expect(page.get_by_role("row", name="Insgesamt")).to_contain_text("150")
    expect(place).to_have_value("")


def test_every_view_fits_a_phone_and_is_accessible(page, enter, reviewer, assert_accessible):
    enter(reviewer)
    for view in VIEWS:
        page.goto(f"/auswertungen/{view.code}/?year=2016")
        page.get_by_text("Alle Auswertungen").click()
        expect(page.get_by_role("link", name=str(view.title), exact=True).first).to_be_visible()
        assert_accessible()
