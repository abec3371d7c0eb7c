"""The recording grid under the hand: keys, pasted blocks, undoing, and everything that can come between."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from measures.models import Figure
from tests.factories import MembershipFactory
from tests.measures.submissions import item_of, make_submission, put

PLACES, CONTRACTS = "additional_places", "new_contracts"  # side by side in one table
EQ = "training_placements"
INDICATORS = (PLACES, CONTRACTS, EQ, "internships")
PASSWORD = "a long enough secret"
PASTE = """
(input, [text, html]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    if (html) clipboardData.setData("text/html", html);
    input.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}
"""


@pytest.fixture
def submission(transactional_db):
    return make_submission(indicators=INDICATORS)


@pytest.fixture
def contributor(transactional_db):
    return MembershipFactory(role="contributor", organisation_code="IHK-142").user


@pytest.fixture
def grid(page, enter, submission, contributor):
    enter(contributor)
    page.goto(address(submission))
    return page


def address(submission) -> str:
    return reverse("measures:submission_detail", args=[submission.pk])


def cell(page: Page, submission, target_group: str = "_T", indicator: str = EQ):
    return page.locator(f"#value-{item_of(submission, indicator).pk}-05-{target_group}")


def state(page: Page, submission, target_group: str = "_T", indicator: str = EQ):
    return page.locator(f"#state-{item_of(submission, indicator).pk}-05-{target_group}")


def stored(submission) -> dict[str, int | str]:
    figures = Figure.objects.filter(item__submission=submission).select_related("item__indicator")
    return {
        f"{figure.item.indicator.code} {figure.target_group_id}": figure.absence or int(figure.value)
        for figure in figures
    }


def type_into(input_, text: str) -> None:
    input_.fill(text)
    input_.press("Tab")


def paste(input_, text: str, html: str = "") -> None:
    input_.focus()
    input_.evaluate(PASTE, [text, html])


def all_saved(page: Page) -> None:
    expect(page.locator("#saved")).to_be_visible()
    expect(page.locator("#saved")).to_contain_text("Gespeichert")


def kept(page: Page) -> str:
    """What the browser keeps of the page, once it has been encrypted and written."""
    entries = "Object.entries(localStorage)"
    return page.wait_for_function(
        f"{entries}.filter(([key]) => key.startsWith('portal-kept:')).map(([, value]) => value)[0]"
    ).json_value()


def sign_in_beside(page: Page, user) -> None:
    user.set_password(PASSWORD)
    user.save()
    page.goto(reverse("account_login"))
    fill_in_sign_in(page, user)
    expect(page.get_by_role("heading", name="Startseite")).to_be_visible()


def fill_in_sign_in(page: Page, user) -> None:
    page.get_by_label("E-Mail").fill(user.email)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()


def test_cell_shows_in_words_whether_it_is_saved(grid, submission):
    type_into(cell(grid, submission), "12")
    expect(state(grid, submission)).to_have_text("gespeichert")
    all_saved(grid)

    type_into(cell(grid, submission, "B1"), "viele")

    expect(state(grid, submission, "B1")).to_contain_text("nicht gespeichert")
    expect(grid.locator("#saved")).to_be_hidden()
    expect(grid.locator("#unsaved")).to_have_text("Noch nicht gespeichert: 1")
    cell(grid, submission, "B1").press("Escape")
    all_saved(grid)


def test_refused_value_is_listed_with_a_link_to_its_cell(grid, submission, assert_accessible):
    type_into(cell(grid, submission, "J1"), "viele")
    expect(state(grid, submission, "J1")).to_contain_text("keine Zahl")
    assert_accessible()

    grid.locator("#unsaved-cells").get_by_role("link").click()

    expect(cell(grid, submission, "J1")).to_be_focused()


def test_arrow_keys_go_to_all_four_sides(grid, submission):
    start = cell(grid, submission, "B1", PLACES)
    start.focus()
    for key, group, indicator in (
        ("ArrowRight", "B1", CONTRACTS),
        ("ArrowDown", "B2", CONTRACTS),
        ("ArrowLeft", "B2", PLACES),
        ("ArrowUp", "B1", PLACES),
    ):
        grid.keyboard.press(key)
        expect(cell(grid, submission, group, indicator)).to_be_focused()


def test_arrow_keys_go_on_in_the_next_table_and_pass_over_what_is_not_asked(grid, submission):
    cell(grid, submission, "W", PLACES).focus()

    grid.keyboard.press("ArrowDown")
    expect(cell(grid, submission, "_T")).to_be_focused()
    grid.keyboard.press("ArrowUp")
    expect(cell(grid, submission, "W", CONTRACTS)).to_be_focused()
    grid.keyboard.press("ArrowUp")
    expect(cell(grid, submission, "J5", CONTRACTS)).to_be_focused()


def test_arrows_within_a_text_that_is_edited_stay_until_its_edge(grid, submission):
    put(item_of(submission, CONTRACTS), 12)
    grid.reload()
    cell(grid, submission, "_T", CONTRACTS).focus()
    grid.keyboard.press("F2")

    grid.keyboard.press("ArrowLeft")
    grid.keyboard.type("5")
    expect(cell(grid, submission, "_T", CONTRACTS)).to_be_focused()
    expect(cell(grid, submission, "_T", CONTRACTS)).to_have_value("152")
    grid.keyboard.press("ArrowLeft")
    grid.keyboard.press("ArrowLeft")
    grid.keyboard.press("ArrowLeft")

    expect(cell(grid, submission, "_T", PLACES)).to_be_focused()
    all_saved(grid)
    assert stored(submission) == {"new_contracts _T": 152}


def test_enter_and_shift_enter_go_down_and_up(grid, submission):
    cell(grid, submission).focus()
    grid.keyboard.type("7")
    grid.keyboard.press("Enter")
    expect(cell(grid, submission, "B1")).to_be_focused()
    grid.keyboard.type("3")
    grid.keyboard.press("Shift+Enter")

    expect(cell(grid, submission)).to_be_focused()
    expect(state(grid, submission, "B1")).to_have_text("gespeichert")
    assert stored(submission) == {"training_placements _T": 7, "training_placements B1": 3}


def test_escape_restores_what_is_saved(grid, submission):
    put(item_of(submission), 740)
    grid.reload()

    cell(grid, submission).fill("999")
    cell(grid, submission).press("Escape")

    expect(cell(grid, submission)).to_have_value("740")
    type_into(cell(grid, submission), "viele")
    expect(state(grid, submission)).to_contain_text("keine Zahl")
    cell(grid, submission).press("Escape")
    expect(cell(grid, submission)).to_have_value("740")
    expect(cell(grid, submission)).not_to_have_attribute("aria-invalid", "true")
    assert stored(submission) == {"training_placements _T": 740}


def test_value_is_filled_in_from_above(grid, submission):
    put(item_of(submission), 7300)
    grid.reload()
    cell(grid, submission, "B1").focus()

    grid.keyboard.press("Control+d")

    expect(cell(grid, submission, "B1")).to_have_value("7.300")
    expect(state(grid, submission, "B1")).to_have_text("gespeichert")
    assert stored(submission)["training_placements B1"] == 7300


def test_saved_steps_are_undone_and_done_again(grid, submission):
    for text in ("7", "8"):
        type_into(cell(grid, submission), text)
        expect(state(grid, submission)).to_have_text("gespeichert")
        all_saved(grid)
    cell(grid, submission, "B1").focus()

    grid.keyboard.press("Control+z")
    expect(cell(grid, submission)).to_have_value("7")
    all_saved(grid)
    grid.keyboard.press("Control+z")
    expect(cell(grid, submission)).to_have_value("")
    all_saved(grid)
    assert stored(submission) == {}
    grid.keyboard.press("Control+y")
    expect(cell(grid, submission)).to_have_value("7")
    all_saved(grid)
    grid.keyboard.press("Control+y")
    expect(cell(grid, submission)).to_have_value("8")
    all_saved(grid)
    assert stored(submission) == {"training_placements _T": 8}


def test_undoing_does_not_overwrite_what_somebody_else_has_stored_since(grid, submission):
    type_into(cell(grid, submission), "7")
    expect(state(grid, submission)).to_have_text("gespeichert")
    Figure.objects.update(value=9)

    grid.keyboard.press("Control+z")

    expect(state(grid, submission)).to_contain_text("Gespeichert ist: 9")
    expect(state(grid, submission)).to_contain_text("Sie haben die Zelle geleert.")
    assert stored(submission) == {"training_placements _T": 9}
    state(grid, submission).get_by_role("button", name="Gespeicherten Wert behalten").click()
    expect(cell(grid, submission)).to_have_value("9")
    all_saved(grid)


def test_plain_block_is_one_step(grid, submission):
    put(item_of(submission, PLACES), 5)
    grid.reload()

    paste(cell(grid, submission, "_T", PLACES), "1.234\t51\r\n-5\tk. A.\r\n")

    expect(cell(grid, submission, "B1", CONTRACTS)).to_have_value("k. A.")
    all_saved(grid)
    assert stored(submission) == {
        "additional_places _T": 1234,
        "additional_places B1": -5,
        "new_contracts _T": 51,
        "new_contracts B1": "unknown",
    }
    grid.keyboard.press("Control+z")
    expect(cell(grid, submission, "_T", PLACES)).to_have_value("5")
    all_saved(grid)
    assert stored(submission) == {"additional_places _T": 5}


def test_block_with_headings_in_another_order_finds_its_cells(grid, submission, assert_accessible):
    put(item_of(submission), 5)
    grid.reload()
    block = "Zielgruppe\tPraktikumsplätze\tEQ-Plätze\nFrauen\t4\t3\nInsgesamt\t70\t51\nUnbekannte\t1\t1\n"

    paste(cell(grid, submission, "_T", PLACES), block)

    dialog = grid.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Einfügen prüfen")).to_be_focused()
    expect(dialog).to_contain_text("Werte, die gespeichert werden können: 4")
    expect(dialog).to_contain_text("Die Überschrift „Unbekannte“ ist nicht bekannt.")
    assert_accessible()
    assert stored(submission) == {"training_placements _T": 5}
    grid.keyboard.press("Tab")
    while grid.evaluate("document.activeElement.dataset.paste") != "confirm":
        grid.keyboard.press("Tab")
    grid.keyboard.press("Enter")

    expect(cell(grid, submission, "W")).to_have_value("3")
    all_saved(grid)
    assert stored(submission) == {
        "internships W": 4,
        "training_placements W": 3,
        "internships _T": 70,
        "training_placements _T": 51,
    }
    grid.keyboard.press("Control+z")
    expect(cell(grid, submission, "W")).to_have_value("")
    all_saved(grid)
    assert stored(submission) == {"training_placements _T": 5}


def test_block_that_is_not_wanted_changes_nothing(grid, submission):
    paste(cell(grid, submission), "12\nviele\n")
    expect(grid.get_by_role("dialog")).to_contain_text("„viele“ ist keine Zahl.")

    grid.keyboard.press("Escape")

    expect(grid.get_by_role("dialog")).to_have_count(0)
    expect(cell(grid, submission)).to_be_focused()
    expect(cell(grid, submission)).to_have_value("")
    assert stored(submission) == {}


def test_values_of_a_block_that_are_refused_wait_in_their_cells(grid, submission):
    paste(cell(grid, submission), "12\nviele\n")
    grid.get_by_role("button", name="Diese Werte einfügen").click()

    expect(state(grid, submission, "B1")).to_contain_text("„viele“ ist keine Zahl.")
    expect(cell(grid, submission, "B1")).to_have_value("viele")
    expect(cell(grid, submission)).to_have_value("12")
    assert stored(submission) == {"training_placements _T": 12}


def test_pasted_block_meets_what_somebody_else_has_stored(grid, submission):
    put(item_of(submission), 740)

    paste(cell(grid, submission), "750\n3\n")

    expect(state(grid, submission)).to_contain_text("Gespeichert ist: 740")
    expect(cell(grid, submission, "B1")).to_have_value("3")
    assert stored(submission) == {"training_placements _T": 740, "training_placements B1": 3}


def test_lost_connection_keeps_the_values_and_sends_them_by_itself(own_context, submission):
    page = own_context()
    page.goto(address(submission))
    page.context.set_offline(True)

    type_into(cell(page, submission), "12")
    expect(page.get_by_text("Keine Verbindung")).to_be_visible()
    type_into(cell(page, submission, "B1"), "3")
    cell(page, submission).fill("13")
    cell(page, submission).press("Tab")

    expect(state(page, submission)).to_contain_text("nicht gespeichert")
    expect(page.locator("#unsaved")).to_have_text("Noch nicht gespeichert: 2")
    page.context.set_offline(False)
    all_saved(page)
    expect(page.get_by_text("Keine Verbindung")).to_be_hidden()
    assert stored(submission) == {"training_placements _T": 13, "training_placements B1": 3}


def test_block_pasted_without_a_connection_is_sent_by_itself(own_context, submission):
    page = own_context()
    page.goto(address(submission))
    page.context.set_offline(True)

    paste(cell(page, submission), "12\n3\n4\n")
    expect(page.get_by_text("Der eingefügte Block ist noch nicht gespeichert")).to_be_visible()
    expect(page.get_by_text("Keine Verbindung")).to_be_visible()
    expect(page.locator("#unsaved")).to_have_text("Noch nicht gespeichert: 1")
    expect(page.locator("#saved")).to_be_hidden()
    type_into(cell(page, submission, "B1"), "5")  # newer than the block
    expect(page.locator("#unsaved")).to_have_text("Noch nicht gespeichert: 2")
    page.context.set_offline(False)

    expect(cell(page, submission, "B2")).to_have_value("4")
    all_saved(page)
    expect(page.locator("#paste-waits")).to_be_hidden()
    assert stored(submission) == {
        "training_placements _T": 12,
        "training_placements B1": 5,
        "training_placements B2": 4,
    }


def test_block_of_a_closed_tab_is_offered_again(own_context, submission):
    page = own_context()
    page.goto(address(submission))
    page.context.set_offline(True)
    paste(cell(page, submission), "12\n3\n")
    expect(page.locator("#paste-waits")).to_be_visible()
    assert kept(page)
    page.close()

    page.context.set_offline(False)
    put(item_of(submission), 740)  # somebody else, meanwhile
    again = page.context.new_page()
    again.goto(address(submission))

    expect(again.get_by_text("Auch ein eingefügter Block ist aufgehoben.")).to_be_visible()
    expect(again.locator("#saved")).to_be_hidden()
    assert stored(submission) == {"training_placements _T": 740}
    again.get_by_role("button", name="Diese Werte speichern").click()
    expect(state(again, submission)).to_contain_text("Gespeichert ist: 740")
    expect(cell(again, submission, "B1")).to_have_value("3")
    assert stored(submission) == {"training_placements _T": 740, "training_placements B1": 3}


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (403, "Das Portal nimmt die Werte nicht an"),
        (413, "Der Block ist zu groß"),
        (429, "Zu viele Anfragen"),
    ],
)
def test_block_that_is_not_taken_is_told_of(own_context, submission, status, title):
    page = own_context()
    page.goto(address(submission))
    page.route("**/einfuegen/", lambda route: route.fulfill(status=status, body=""))

    paste(cell(page, submission), "12\n3\n")

    expect(page.get_by_text(title, exact=True)).to_be_visible()
    if status == 413:
        expect(page.locator("#unsaved")).to_be_hidden()
        return
    expect(page.locator("#saved")).to_be_hidden()
    page.get_by_role("button", name="Block verwerfen").click()
    expect(cell(page, submission)).to_be_focused()
    expect(page.get_by_text(title, exact=True)).to_be_hidden()
    expect(page.locator("#unsaved")).to_be_hidden()


def test_closed_tab_finds_its_values_again(own_context, submission):
    page = own_context()
    page.goto(address(submission))
    page.context.set_offline(True)
    type_into(cell(page, submission), "12")
    expect(page.get_by_text("Keine Verbindung")).to_be_visible()
    assert not re.search(r'[:"]12\b', kept(page))  # neither as a number nor as a text
    page.close()

    context = page.context
    context.set_offline(False)
    again = context.new_page()
    again.goto(address(submission))

    expect(again.get_by_text("Ihre nicht gespeicherten Werte sind wieder da")).to_be_visible()
    expect(cell(again, submission)).to_have_value("12")
    assert stored(submission) == {}
    again.get_by_role("button", name="Diese Werte speichern").click()
    all_saved(again)
    assert stored(submission) == {"training_placements _T": 12}
    again.reload()
    expect(again.locator("#kept")).to_be_hidden()


def test_tabs_of_one_grid_keep_their_values_apart(own_context, submission):
    page = own_context()
    page.goto(address(submission))
    beside = page.context.new_page()
    beside.goto(address(submission))
    type_into(cell(page, submission), "viele")
    expect(state(page, submission)).to_contain_text("keine Zahl")
    of_the_other = kept(page)

    type_into(cell(beside, submission, "B1"), "3")
    all_saved(beside)
    beside.evaluate("() => portalGrid.keep()")
    assert kept(beside) != of_the_other  # written again, with the other's value
    page.close()

    beside.reload()
    expect(cell(beside, submission)).to_have_value("viele")
    beside.get_by_role("button", name="Diese Werte verwerfen").click()
    beside.reload()
    expect(beside.locator("#kept")).to_be_hidden()
    expect(cell(beside, submission)).to_have_value("")


def test_kept_values_that_are_not_wanted_are_gone(own_context, submission):
    page = own_context()
    page.goto(address(submission))
    type_into(cell(page, submission), "viele")
    expect(state(page, submission)).to_contain_text("keine Zahl")
    assert kept(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(cell(page, submission)).to_have_value("viele")

    page.get_by_role("button", name="Diese Werte verwerfen").click()

    expect(cell(page, submission)).to_have_value("")
    page.reload()
    expect(page.locator("#kept")).to_be_hidden()
    expect(cell(page, submission)).to_have_value("")


def test_session_that_ended_goes_on_by_itself_once_its_owner_is_back(
    grid, submission, contributor, assert_accessible
):
    grid.context.clear_cookies(name="sessionid")
    type_into(cell(grid, submission), "12")
    expect(grid.get_by_text("Sie sind abgemeldet", exact=True)).to_be_visible()
    paste(cell(grid, submission, "B1"), "3\n4\n")
    expect(grid.get_by_text("Der eingefügte Block ist noch nicht gespeichert")).to_be_visible()
    assert_accessible()

    sign_in_beside(grid.context.new_page(), contributor)

    expect(cell(grid, submission, "B2")).to_have_value("4")
    all_saved(grid)
    assert stored(submission) == {
        "training_placements _T": 12,
        "training_placements B1": 3,
        "training_placements B2": 4,
    }


def test_values_are_not_saved_in_the_name_of_somebody_else(grid, submission):
    grid.context.clear_cookies(name="sessionid")
    type_into(cell(grid, submission), "12")
    expect(grid.get_by_text("Sie sind abgemeldet", exact=True)).to_be_visible()
    colleague = MembershipFactory(role="contributor", organisation_code="IHK-142").user

    with grid.expect_response(lambda answer: "/zelle/" in answer.url) as answer:
        sign_in_beside(grid.context.new_page(), colleague)

    assert answer.value.status == 401
    expect(grid.locator("#unsaved")).to_have_text("Noch nicht gespeichert: 1")
    assert stored(submission) == {}


def test_form_without_scripts_is_kept_through_the_sign_in(own_context, submission, contributor):
    page = own_context(java_script_enabled=False)
    page.goto(address(submission))
    cell(page, submission).fill("7.300")
    cell(page, submission, "J1").fill("viele")
    Session.objects.all().delete()
    contributor.set_password(PASSWORD)
    contributor.save()

    page.get_by_role("button", name="Speichern", exact=True).click()
    fill_in_sign_in(page, contributor)

    expect(page.get_by_text("Ihre nicht gespeicherten Werte sind wieder da")).to_be_visible()
    expect(cell(page, submission)).to_have_value("7.300")
    expect(cell(page, submission, "J1")).to_have_value("viele")
    assert stored(submission) == {}
    cell(page, submission, "J1").fill("3")
    page.get_by_role("button", name="Diese Werte speichern").click()
    expect(page.locator("#messages")).to_contain_text("Ihre Werte wurden gespeichert.")
    assert stored(submission) == {"training_placements _T": 7300, "training_placements J1": 3}


def test_form_without_scripts_is_kept_when_its_owner_has_signed_in_beside(
    own_context, submission, contributor
):
    page = own_context(java_script_enabled=False)
    page.goto(address(submission))
    cell(page, submission).fill("7.300")
    page.context.clear_cookies(name="sessionid")
    sign_in_beside(page.context.new_page(), contributor)

    page.get_by_role("button", name="Speichern", exact=True).click()

    expect(page.get_by_text("Ihre nicht gespeicherten Werte sind wieder da")).to_be_visible()
    expect(cell(page, submission)).to_have_value("7.300")
    page.get_by_role("button", name="Diese Werte speichern").click()
    assert stored(submission) == {"training_placements _T": 7300}


def test_another_language_finds_the_values_again(grid, submission):
    type_into(cell(grid, submission), "viele")
    expect(state(grid, submission)).to_contain_text("keine Zahl")
    cell(grid, submission, "B1").fill("7300")

    grid.get_by_role("button", name="English").click()

    expect(grid.get_by_text("Your unsaved values are here again")).to_be_visible()
    expect(cell(grid, submission)).to_have_value("viele")
    expect(cell(grid, submission, "B1")).to_have_value("7,300")
    assert stored(submission) == {"training_placements B1": 7300}
    cell(grid, submission).press("Escape")


def test_two_people_in_one_cell_both_see_it(own_context, submission):
    colleague = MembershipFactory(
        role="contributor", organisation_code="IHK-142", user__first_name="Ada", user__last_name="Beispiel"
    ).user
    first, second = own_context(colleague), own_context()
    for page in (first, second):
        page.goto(address(submission))

    type_into(cell(first, submission), "740")
    all_saved(first)
    type_into(cell(second, submission), "750")

    expect(state(second, submission)).to_contain_text(f"Gespeichert ist: 740 ({colleague}")
    state(second, submission).get_by_role("button", name="Meinen Wert speichern").click()
    all_saved(second)
    assert stored(submission) == {"training_placements _T": 750}


@pytest.mark.parametrize("width", [680, 360])
def test_grid_is_usable_enlarged_and_narrow(own_context, submission, width):
    page = own_context(viewport={"width": width, "height": 700})
    page.goto(address(submission))

    type_into(cell(page, submission), "viele")

    expect(state(page, submission)).to_contain_text("keine Zahl")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
