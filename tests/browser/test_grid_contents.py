"""What the recording grid and the pages by occupation show while somebody works with them."""

import re
import time

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from measures.models import Figure, Indicator, Item, Occupation
from tests.browser.test_grid import PASTE
from tests.factories import MembershipFactory
from tests.measures.submissions import YEAR, item_of, make_submission, put

INDICATORS = (
    "additional_places",
    "new_contracts",
    "training_placements",
    "companies_advised",
    "companies_won",
)
NARROW_SCREEN = {"width": 360, "height": 740}
ENLARGED_TWICE = {"width": 680, "height": 450}
"""A window of 1360 × 900 at 200 %."""
SMALL_SCREEN = {"width": 360, "height": 640}
SMALL_ENLARGED_TWICE = {"width": 640, "height": 360}
THIN = "\u202f"


@pytest.fixture
def submission(transactional_db):
    last_year = make_submission(indicators=INDICATORS, year=YEAR - 1, days_left=-1)
    put(item_of(last_year), 800)
    return make_submission(indicators=INDICATORS)


@pytest.fixture
def item(submission):
    """By occupation: 40 and 60 of a total of 120."""
    item = item_of(submission)
    Item.objects.filter(pk=item.pk).update(occupation_level=2)
    put(item, 120)
    put(item, 40, occupation="27")
    put(item, 60, occupation="43")
    return item


@pytest.fixture
def contributor(transactional_db, enter):
    user = MembershipFactory(role="contributor", organisation_code="IHK-142").user
    enter(user)
    return user


def grid(page: Page, submission) -> None:
    page.goto(reverse("measures:submission_detail", args=[submission.pk]))


def by_occupation(page: Page, item, query: str = "") -> None:
    page.goto(reverse("measures:submission_occupations", args=[item.submission_id, item.pk]) + query)


def cell(page: Page, name: str):
    return page.locator(f"#value-{name}")


def fold(page: Page, code: str):
    return page.locator(f'details[data-group="{code}"]')


def is_in_sight(page: Page, selector: str) -> bool:
    box = page.locator(selector).first.bounding_box()
    return box["y"] + box["height"] <= page.viewport_size["height"]


def test_each_indicators_heading_stands_above_its_cells(page, submission, contributor):
    grid(page, submission)

    columns = page.locator(".portal-group table").evaluate_all(
        """tables => tables.map(table => [table.tHead, table.tBodies[0]].map(part =>
            [...part.rows[0].cells].map(cell => [cell.offsetLeft, cell.offsetWidth])))"""
    )

    assert columns
    for headings, cells in columns:
        assert headings == cells


def test_change_follows_what_is_typed_before_it_is_saved(page, submission, contributor):
    grid(page, submission)
    name = f"{item_of(submission).pk}-05-_T"
    change = page.locator(f"#live-{name} [data-change]")

    cell(page, name).press_sequentially("1.000")
    expect(change).to_have_text(f"+200 (+25{THIN}%)")
    assert Figure.objects.count() == 1

    cell(page, name).press("Backspace")
    expect(change).to_have_text(
        ""
    )  # 1.00 is no number in German, and whether it is one is the server's to say
    cell(page, name).fill("600")
    expect(change).to_have_text(f"−200 (−25{THIN}%)")
    cell(page, name).press("Tab")

    expect(page.locator("#saved")).to_contain_text("Gespeichert")
    expect(change).to_have_text(f"−200 (−25{THIN}%)")


def test_what_is_not_broken_down_follows_what_is_typed(page, submission, item, contributor):
    grid(page, submission)
    name = f"{item.pk}-05-_T"
    live = page.locator(f"#live-{name}")
    expect(live).to_have_text(re.compile("Nicht aufgegliedert: 20"), use_inner_text=True)

    cell(page, name).fill("90")

    expect(live).to_have_text(re.compile("Abweichung vom Gesamtwert: −10"), use_inner_text=True)
    expect(live.get_by_text("Nicht aufgegliedert")).to_be_hidden()


def test_sum_of_the_laender_follows_what_is_typed(page, transactional_db, enter):
    enter(MembershipFactory(role="contributor", organisation_code="BA").user)
    submission = make_submission("BA", ("assisted_starts",))
    item = item_of(submission, "assisted_starts")
    Item.objects.filter(pk=item.pk).update(region_level="land")
    put(item, 1000, region="05")
    grid(page, submission)
    total = page.locator(f"#sum-{item.pk} [data-number]")

    cell(page, f"{item.pk}-09-_T").fill("234")
    expect(total).to_have_text("1.234")
    cell(page, f"{item.pk}-09-_T").press("Tab")

    expect(page.locator(f"#sum-{item.pk}")).to_contain_text("2 von 17 Werten")
    expect(total).to_have_text("1.234")


def test_sum_of_occupations_counts_where_no_total_is_typed(page, transactional_db, enter):
    enter(MembershipFactory(role="contributor", organisation_code="BA").user)
    item = item_of(make_submission("BA", ("unplaced_30sep",)), "unplaced_30sep")
    Item.objects.filter(pk=item.pk).update(region_level="land", occupation_level=2)
    put(item, 1000, region="05", occupation="43")
    put(item, None, region="06", occupation="43", absence="unknown")
    grid(page, item.submission)
    total = page.locator(f"#sum-{item.pk} [data-number]")
    expect(total).to_have_text("1.000")

    cell(page, f"{item.pk}-09-_T").fill("234")

    expect(total).to_have_text("1.234")
    cell(page, f"{item.pk}-05-_T").fill("–")
    cell(page, f"{item.pk}-09-_T").fill("")
    expect(total).to_have_text("–")
    cell(page, f"{item.pk}-05-_T").fill("")
    expect(total).to_have_text("1.000")


def test_group_stays_folded_until_something_is_wrong_in_it(page, submission, contributor):
    grid(page, submission)
    fold(page, "M05").locator("summary").first.click()
    expect(fold(page, "M05")).not_to_have_attribute("open", "")

    page.reload()
    expect(fold(page, "M05")).not_to_have_attribute("open", "")
    expect(fold(page, "M03")).to_have_attribute("open", "")

    put(item_of(submission), 5)
    put(item_of(submission), 9, target_group="J2")
    page.reload()
    expect(fold(page, "M05")).to_have_attribute("open", "")


def test_link_to_a_cell_unfolds_its_group(page, submission, contributor):
    grid(page, submission)
    fold(page, "M05").locator("summary").first.click()

    page.evaluate(f"location.hash = 'cell-{item_of(submission).pk}-05-_T'")

    expect(fold(page, "M05")).to_have_attribute("open", "")


def test_groups_fold_without_javascript(chromium, portal, page, submission, contributor):
    context = chromium.new_context(base_url=portal.url, java_script_enabled=False, locale="de-DE")
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    grid(plain, submission)
    field = plain.locator(f"#value-{item_of(submission).pk}-05-_T")

    expect(field).to_be_visible()
    plain.locator('details[data-group="M05"] > summary').click()
    expect(field).to_be_hidden()
    context.close()


@pytest.mark.parametrize(
    "size",
    [NARROW_SCREEN, SMALL_SCREEN, ENLARGED_TWICE, SMALL_ENLARGED_TWICE],
    ids=["360 px", "360 × 640", "200 %", "200 % of 1280 × 720"],
)
def test_first_row_of_the_grid_is_in_sight(page, submission, contributor, size):
    page.set_viewport_size(size)
    grid(page, submission)

    assert is_in_sight(page, "[data-cell]")
    if size["height"] < NARROW_SCREEN["height"]:
        definition = page.locator(".portal-definition__folded").first
        definition.locator("summary").click()
        expect(definition.locator("p")).to_be_visible()


def test_grid_is_accessible_with_definitions_open(page, submission, item, contributor, assert_accessible):
    Indicator.objects.filter(code="additional_places").update(definition_de="Plätze und nochmals Plätze " * 9)
    grid(page, submission)
    beginning = page.locator(".portal-definition").first
    expect(beginning).to_be_visible()
    page.get_by_text("Ganze Definition").click()

    expect(beginning).to_be_hidden()  # the whole stands in its place
    assert_accessible()
    page.set_viewport_size(NARROW_SCREEN)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW_SCREEN["width"]


def test_occupation_is_found_saved_and_added_up(page, item, contributor):
    by_occupation(page, item)
    page.get_by_label("Beruf, nach Name oder Schlüssel").fill("informatik")
    page.get_by_role("button", name="Anzeigen").click()
    name = f"{item.pk}-05-_T-43"
    expect(page.locator("tbody .portal-occupation")).to_have_count(1)

    cell(page, name).fill("70")
    expect(page.locator("#area-4-_T [data-number]")).to_have_text("70")
    expect(page.locator("#parts-_T [data-number]")).to_have_text("110")
    expect(page.locator("#rest-_T")).to_have_text(re.compile("Nicht aufgegliedert: 10"), use_inner_text=True)
    cell(page, name).press("Tab")

    expect(page.locator(f"#live-{name}")).to_have_attribute("data-stored", "70")
    expect(page.locator("#parts-_T [data-number]")).to_have_text("110")
    assert Figure.objects.get(item=item, occupation="43").value == 70

    # What is typed next adds to what is stored by now.
    cell(page, name).fill("71")
    expect(page.locator("#parts-_T [data-number]")).to_have_text("111")
    cell(page, f"{item.pk}-05-_T").fill("111")
    expect(page.locator("#rest-_T")).to_have_text(re.compile("Nicht aufgegliedert: 0"), use_inner_text=True)
    cell(page, name).fill("70")
    cell(page, f"{item.pk}-05-_T").fill("120")


def test_refused_occupation_keeps_what_was_typed(page, item, contributor):
    by_occupation(page, item, "?area=4")
    name = f"{item.pk}-05-_T-43"

    cell(page, name).fill("viele")
    cell(page, name).press("Tab")

    expect(page.locator(f"#state-{name}")).to_contain_text("„viele“ ist keine Zahl.")
    expect(cell(page, name)).to_have_value("viele")
    cell(page, name).fill("60")
    cell(page, name).press("Tab")
    expect(cell(page, name)).not_to_have_attribute("aria-invalid", "true")


def test_values_kept_of_occupations_that_are_not_shown_outlive_saving_others(page, item, contributor):
    page.on("dialog", lambda dialog: dialog.accept())
    refused, other = (f"{item.pk}-05-_T-{code}" for code in ("43", "27"))
    by_occupation(page, item, "?area=4")
    cell(page, refused).fill("viele")
    cell(page, refused).press("Tab")
    page.wait_for_function("Object.keys(localStorage).some(key => key.startsWith('portal-kept:'))")

    by_occupation(page, item, "?area=2")
    cell(page, other).fill("41")
    cell(page, other).press("Tab")
    expect(page.locator(f"#live-{other}")).to_have_attribute("data-stored", "41")
    by_occupation(page, item, "?area=4")

    expect(cell(page, refused)).to_have_value("viele")
    page.get_by_role("button", name="Diese Werte verwerfen").click()
    page.wait_for_function("!Object.keys(localStorage).some(key => key.startsWith('portal-kept:'))")


def test_block_pasted_among_occupations_waits_for_the_connection(own_context, item):
    page = own_context()
    by_occupation(page, item, "?area=4")
    page.route("**/einfuegen/**", lambda route: route.abort())  # nothing of it arrives
    first = cell(page, f"{item.pk}-05-_T-43")
    first.focus()
    first.evaluate(PASTE, ["61\n62\n", ""])
    expect(page.get_by_text("Der eingefügte Block ist noch nicht gespeichert")).to_be_visible()
    expect(page.locator("#saved")).to_be_hidden()

    page.unroute("**/einfuegen/**")
    page.get_by_role("button", name="Jetzt senden").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Dort gibt es keine Zelle.")
    page.get_by_role("button", name="Diese Werte einfügen").click()

    expect(page.locator(f"#live-{item.pk}-05-_T-43")).to_have_attribute("data-stored", "61")
    expect(page.locator("#saved")).to_be_visible()


def test_pasted_rows_go_to_occupations_on_other_pages_once_a_doubt_is_confirmed(page, item, contributor):
    by_occupation(page, item, "?q=informatik")
    first = cell(page, f"{item.pk}-05-_T-43")
    first.focus()
    first.evaluate(PASTE, ["nur Frauen unter 25\n43\t61\n27\t62\n", ""])
    confirm = page.get_by_role("button", name="Diese Werte einfügen")
    confirm.click()
    expect(page.get_by_text("Bestätigen Sie dies, oder brechen Sie ab.")).to_be_visible()
    box = page.get_by_role("checkbox")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description("Bestätigen Sie dies, oder brechen Sie ab.")
    box.check()
    confirm.click()

    for occupation, value in (("43", "61"), ("27", "62")):
        stored = page.locator(f"#live-{item.pk}-05-_T-{occupation}")
        expect(stored).to_have_attribute("data-stored", value)
    expect(page.get_by_text("Für Berufe auf anderen Seiten eingefügt")).to_be_visible()
    assert Figure.objects.get(item=item, occupation="27").value == 62


def test_page_by_occupation_is_accessible(page, item, contributor, assert_accessible):
    put(item, 5, occupation="27", target_group="J5")
    by_occupation(page, item, "?area=2&g=W")

    assert_accessible()
    page.set_viewport_size(NARROW_SCREEN)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW_SCREEN["width"]
    by_occupation(page, item)
    assert is_in_sight(page, "[data-cell]")


def opening(page: Page, item, query: str, name: str) -> float:
    """The seconds until a cell of the page can be typed into."""
    started = time.monotonic()
    by_occupation(page, item, query)
    cell(page, name).focus()
    return time.monotonic() - started


def test_thousands_of_cells_by_occupation_open_and_take_typing_without_lag(page, submission, contributor):
    """1,296 occupations in five columns: a page takes a few times what one row does, and a key takes nothing.

    Compared within one run, since how busy the machine is decides about seconds.
    """
    types = [f"{area}{number:04}" for area in range(1, 10) for number in range(144)]
    Occupation.objects.bulk_create(
        Occupation(code=code, level=5, label_de=f"Beruf {code}", label_en=f"Occupation {code}")
        for code in types
    )
    item = item_of(submission)
    Item.objects.filter(pk=item.pk).update(occupation_level=5)
    Figure.objects.bulk_create(
        Figure(item=item, region_id="05", occupation_id=code, target_group_id=group, value=3)
        for code in types
        for group in ("_T", "J2", "J3", "J5", "W")
    )
    name = f"{item.pk}-05-W-10120"

    one_row = min(opening(page, item, "?q=10120", name) for _ in range(3))
    full = min(opening(page, item, "?page=3", name) for _ in range(3))
    usual = page.evaluate(
        """(id) => {
            const input = document.getElementById(id);
            const times = [];
            for (const digit of "1234567") {
                const before = performance.now();
                input.value += digit;
                input.dispatchEvent(new Event("input", { bubbles: true }));
                document.body.getBoundingClientRect();
                times.push(performance.now() - before);
            }
            input.value = input.defaultValue;
            return times.sort((one, other) => one - other)[3];
        }""",
        f"value-{name}",
    )

    assert page.locator("[data-cell]").count() == 305
    assert full < 8 * one_row
    assert usual < 100
    expect(page.locator("caption")).to_contain_text(re.compile(r"Berufe 121 bis 180 von 1\.297"))
