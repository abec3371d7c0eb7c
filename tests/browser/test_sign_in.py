import re

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.factories import MembershipFactory, UserFactory

PASSWORD = "correct horse battery"


def fill_in(page: Page, email: str, password: str) -> None:
    page.goto(reverse("account_login"))
    page.get_by_label("E-Mail").fill(email)
    page.get_by_label("Passwort").fill(password)
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()


def sign_out(page: Page) -> None:
    page.locator(".portal-user summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Abmelden").click()


def current_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_sign_in_page_is_accessible(page, assert_accessible):
    page.goto(reverse("account_login"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Anmelden")
    assert_accessible()


def test_right_password_opens_the_portal(page, portal):
    user = UserFactory()

    fill_in(page, user.email, PASSWORD)

    expect(page).to_have_url(f"{portal.url}/")
    expect(page.locator(".portal-user summary")).to_contain_text(str(user))


def test_wrong_password_is_told_and_the_address_kept(page, assert_accessible):
    user = UserFactory()

    fill_in(page, user.email, "wrong")

    expect(page.get_by_role("alert").get_by_role("paragraph")).to_have_text(
        "Die E-Mail-Adresse und/oder das Passwort sind leider falsch."
    )
    expect(page.get_by_label("E-Mail")).to_have_value(user.email)
    assert_accessible()


def test_unknown_address_is_told_in_the_same_words(page):
    fill_in(page, "nobody@example.org", "wrong")

    expect(page.get_by_role("alert").get_by_role("paragraph")).to_have_text(
        "Die E-Mail-Adresse und/oder das Passwort sind leider falsch."
    )


def test_too_many_wrong_passwords_pause_the_account(page, assert_accessible):
    user = UserFactory()

    for _attempt in range(6):
        fill_in(page, user.email, "wrong")

    expect(page.get_by_role("alert").get_by_role("paragraph")).to_have_text(
        "Zu viele gescheiterte Anmeldeversuche. Bitte versuchen Sie es später erneut."
    )
    assert_accessible()


def test_sign_out_closes_the_account_pages(page, portal, enter):
    enter(UserFactory())
    page.goto(reverse("account_change_password"))

    sign_out(page)
    page.goto(reverse("account_change_password"))

    expect(page).to_have_url(re.compile(f"^{portal.url}{reverse('account_login')}"))


def test_language_can_be_switched_before_signing_in(page):
    page.goto(reverse("account_login"))

    page.get_by_role("button", name="English").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_account_pages_are_accessible(page, enter, assert_accessible):
    enter(UserFactory())

    for name in (
        "account_change_password",
        "account_email",
        "mfa_index",
        "mfa_activate_totp",
        "usersessions_list",
        "account_logout",
        "account_reauthenticate",
    ):
        page.goto(reverse(name))
        assert_accessible()


def test_whoever_needs_a_second_factor_is_led_to_it_and_nowhere_else(
    page, portal, enter, settings, assert_accessible
):
    settings.MFA_REQUIRED_ROLES = ["reviewer"]
    enter(MembershipFactory(role="reviewer", organisation_code="BMAS").user)

    page.goto("/partner/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Zweiten Faktor einrichten")
    assert_accessible()
    page.get_by_role("link", name="Authenticator-App verwenden").click()
    expect(page.get_by_label("Passwort")).to_be_visible()


def test_passkey_is_set_up_and_opens_the_portal(page, portal, assert_accessible):
    """Chromium's virtual authenticator stands in for the device. Passkeys need a name, not 127.0.0.1."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    here = portal.url.replace("127.0.0.1", "localhost")
    user = MembershipFactory(role="reviewer", organisation_code="BMAS").user
    page.goto(f"{here}{reverse('account_login')}")
    page.get_by_label("E-Mail").fill(user.email)
    page.get_by_label("Passwort").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()

    page.goto(f"{here}{reverse('mfa_add_webauthn')}")
    page.get_by_label("Passwort").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Bestätigen").click()
    assert_accessible()
    page.get_by_role("main").get_by_role("checkbox").check()
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Hinzufügen").click()
    page.goto(f"{here}{reverse('mfa_list_webauthn')}")
    assert_accessible()
    page.get_by_role("main").get_by_role("link", name="Umbenennen").click()
    assert_accessible()
    page.goto(f"{here}{reverse('mfa_list_webauthn')}")
    page.get_by_role("main").get_by_role("link", name="Entfernen").click()
    assert_accessible()
    sign_out(page)

    page.goto(f"{here}{reverse('account_login')}")
    with page.expect_navigation():
        page.get_by_role("button", name="Mit einem Passkey anmelden").click()
    expect(page.locator(".portal-user summary")).to_contain_text("BMAS")


def test_new_address_is_confirmed_by_the_code_in_the_mail(page, portal, assert_accessible):
    user = UserFactory()
    fill_in(page, user.email, PASSWORD)
    page.goto(reverse("account_email"))
    page.get_by_label("Ändern zu").fill("new@example.org")
    with page.expect_navigation():
        page.get_by_role("button", name="Email ändern").click()
    if page.get_by_label("Passwort").count():
        page.get_by_label("Passwort").fill(PASSWORD)
        with page.expect_navigation():
            page.get_by_role("button", name="Bestätigen").click()
    assert_accessible()
    page.get_by_label("Code").fill(re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[0].body, re.MULTILINE)[0])
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Bestätigen").click()

    page.goto(reverse("account_email"))
    expect(page.get_by_label("Aktuelle E-Mail")).to_have_value("new@example.org")


def test_other_sessions_are_ended_from_their_list(page, portal, assert_accessible):
    user = UserFactory()
    Client().post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    fill_in(page, user.email, PASSWORD)
    page.goto(reverse("usersessions_list"))
    assert_accessible()

    with page.expect_navigation():
        page.get_by_role("button", name="Überall sonst abmelden").click()
    page.get_by_label("Passwort").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Bestätigen").click()

    expect(page.locator("#messages")).to_contain_text("Sie sind an 1 anderen Stelle abgemeldet.")
    expect(page.get_by_role("main").get_by_role("row")).to_have_count(2)


def test_forgotten_password_is_replaced_by_the_link_in_the_mail(page, portal, assert_accessible):
    user = UserFactory()
    page.goto(reverse("account_reset_password"))
    page.get_by_label("E-Mail").fill(user.email)
    page.get_by_role("main").get_by_role("button").click()
    expect(page).to_have_url(f"{portal.url}{reverse('account_reset_password_done')}")
    assert_accessible()

    page.goto(re.search(r"http://\S+", mail.outbox[0].body)[0])
    assert_accessible()
    for field in page.get_by_role("main").locator("input[type=password]").all():
        field.fill("vierzehn blaue Wagen")
    page.get_by_role("button", name="Passwort ändern").click()
    expect(page).to_have_url(f"{portal.url}{reverse('account_reset_password_from_key_done')}")
    assert_accessible()

    fill_in(page, user.email, "vierzehn blaue Wagen")
    expect(page).to_have_url(f"{portal.url}/")


def test_used_link_to_a_new_password_says_so(page, portal, assert_accessible):
    page.goto(reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "spent"}))

    expect(page.get_by_role("main")).to_contain_text("Der Link gilt nicht mehr")
    assert_accessible()


def test_second_factor_is_set_up_and_then_asked_for(page, portal, assert_accessible):
    user = UserFactory()
    fill_in(page, user.email, PASSWORD)
    page.goto(reverse("mfa_activate_totp"))
    page.get_by_label("Passwort").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Bestätigen").click()
    assert_accessible()
    secret = page.get_by_label("Schlüssel für die Authenticator-App").input_value()
    page.get_by_label("Authentifizierungscode").fill(current_code(secret))
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Aktivieren").click()
    recovery_code = page.get_by_label("Unbenutzte Codes").input_value().split()[0]
    assert_accessible()
    for name in (
        "mfa_index",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_deactivate_totp",
    ):
        page.goto(reverse(name))
        assert_accessible()
    sign_out(page)

    fill_in(page, user.email, PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Zwei-Faktor-Authentifizierung")
    assert_accessible()
    page.get_by_label("Code").fill(recovery_code)
    page.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()

    expect(page).to_have_url(f"{portal.url}/")
