"""Everybody, or whoever has a role that is named, gets nowhere without a second factor."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.urls import reverse

from partners.enums import Role
from tests.alliance_portal.test_settings import PRODUCTION, answer_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
REQUIRED = ["reviewer", "data_steward", "auditor", "superuser"]
PAGE = "/zweiter-faktor/"


@pytest.fixture(autouse=True)
def _required(settings):
    cache.clear()
    settings.MFA_REQUIRED_ROLES = REQUIRED


def current_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_it_is_required_of_everybody_in_service_and_of_nobody_in_the_demo():
    from alliance_portal.settings import base, dev  # noqa: PLC0415  # read apart from those in use

    assert base.MFA_REQUIRED_ROLES == ["everybody"]
    assert dev.MFA_REQUIRED_ROLES == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("named", "required"), [("", "['everybody']"), ("reviewer,auditor", "['reviewer', 'auditor']")]
)
def test_operator_narrows_it_by_naming_roles_and_never_by_leaving_the_variable_empty(named, required):
    shown = "from alliance_portal.settings import production as p; print(p.MFA_REQUIRED_ROLES)"

    assert answer_of(shown, **PRODUCTION, MFA_REQUIRED_ROLES=named) == required


@pytest.mark.parametrize("role", Role)
def test_where_everybody_needs_one_no_role_works_without(client, sign_in, settings, role):
    settings.MFA_REQUIRED_ROLES = ["everybody"]
    sign_in(role, "BMAS")

    assert client.get("/partner/").url == PAGE


def test_where_everybody_needs_one_an_account_without_a_role_is_no_exception(client, settings):
    settings.MFA_REQUIRED_ROLES = ["everybody"]
    client.force_login(UserFactory())

    assert client.get("/partner/").url == PAGE


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.DATA_STEWARD, Role.AUDITOR])
@pytest.mark.parametrize(
    "address", ["/", "/partner/", "/verwaltung/", "/verwaltung/partners/user/", "/konto/password/change/"]
)
def test_person_without_one_is_led_to_setting_it_up(client, sign_in, role, address):
    sign_in(role, "BMAS")

    response = client.get(address)

    assert (response.status_code, response.url) == (302, PAGE)


def test_superuser_without_one_is_led_to_setting_it_up(client):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))

    assert client.get("/verwaltung/").url == PAGE


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.COORDINATOR])
def test_roles_that_are_not_named_work_without_one(client, sign_in, role):
    sign_in(role, "IHK-142")

    assert client.get("/partner/").status_code == 200


def test_only_roles_that_are_named_need_one(client, sign_in, settings):
    settings.MFA_REQUIRED_ROLES = ["data_steward"]
    sign_in("reviewer", "BMAS")

    assert client.get("/partner/").status_code == 200


def test_scripts_and_interfaces_get_nothing_either(client, sign_in):
    sign_in("reviewer", "BMAS")

    for_a_script = client.get("/partner/", headers={"HX-Request": "true"})
    for_an_interface = client.get("/partner/", headers={"Accept": "application/json"})

    assert (for_a_script.status_code, for_a_script.headers["HX-Redirect"]) == (403, PAGE)
    assert for_a_script.content == b""
    assert for_an_interface.status_code == 403
    assert for_an_interface.json() == {"detail": "Richten Sie zuerst einen zweiten Faktor ein."}


def test_writing_is_refused_too(client, sign_in):
    sign_in("data_steward", "BMAS")

    response = client.post("/partner/IHK-142/einladen/", {"email": "x@example.org", "role": "auditor"})

    assert response.url == PAGE


@pytest.mark.parametrize("name", ["pages:imprint", "partners:second_factor", "account_logout"])
def test_public_pages_and_the_way_out_stay_open(client, sign_in, name):
    sign_in("reviewer", "BMAS")

    assert client.get(reverse(name)).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client, sign_in):
    RecoveryCodes.activate(sign_in("reviewer", "BMAS"))

    assert client.get("/").url == PAGE


def test_portal_opens_once_it_is_set_up_and_shuts_when_it_is_given_up(client, sign_in):
    user = sign_in("reviewer", "BMAS")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret

    activated = client.post(reverse("mfa_activate_totp"), {"code": current_code(secret)})

    assert activated.status_code == 302
    assert client.get("/partner/").status_code == 200
    assert client.get(PAGE).url == reverse("mfa_index")
    user.authenticator_set.all().delete()
    assert client.get("/partner/").url == PAGE


def test_password_alone_does_not_sign_in_whoever_has_one(client, sign_in):
    user = sign_in("reviewer", "BMAS")
    TOTP.activate(user, generate_totp_secret())
    client.logout()

    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})

    assert response.url == reverse("mfa_authenticate")
    assert client.get("/partner/").url.startswith(reverse("account_login"))


def test_passkey_can_be_asked_for_before_signing_in(client):
    response = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})

    assert response.json()["request_options"]["publicKey"]["rpId"] == "testserver"


def test_pages_about_passkeys_open(client, sign_in):
    sign_in("reviewer", "BMAS")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert client.get(reverse("mfa_add_webauthn")).status_code == 200


def test_misspelt_role_stops_the_installation(settings):
    settings.MFA_REQUIRED_ROLES = ["reviewers"]

    with pytest.raises(SystemCheckError, match="reviewers"):
        call_command("check")


def test_code_of_an_app_is_good_once_even_if_the_cache_forgets(db):
    secret = generate_totp_secret()
    factor = TOTP.activate(UserFactory(), secret).instance
    code = current_code(secret)

    assert factor.wrap().validate_code(code)
    cache.clear()
    assert not factor.wrap().validate_code(code)
    factor.delete()
    assert not factor.wrap().validate_code(code)
