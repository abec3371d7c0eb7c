"""People: the choice among organisations, a hand-over, a view as another person, a sign-in service."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from playwright.sync_api import expect

from alliance_portal.settings.openid import provider_settings
from partners.models import Invitation, Membership
from tests.factories import MembershipFactory, UserFactory
from tests.measures.imports.undoing import type_in
from tests.measures.submissions import item_of, make_submission
from tests.partners.openid_provider import CLIENT_ID, SECRET, running
from tests.partners.test_second_factor import current_code

COLOGNE, AACHEN = "IHK-142", "IHK-101"


def test_organisation_is_chosen_in_the_menu_and_remembered(page, enter, assert_accessible):
    user = MembershipFactory(role="contributor", organisation_code=COLOGNE).user
    MembershipFactory(user=user, role="contributor", organisation_code=AACHEN)
    for code in (COLOGNE, AACHEN):
        make_submission(code)
    enter(user)
    page.goto(reverse("measures:submission_list") + "?year=2030")
    menu = page.locator("details.portal-user")
    expect(menu).to_contain_text("Alle meine Organisationen")
    expect(page.get_by_role("rowheader")).to_have_count(2)

    menu.locator("summary").click()
    assert_accessible()
    menu.get_by_role("button", name="IHK Aachen").click()

    expect(page.get_by_role("rowheader")).to_have_count(1)
    expect(menu).to_contain_text("IHK Aachen")
    assert_accessible()
    page.goto("/")
    expect(page.get_by_text("Gezeigt wird Ihre Arbeit für IHK Aachen.")).to_be_visible()
    page.get_by_role("button", name="Alle meine Organisationen zeigen").click()
    expect(page.get_by_text("Gezeigt wird Ihre Arbeit")).to_have_count(0)


def test_work_is_handed_over(page, enter, assert_accessible):
    leaving = MembershipFactory(role="contributor", organisation_code=COLOGNE).user
    colleague = MembershipFactory(role="coordinator", organisation_code=COLOGNE).user
    type_in(item_of(make_submission(COLOGNE)), 5, leaving)
    enter(MembershipFactory(role="coordinator", organisation_code="DIHK").user)
    page.goto(reverse("partners:organisation_detail", args=[COLOGNE]))
    assert_accessible()

    page.get_by_role("link", name="Übergeben").click()
    expect(page.get_by_role("link", name="IHK Köln, 2030")).to_be_visible()
    assert_accessible()
    page.get_by_label(str(colleague)).check()
    page.get_by_label("E-Mail-Adressen weiterer Personen").fill("neu@example.org")
    page.get_by_role("button", name="Übergeben").click()

    expect(page.get_by_text(f"Die Arbeit von {leaving} ist übergeben.")).to_be_visible()
    assert Membership.objects.get(user=leaving).valid_until is not None
    assert Membership.objects.filter(user=colleague, role="contributor").exists()
    assert Invitation.objects.get().email == "neu@example.org"


def test_administrator_sees_the_portal_as_a_clerk_does(page, assert_accessible):
    clerk = MembershipFactory(role="contributor", organisation_code=COLOGNE).user
    steward = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    secret = generate_totp_secret()
    TOTP.activate(steward, secret)
    page.goto(reverse("account_login"))
    page.get_by_label("E-Mail").fill(steward.email)
    page.get_by_label("Passwort").fill("correct horse battery")
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.locator("input[name=code]").fill(current_code(secret))
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("details.portal-user")).to_be_visible()

    page.goto(reverse("partners:organisation_detail", args=[COLOGNE]))
    page.get_by_role("link", name="Ansehen als").click()
    assert_accessible()
    page.get_by_label("Grund").fill("Findet die Erfassung nicht")
    page.get_by_role("button", name="Ansicht beginnen").click()

    banner = page.get_by_role("complementary", name="Ansicht mit den Augen einer anderen Person")
    expect(banner).to_contain_text(f"Sie sehen das Portal mit den Augen von {clerk}.")
    page.goto(reverse("measures:submission_list"))
    expect(banner).to_be_visible()
    assert_accessible()
    banner.get_by_role("button", name="Beenden").click()
    expect(banner).to_have_count(0)
    expect(page.locator("details.portal-user")).to_contain_text("Datenmanagement")


def test_somebody_signs_in_at_the_sign_in_service(page, settings, assert_accessible):
    person = UserFactory(email="ada@example.org")
    with running() as provider:
        provider.claims = {"sub": "ada-1", "email": person.email, "email_verified": True}
        settings.SOCIALACCOUNT_PROVIDERS = provider_settings(
            issuer=provider.issuer, client_id=CLIENT_ID, secret=SECRET, name="Ministeriumskonto"
        )
        directives = dict(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])
        directives["form-action"] = [*directives["form-action"], provider.issuer]
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": directives}
        page.goto(reverse("account_login"))
        assert_accessible()

        page.get_by_role("button", name="Mit Ministeriumskonto anmelden").click()

        expect(page.locator("details.portal-user")).to_contain_text(str(person))


@pytest.mark.parametrize("query", ["", "?kind=figures&organisation=IHK-142"])
def test_history_is_searched_accessibly(page, enter, assert_accessible, query):
    clerk = MembershipFactory(role="contributor", organisation_code=COLOGNE).user
    item = item_of(make_submission(COLOGNE))
    for value in (5, 7):
        type_in(item, value, clerk)
    enter(MembershipFactory(role="auditor", organisation_code="BMAS").user)

    page.goto(reverse("measures:history_search") + query)

    expect(page.get_by_role("heading", level=1)).to_have_text("Verlauf durchsuchen")
    expect(page.get_by_role("cell", name=str(clerk)).first).to_be_visible()
    assert_accessible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Als CSV herunterladen").click()
    assert download.value.suggested_filename.startswith("verlauf-")
