import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect

from tests.factories import UserFactory


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/de/impressum/", "Impressum"),
        ("/de/datenschutz/", "Datenschutz"),
        ("/de/barrierefreiheit/", "Erklärung zur Barrierefreiheit"),
        ("/konto/password/reset/", "Passwort zurücksetzen"),
        ("/konto/signup/", "Nur auf Einladung"),
        ("/gibt-es-nicht/", "Seite nicht gefunden"),
    ],
)
def test_public_page_is_accessible(page, assert_accessible, address, heading):
    page.goto(address)

    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert_accessible()


def test_administration_is_refused_to_whoever_has_no_part_in_it(page, enter, assert_accessible):
    enter(UserFactory())

    response = page.goto(reverse("admin:index"))

    assert response.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("Nicht erlaubt")
    assert_accessible()


def test_administration_keeps_the_security_policy(page, enter):
    enter(UserFactory(is_staff=True, is_superuser=True))

    page.goto(reverse("admin:index"))

    expect(page.get_by_role("link", name="Allianz-Portal")).to_have_attribute("href", "/")


def test_expired_form_is_explained(page, assert_accessible):
    page.goto(reverse("account_login"))
    page.context.clear_cookies()

    page.get_by_label("E-Mail").fill("person@example.org")
    page.get_by_label("Passwort").fill("secret")
    page.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Das Formular ist abgelaufen")
    assert_accessible()


@pytest.mark.parametrize(
    ("template", "heading"),
    [("400.html", "Die Adresse oder Anfrage ist nicht lesbar"), ("500.html", "Etwas ist schiefgegangen")],
)
def test_page_for_errors_before_any_view_is_accessible(page, assert_accessible, template, heading):
    """Django renders these without the request, when little else can be relied on."""
    with translation.override("de"):
        body = render_to_string(template)
    page.route("**/kaputt/", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))

    page.goto("/kaputt/")

    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert_accessible()


def test_browser_refuses_inline_script(chromium, portal):
    page = chromium.new_page(base_url=portal.url)
    page.goto(reverse("account_login"))

    page.evaluate(
        "const script = document.createElement('script');"
        "script.textContent = 'window.intruder = true'; document.head.append(script)"
    )

    assert page.evaluate("window.intruder") is None
    page.close()


def test_keyboard_reaches_the_content_first(page):
    page.goto(reverse("account_login"))

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


def test_navigation_folds_away_on_a_narrow_screen_and_opens_without_javascript(chromium, portal, enter, page):
    enter(UserFactory())
    context = chromium.new_context(
        base_url=portal.url,
        java_script_enabled=False,
        locale="de-DE",
        storage_state=page.context.storage_state(),
        viewport={"width": 320, "height": 700},
    )
    narrow = context.new_page()
    narrow.goto(reverse("pages:imprint"))
    navigation = narrow.get_by_role("navigation", name="Hauptnavigation")

    expect(navigation).to_have_count(0)
    narrow.get_by_text("Menü").click()

    expect(navigation).to_have_count(1)
    context.close()
