"""The way back in for somebody who has lost the second factor, as two of the data management see it."""

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import expect

from tests.factories import MembershipFactory

PASSWORD = "correct horse battery"


def test_one_asks_and_another_confirms(page, portal, enter, assert_accessible):
    lost = MembershipFactory(organisation_code="IHK-142").user
    TOTP.activate(lost, generate_totp_secret())
    first, second = (
        MembershipFactory(role="data_steward", organisation_code="BMAS").user for _person in range(2)
    )
    enter(first)
    page.goto("/")
    menu = page.locator("details.portal-user")
    menu.locator("summary").click()
    menu.get_by_role("link", name="Verlorene zweite Faktoren").click()
    assert_accessible()
    page.get_by_role("link", name="Zurücksetzen beantragen").click()
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").first.click()
    assert_accessible()
    page.get_by_label("E-Mail-Adresse des Kontos").fill(lost.email)
    page.get_by_label("Wie die Identität geprüft wurde").fill("Rückruf über die Zentrale")
    page.get_by_label("Grund").fill("Telefon verloren")
    page.get_by_role("button", name="Zurücksetzen beantragen").click()
    expect(page.get_by_role("main")).to_contain_text("Jemand anderes muss bestätigen.")

    enter(second)
    page.goto("/zweiter-faktor/verloren/")
    assert_accessible()
    page.get_by_role("button", name=f"Zurücksetzen für {lost} bestätigen").click()
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").first.click()

    expect(page.locator("#messages")).to_contain_text("kann sich anmelden und einen neuen zweiten Faktor")
    assert not lost.authenticator_set.exists()
