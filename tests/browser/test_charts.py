"""Charts in the browser: drawn under its policies, whole at every width, each mark a way on."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page, expect

from tests.browser.conftest import give_session
from tests.factories import MembershipFactory
from tests.reporting.charts import samples
from tests.reporting.stated import approve, state, state_cells

KOELN = "IHK-142"
DRAWN = "figure[data-chart] svg.marks"
WIDTHS = (320, 520, 768, 1360)
PUT_IN = """(content) => {
    const view = document.querySelector("#view");
    view.innerHTML = content;
    document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: view } }));
}"""
CUT = """() => [...document.querySelectorAll("figure[data-chart] svg.marks")].flatMap((drawing) => {
    const frame = drawing.getBoundingClientRect();
    const card = drawing.closest("figure").clientWidth;
    const texts = [...drawing.querySelectorAll("text")].filter((text) => {
        const box = text.getBoundingClientRect();
        return box.width && (box.left < frame.left - 1 || box.right > frame.right + 1
            || box.top < frame.top - 1 || box.bottom > frame.bottom + 1);
    });
    const small = frame.width < card - 1 ? [`${frame.width} px in a card of ${card}`] : [];
    return [...texts.map((text) => text.textContent), ...small];
})"""


@pytest.fixture
def reviewer(portal, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    reviewer = MembershipFactory(role="reviewer", organisation_code="BMAS").user
    steward = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    state(KOELN, "additional_places", 2015, 1500, origin="form", entered_by=steward)
    approve(KOELN, year=2015)
    return reviewer


def with_a_chart_of_each_kind(page: Page) -> None:
    with override("de"):
        content = "".join(
            render_to_string("reporting/partials/_chart.html", {"chart": kind(), "query": "?year=2015"})
            for kind in samples.KINDS
        )
    page.evaluate(PUT_IN, content)
    expect(page.locator(DRAWN)).to_have_count(len(samples.KINDS))


def test_every_kind_fills_its_card_at_every_width_and_loses_no_label(
    page, enter, reviewer, assert_accessible
):
    enter(reviewer)
    page.goto(reverse("reporting:dashboard"))
    with_a_chart_of_each_kind(page)

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(
            """() => [...document.querySelectorAll("figure[data-chart]")].every((figure) =>
                figure.querySelector("svg.marks").getAttribute("width") === String(figure.clientWidth))"""
        )
        assert page.evaluate(CUT) == [], f"at {width} px"
    page.set_viewport_size({"width": 1360, "height": 900})
    assert_accessible()


def test_marks_lead_to_what_they_are_made_of(page, enter, reviewer):
    for indicator in ("new_contracts_survey", "unfilled_30sep", "still_searching_30sep"):
        state_cells("BA", indicator, 2015, {("09", "_T"): 90})  # a map is drawn of what some Land states
    approve("BA", year=2015)
    enter(reviewer)
    page.goto(f"{reverse('reporting:dashboard')}?year=2015")
    bar = page.locator(f"{DRAWN} [fill='#171a6b']").first
    bar.hover()
    expect(page.locator("#portal-drawing-tip")).to_contain_text("1.500 von 20.000")
    bar.click()
    expect(page).to_have_url(re.compile(reverse("reporting:trail", args=["additional_places", 2015])))

    page.goto(f"{reverse('reporting:view', args=['laender'])}?year=2015")
    label = page.locator(f"{DRAWN} text", has_text="BY").first
    label.scroll_into_view_if_needed()
    land = label.bounding_box()
    page.mouse.click(land["x"] + land["width"] / 2, land["y"] + land["height"] / 2)
    expect(page).to_have_url(re.compile(r"/2015/.*region=09"))


def test_without_scripts_the_picture_of_the_server_stands_there(chromium, portal, reviewer):
    context = chromium.new_context(base_url=portal.url, locale="de-DE", java_script_enabled=False)
    page = context.new_page()
    give_session(page, portal, reviewer)
    page.goto(f"{reverse('reporting:dashboard')}?year=2015")

    picture = page.get_by_role("img", name="Zielerreichung")
    expect(picture).to_be_visible()
    box, card = picture.bounding_box(), page.locator(".portal-card", has=picture).bounding_box()
    assert box["width"] > 0.9 * card["width"]
    page.set_viewport_size({"width": 1200, "height": 800})  # the card takes a line of its own
    assert picture.bounding_box()["height"] > 100
    context.close()


def test_the_library_is_fetched_only_where_a_chart_is(page, enter, reviewer):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    enter(reviewer)
    page.goto(reverse("reporting:start"))
    page.wait_for_load_state("networkidle")
    before = [url for url in asked if "vega" in url]
    page.goto(f"{reverse('reporting:dashboard')}?year=2015")
    expect(page.locator(DRAWN)).to_have_count(1)

    assert before == []
    assert len([url for url in asked if "vega" in url]) == 1
