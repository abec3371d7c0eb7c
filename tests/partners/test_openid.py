"""Signing in by an OpenID Connect provider: a real one, on this machine, over HTTP."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialApp
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.urls import reverse

from alliance_portal.settings.openid import provider_settings
from partners.enums import SecurityEventKind
from partners.models import Invitation, Membership, Organisation, OutgoingMail, SecurityEvent, User
from partners.services.invitations import invite
from partners.sign_in.openid.calls import AT_ONCE, free
from partners.sign_in.openid.claims import check_role_mapping
from tests.factories import MembershipFactory, UserFactory
from tests.partners.openid_provider import CLIENT_ID, KEY_ID, SECRET, Provider, running
from tests.partners.test_second_factor import current_code

pytestmark = pytest.mark.django_db

LOGIN = "/konto/anbieter/dienst/"
ADA = {
    "sub": "ada-1",
    "email": "Ada@Example.org",
    "email_verified": True,
    "given_name": "Ada",
    "family_name": "Lovelace",
}
ROLES = {
    "koeln": [["contributor", "IHK-142"]],
    "pruefung": [["reviewer", "BMAS"]],
    "falsch": [["reviewer", "IHK-142"], ["contributor", "XY-1"]],
}


@pytest.fixture(scope="module")
def started() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture
def provider(started: Provider, settings) -> Provider:
    started.claims, started.userinfo, started.faults = dict(ADA), None, {}
    settings.SOCIALACCOUNT_PROVIDERS = provider_settings(
        issuer=started.issuer, client_id=CLIENT_ID, secret=SECRET, name="Ministeriumskonto"
    )
    settings.OPENID_ROLES = ROLES
    return started


@pytest.fixture
def ada(provider) -> User:
    """She has an account, with her address confirmed."""
    return UserFactory(email="ada@example.org")


def to_provider(client, **fields) -> str:
    response = client.post(LOGIN, fields)
    assert response.status_code == 302, response.content.decode()
    return response.url


def back(url: str) -> str:
    """What the provider makes of the request: the address that it sends the browser to."""
    answer = requests.get(url, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def sign_in_there(client, **fields):
    return client.get(back(to_provider(client, **fields)))


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_button_is_there_only_where_a_provider_is_named(client, settings, provider):
    page = reverse("account_login")
    assert "Ministeriumskonto" in client.get(page).content.decode()

    settings.SOCIALACCOUNT_PROVIDERS = provider_settings(issuer="", client_id="", secret="", name="")
    SocialApp.objects.create(provider="openid_connect", provider_id="dienst", name="Fremd", client_id="x")

    without = client.get(page).content.decode()
    assert "anbieter" not in without
    assert "Fremd" not in without
    assert client.post(LOGIN).status_code == 404


def test_request_carries_proof_key_nonce_and_state(client, provider):
    asked = parse_qs(urlsplit(to_provider(client)).query)

    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert len(asked["nonce"][0]) >= 32
    assert asked["state"]
    assert asked["redirect_uri"] == [f"http://testserver{LOGIN}antwort/"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}


def test_link_sends_nobody_to_the_provider(client, provider):
    assert client.get(LOGIN).url == reverse("account_login")
    asked = parse_qs(urlsplit(client.post(f"{LOGIN}?scope=all&process=connect").url).query)
    assert "all" not in asked["scope"][0]
    wrong = urlencode(
        {"redirect_uri": "https://example.org/", "client_id": "x", "state": "s", "prompt": "none"}
    )
    asked = parse_qs(urlsplit(client.post(f"{LOGIN}?{urlencode({'auth_params': wrong})}").url).query)
    assert asked["redirect_uri"] == [f"http://testserver{LOGIN}antwort/"]
    assert asked["client_id"] == [CLIENT_ID]
    assert asked["state"] != ["s"]
    assert "prompt" not in asked


def test_known_person_with_confirmed_address_is_linked_and_told(client, ada):
    response = sign_in_there(client, next="/partner/")

    assert (response.status_code, response.url) == (302, "/partner/")
    assert is_in(client)
    account = SocialAccount.objects.get()
    assert (account.user, account.uid, account.extra_data) == (ada, "ada-1", {})
    assert [each.recipient for each in OutgoingMail.objects.all()] == ["ada@example.org"]
    kinds = set(SecurityEvent.objects.filter(person=ada).values_list("kind", "target"))
    assert {("signed_in", "openid"), ("sign_in_linked", "openid")} <= kinds


def test_person_is_known_by_subject_from_then_on(client, ada, provider):
    sign_in_there(client)
    client.logout()
    provider.claims |= {"email": "anders@example.org"}

    sign_in_there(client)

    assert client.session["_auth_user_id"] == str(ada.pk)
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("verified", [False, None, "true", "false", 1])
def test_address_that_the_provider_does_not_confirm_links_nobody(client, ada, provider, verified):
    provider.claims["email_verified"] = verified

    response = sign_in_there(client)

    assert response.status_code == 403
    assert "bestätigt nicht" in response.content.decode()
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_address_not_confirmed_here_links_nobody(client, ada):
    EmailAddress.objects.filter(user=ada).update(verified=False)

    assert sign_in_there(client).status_code == 403
    assert not is_in(client)


def test_unknown_person_is_refused_in_words(client, provider):
    response = sign_in_there(client)

    assert response.status_code == 403
    assert "eingeladen" in response.content.decode()
    assert not User.objects.filter(email__iexact="ada@example.org").exists()
    failed = SecurityEvent.objects.get(kind=SecurityEventKind.SIGN_IN_FAILED)
    assert failed.target == "openid"


def test_invited_person_comes_in_with_the_role_of_the_invitation(client, provider):
    inviting = UserFactory()
    cologne = Organisation.objects.get(code="IHK-142")
    invite(email="ada@example.org", organisation_id=cologne.pk, role="contributor", actor=inviting)

    sign_in_there(client)

    person = User.objects.get(email__iexact="ada@example.org")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert (person.first_name, person.last_name) == ("Ada", "Lovelace")
    assert not person.has_usable_password()
    assert [(m.role, m.organisation) for m in person.memberships.all()] == [("contributor", cologne)]
    assert Invitation.objects.get().accepted_at is not None


def test_spent_invitation_lets_nobody_in(client, provider):
    invitation, _token = invite(
        email="ada@example.org",
        organisation_id=Organisation.objects.get(code="IHK-142").pk,
        role="contributor",
        actor=UserFactory(),
    )
    Invitation.objects.filter(pk=invitation.pk).update(revoked_at="2026-01-01T00:00Z")

    assert sign_in_there(client).status_code == 403
    assert not User.objects.filter(email__iexact="ada@example.org").exists()


def test_deactivated_person_stays_out(client, ada, provider):
    provider.claims["roles"] = ["koeln"]
    sign_in_there(client)
    client.logout()
    User.objects.filter(pk=ada.pk).update(is_active=False)
    Membership.objects.filter(user=ada).delete()

    assert sign_in_there(client).url == reverse("account_inactive")
    assert not is_in(client)
    assert not ada.memberships.exists()


FAULTS = {
    "signed by another key": {"other_key": True},
    "key unknown": {"kid": "key-2"},
    "not signed": {"algorithm": "none", "key": None},
    "signed with the secret": {"algorithm": "HS256", "key": SECRET.ljust(32, "x")},
    "of another issuer": {"id_token": {"iss": "http://127.0.0.1:1"}},
    "for another client": {"id_token": {"aud": "other"}},
    "for several, another one asked": {"id_token": {"aud": [CLIENT_ID, "other"], "azp": "other"}},
    "another nonce": {"id_token": {"nonce": "another"}},
    "no nonce": {"id_token": {"nonce": None}},
    "run out": {"id_token": {"exp": int(time.time()) - 3600}},
    "without an end": {"id_token": {"exp": None}},
    "without a subject": {"id_token": {"sub": None}},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_token_that_is_not_right_lets_nobody_in(client, ada, provider, fault):
    provider.faults = FAULTS[fault]

    response = sign_in_there(client)

    assert response.status_code == 403
    assert "konnte nicht angenommen werden" in response.content.decode()
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_token_signed_with_the_public_key_as_a_secret_lets_nobody_in(client, ada, provider):
    def forged(claims):
        public = provider.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        parts = [{"alg": "HS256", "kid": KEY_ID}, claims]
        text = b".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
        return (text + b"." + urlsafe_b64encode(hmac.digest(public, text, "sha256")).rstrip(b"=")).decode()

    provider.faults = {"forged": forged}

    assert sign_in_there(client).status_code == 403
    assert not is_in(client)


DISCOVERY = "/.well-known/openid-configuration"
ANSWERS = {
    "nested beyond measure": ("/jwks", (200, {}, "[" * 100_000)),
    "keys that are none": ("/jwks", (200, {}, '{"keys": [5]}')),
    "no keys": ("/jwks", (200, {}, '{"keys": null}')),
    "a list for tokens": ("/token", (200, {}, "[]")),
    "tokens that are no texts": ("/token", (200, {}, '{"access_token": {"a": 1}, "id_token": 5}')),
    "an answer without a type": ("/token", (200, {"Content-Type": None}, '{"id_token": "x"}')),
    "more than anybody needs": ("/token", (200, {}, '{"access_token": "' + "x" * 2_000_000 + '"}')),
    "a list for claims": ("/userinfo", (200, {}, "[]")),
    "no JSON": ("/userinfo", (200, {}, '{"sub": NaN}')),
    "a number without end": ("/userinfo", (200, {}, '{"sub": ' + "9" * 5000 + "}")),
    "tokens elsewhere": ("/token", (307, {"Location": "/elsewhere"}, "")),
    "claims elsewhere": ("/userinfo", (302, {"Location": "/elsewhere"}, "")),
    "round in circles": ("/jwks", (302, {"Location": "/jwks"}, "")),
    "a description that is a list": (DISCOVERY, (200, {}, "[]")),
    "a description elsewhere": (DISCOVERY, (301, {"Location": "/elsewhere"}, "")),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_answer_of_no_use_is_refused_in_words_and_leads_nowhere(client, ada, provider, answer):
    path, sent = ANSWERS[answer]
    address = back(to_provider(client))
    provider.faults, provider.asked = {"answers": {path: sent}}, []

    response = client.get(address)

    assert response.status_code in {403, 503}
    assert reverse("account_login") in response.content.decode()
    assert "/elsewhere" not in provider.asked
    assert provider.asked.count(path) == 1
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "ada\x00"},
        {"sub": "\ud800"},
        {"sub": "a" * 300},
        {"sub": 5},
        {"exp": float("inf")},
        {"email": ["ada@example.org"]},
        {"email": "ada@example.org\x00"},
    ],
)
def test_claims_that_are_none_let_nobody_in(client, ada, provider, claims):
    provider.claims |= claims

    assert sign_in_there(client).status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize(
    "fault",
    [
        {"token": {"expires_in": "soon"}},
        {"token": {"expires_in": 1e300}},
        {"headers": {"Content-Type": None}},
    ],
)
def test_what_is_not_asked_for_does_no_harm(client, ada, provider, fault):
    provider.faults = fault

    sign_in_there(client)

    assert is_in(client)


def test_name_that_is_none_is_not_taken(client, provider):
    invite(
        email="ada@example.org",
        organisation_id=Organisation.objects.get(code="IHK-142").pk,
        role="contributor",
        actor=UserFactory(),
    )
    provider.claims |= {"given_name": {"en": "Ada"}, "family_name": "Love\x00lace", "name": ["Ada"]}

    sign_in_there(client)

    person = User.objects.get(email__iexact="ada@example.org")
    assert (person.first_name, person.last_name) == ("ada", "")


def test_address_that_is_the_same_only_when_its_case_changes_is_another_one(client, provider):
    """The sign for kelvin becomes a k in small letters, the dotless i an I in capitals."""
    UserFactory(email="kim@example.org")
    invite(
        email="ada@indigo.example",
        organisation_id=Organisation.objects.get(code="IHK-142").pk,
        role="contributor",
        actor=UserFactory(),
    )
    for sub, address in (
        ("1", "\N{KELVIN SIGN}im@example.org"),
        ("2", "ada@\N{LATIN SMALL LETTER DOTLESS I}ndigo.example"),
    ):
        provider.claims |= {"sub": sub, "email": address}
        assert sign_in_there(client).status_code == 403
        assert not is_in(client)


def test_slow_answer_is_given_up_and_other_pages_keep_their_threads(client, provider, settings):
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.3
    provider.faults = {"slow": [DISCOVERY]}
    began = time.monotonic()

    assert client.post(LOGIN).status_code == 503

    assert time.monotonic() - began < 1
    provider.faults, provider.asked = {}, []
    taken = [free.acquire(blocking=False) for _call in range(AT_ONCE)]  # one is waiting still
    try:
        assert client.post(LOGIN).status_code == 503
    finally:
        for is_taken in taken:
            if is_taken:
                free.release()
    assert provider.asked == []


def test_claims_of_another_person_are_refused(client, ada, provider):
    provider.userinfo = ADA | {"sub": "eve-1"}

    assert sign_in_there(client).status_code == 403
    assert not is_in(client)


def test_code_is_worth_nothing_without_its_proof_key(client, ada, provider):
    """Somebody who has caught the code of another browser brings a proof of their own."""
    caught = back(to_provider(client))
    (code,) = parse_qs(urlsplit(caught).query)["code"]
    own = to_provider(client)
    (state,) = parse_qs(urlsplit(own).query)["state"]

    response = client.get(f"{LOGIN}antwort/?code={code}&state={state}")

    assert response.status_code == 403
    assert not is_in(client)


def test_answer_belongs_to_the_browser_that_asked_and_works_once(client, ada):
    address = back(to_provider(client))
    stranger = type(client)()

    assert stranger.get(address).status_code == 403
    assert client.get(address).status_code == 302
    assert client.get(address).status_code == 403


def test_cancelling_there_is_no_failure(client, provider):
    provider.faults = {"cancelled": True}

    response = sign_in_there(client)

    assert "nicht mit dem Anmeldedienst angemeldet" in response.content.decode()
    assert not SecurityEvent.objects.filter(kind=SecurityEventKind.SIGN_IN_FAILED).exists()


@pytest.mark.parametrize("broken", ["/.well-known/openid-configuration", "/token", "/jwks", "/userinfo"])
def test_provider_that_fails_is_said_and_the_password_still_works(client, ada, provider, broken):
    url = to_provider(client)
    provider.faults = {"broken": [broken]}

    response = client.get(back(url)) if broken != "/.well-known/openid-configuration" else client.post(LOGIN)

    assert response.status_code in {403, 503}
    assert reverse("account_login") in response.content.decode()
    client.post(reverse("account_login"), {"login": ada.email, "password": "correct horse battery"})
    assert is_in(client)


def test_provider_out_of_reach_is_said(client, provider, settings):
    settings.SOCIALACCOUNT_PROVIDERS = provider_settings(
        issuer="http://127.0.0.1:1", client_id=CLIENT_ID, secret=SECRET, name="x"
    )

    response = client.post(LOGIN)

    assert response.status_code == 503
    assert "nicht erreichbar" in response.content.decode()


@pytest.mark.parametrize("wrong", [{"issuer": "http://127.0.0.1:2"}, {"token_endpoint": None}])
def test_provider_that_is_not_the_one_named_is_not_used(client, provider, wrong):
    provider.faults = {"description": wrong}

    assert client.post(LOGIN).status_code == 503


def roles(person: User) -> set[tuple[str, str]]:
    return set(person.memberships.active().values_list("role", "organisation__code"))


def test_roles_follow_the_claims_at_each_sign_in(client, ada, provider):
    by_hand = MembershipFactory(user=ada, role="coordinator", organisation_code="DIHK")
    provider.claims["roles"] = ["koeln", "pruefung", "unbekannt"]
    sign_in_there(client)
    assert roles(ada) == {("contributor", "IHK-142"), ("reviewer", "BMAS"), ("coordinator", "DIHK")}

    client.logout()
    provider.claims["roles"] = "koeln"
    sign_in_there(client)
    assert roles(ada) == {("contributor", "IHK-142"), ("coordinator", "DIHK")}

    client.logout()
    del provider.claims["roles"]
    sign_in_there(client)
    assert list(ada.memberships.all()) == [by_hand]
    taken = SecurityEvent.objects.filter(kind=SecurityEventKind.ROLE_TAKEN, subject=ada)
    assert [event.target.split()[0] for event in taken.order_by("pk")] == ["reviewer", "contributor"]


def test_role_given_here_goes_with_the_claim_once_it_was_claimed(client, ada, provider):
    MembershipFactory(user=ada, role="contributor", organisation_code="IHK-142")
    provider.claims["roles"] = ["koeln"]
    sign_in_there(client)
    client.logout()

    provider.claims["roles"] = []
    sign_in_there(client)

    assert roles(ada) == set()


def test_role_ended_here_stays_ended_whatever_is_claimed(client, ada, provider):
    ended = MembershipFactory(user=ada, role="contributor", organisation_code="IHK-142")
    Membership.objects.filter(pk=ended.pk).update(valid_from="2020-01-01", valid_until="2020-12-31")
    provider.claims["roles"] = ["koeln"]

    sign_in_there(client)

    assert not Membership.objects.active().filter(user=ada).exists()


def test_claims_give_no_role_that_the_organisation_may_not_have(client, ada, provider):
    provider.claims["roles"] = ["falsch"]

    sign_in_there(client)

    assert is_in(client)
    assert roles(ada) == set()


def test_claim_may_lie_deeper(client, ada, provider, settings):
    settings.OPENID_ROLES_CLAIM = "realm_access.roles"
    provider.claims["realm_access"] = {"roles": ["koeln"]}

    sign_in_there(client)

    assert roles(ada) == {("contributor", "IHK-142")}


@pytest.mark.parametrize("wrong", [["koeln"], {"koeln": [["chief", "IHK-142"]]}, {"koeln": [["reviewer"]]}])
def test_mapping_that_is_not_understood_is_an_error_at_the_start(settings, wrong):
    settings.OPENID_ROLES = wrong
    assert [error.id for error in check_role_mapping()] == ["partners.E003"]
    settings.OPENID_ROLES = ROLES
    assert check_role_mapping() == []


def test_second_factor_here_is_asked_for_after_the_provider(client, ada):
    secret = generate_totp_secret()
    TOTP.activate(ada, secret)

    response = sign_in_there(client)

    assert response.url == reverse("mfa_authenticate")
    assert not is_in(client)
    client.post(reverse("mfa_authenticate"), {"code": current_code(secret)})
    assert is_in(client)


@pytest.mark.parametrize("claim", [{"acr": "high"}, {"amr": ["pwd", "hwk"]}])
def test_second_factor_at_the_provider_counts_where_the_settings_say_so(
    client, ada, provider, settings, claim
):
    settings.MFA_REQUIRED_ROLES = ["everybody"]
    provider.claims |= claim
    sign_in_there(client)
    assert client.get("/partner/").url == reverse("partners:second_factor")

    client.logout()
    settings.OPENID_SECOND_FACTOR = ["high", "hwk"]
    TOTP.activate(ada, generate_totp_secret())
    sign_in_there(client)
    assert client.get("/partner/").status_code == 200


def test_second_factor_of_the_provider_ends_with_the_session(client, ada, provider, settings):
    settings.MFA_REQUIRED_ROLES = ["everybody"]
    settings.OPENID_SECOND_FACTOR = ["high"]
    provider.claims["acr"] = "high"
    sign_in_there(client)
    client.logout()

    client.post(reverse("account_login"), {"login": ada.email, "password": "correct horse battery"})

    assert client.get("/partner/").url == reverse("partners:second_factor")


def test_strength_of_sign_in_is_read_from_the_id_token_alone(client, ada, provider, settings):
    settings.MFA_REQUIRED_ROLES = ["everybody"]
    settings.OPENID_SECOND_FACTOR = ["high"]
    provider.userinfo = ADA | {"acr": "high"}

    sign_in_there(client)

    assert client.get("/partner/").url == reverse("partners:second_factor")


@pytest.mark.parametrize("path", ["3rdparty/", "3rdparty/signup/", "social/connections/"])
def test_pages_of_allauth_that_link_accounts_are_not_there(client, sign_in, path):
    sign_in("contributor", "IHK-142")
    assert client.get(f"/konto/{path}").status_code == 404
