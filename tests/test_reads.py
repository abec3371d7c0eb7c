"""No GET writes: every address, opened by everybody, where PostgreSQL refuses writes."""

import re
from http import HTTPStatus

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib import admin
from django.urls import reverse

from partners.enums import Role
from partners.services.invitations import invite
from tests.factories import MembershipFactory
from tests.list_pages import LIST_PAGES, SINGLE_PAGES, WITHOUT_LISTS, SinglePage, fill_administration
from tests.test_access import portal_addresses

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"

PEOPLE = [
    (Role.CONTRIBUTOR, "IHK-142"),
    (Role.COORDINATOR, "DIHK"),
    (Role.REVIEWER, "BMAS"),
    (Role.DATA_STEWARD, "BMAS"),
    (Role.AUDITOR, "BMAS"),
]


LOOKING = [None, *(pytest.param(person, marks=pytest.mark.long) for person in PEOPLE)]
"""Who opens every address: a stranger; those who see more where there is more time."""

ANSWERS = {
    HTTPStatus.OK,
    HTTPStatus.FOUND,
    HTTPStatus.MOVED_PERMANENTLY,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
}
"""What a page answers: itself, the way to another one, or that it is not for this person."""


def read(client, address):
    """Fetch a page to its last piece; a refused write is raised here."""
    response = client.get(address)
    if response.streaming:
        b"".join(response.streaming_content)
    assert response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, address
    return response


@pytest.mark.long
@pytest.mark.parametrize("name", [*LIST_PAGES, *SINGLE_PAGES])
def test_page_with_entries_writes_nothing_whoever_opens_it(client, sign_in, name):
    page = LIST_PAGES.get(name) or SINGLE_PAGES[name]
    user = MembershipFactory(role=page.role, organisation_code=page.organisation).user
    address = page.fill(3, user)

    needs_no_account = isinstance(page, SinglePage) and page.needs_no_account
    to_strangers = HTTPStatus.OK if needs_no_account else HTTPStatus.FOUND
    assert read(client, address).status_code == to_strangers
    client.force_login(user)
    assert read(client, address).status_code == HTTPStatus.OK
    for role, organisation in PEOPLE:
        sign_in(role, organisation)
        assert read(client, address).status_code in ANSWERS


@pytest.mark.parametrize(
    "name", ["pages:imprint", "pages:privacy", "pages:accessibility", "partners:signed_out"]
)
def test_page_for_everybody_writes_nothing(client, name):
    assert read(client, reverse(name)).status_code == HTTPStatus.OK


def test_every_address_that_answers_to_get_is_opened_here():
    opened = {name.split(",")[0] for name in LIST_PAGES} | SINGLE_PAGES.keys()

    public = {name for name in WITHOUT_LISTS if name.startswith("public:")}
    assert set(WITHOUT_LISTS) - opened - public == {
        "pages:about",
        "pages:easy",
        "pages:barrier_report",
        "partners:page_text_list",
        "partners:page_text_change",
        "sitemap",
        "robots",
        "set_language",
        "pages:imprint",
        "pages:privacy",
        "pages:accessibility",
        "partners:invitation_accept",
        "partners:invitation_open",
        "partners:second_factor",
        "partners:signed_out",
        "partners:factor_reset_request",
        "measures:calendar_file",
        "partners:impersonation_begin",
        "partners:notice_unsubscribe",
    }


@pytest.mark.parametrize("person", LOOKING)
def test_address_of_something_unknown_writes_nothing(client, sign_in, person):
    if person:
        sign_in(*person)

    for address in portal_addresses().values():
        for asked in (address, f"{address}?page=2&q=x&jahr=2016&year=2016"):
            assert read(client, asked).status_code in {*ANSWERS, HTTPStatus.METHOD_NOT_ALLOWED}, asked


@pytest.mark.parametrize("person", LOOKING)
def test_every_page_of_the_administration_writes_nothing(client, sign_in, person):
    steward = MembershipFactory(role=Role.DATA_STEWARD, organisation_code="BMAS").user
    fill_administration(steward)
    if person:
        sign_in(*person)

    read(client, reverse("admin:index"))
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        for page in ("changelist", "add"):
            assert read(client, reverse(f"{name}_{page}")).status_code in ANSWERS
        if first := model._default_manager.order_by("pk").first():
            for page in ("change", "history", "delete"):
                assert read(client, reverse(f"{name}_{page}", args=[first.pk])).status_code in ANSWERS


@pytest.fixture
def reviewer(client):
    """A person who has signed in and just given the password again, as the second factor's pages ask."""
    user = MembershipFactory(role=Role.REVIEWER, organisation_code="BMAS").user
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return user


def opened_account_pages(client) -> set[str]:
    return {
        name
        for name, address in portal_addresses().items()
        if name.startswith(("account_", "mfa_")) and read(client, address).status_code == HTTPStatus.OK
    }


def test_pages_of_ones_own_account_write_nothing_without_a_second_factor(client, reviewer):
    assert "mfa_activate_totp" in opened_account_pages(client)


def test_pages_of_ones_own_account_write_nothing_with_a_second_factor(client, reviewer):
    TOTP.activate(reviewer, generate_totp_secret())
    RecoveryCodes.activate(reviewer)

    assert {"mfa_deactivate_totp", "mfa_generate_recovery_codes"} <= opened_account_pages(client)


@pytest.mark.parametrize("name", ["mfa_view_recovery_codes", "mfa_download_recovery_codes"])
def test_recovery_codes_are_shown_once_without_writing(client, reviewer, name):
    TOTP.activate(reviewer, generate_totp_secret())
    client.post(reverse("mfa_generate_recovery_codes"))

    shown = read(client, reverse(name))
    again = read(client, reverse(name))

    assert re.search(r"(?:[A-Z2-7]{4}-){5}[A-Z2-7]{4}", shown.content.decode())
    assert not re.search(r"(?:[A-Z2-7]{4}-){5}[A-Z2-7]{4}", again.content.decode())


def test_form_about_a_lost_second_factor_is_opened_without_writing(client, sign_in):
    sign_in(Role.DATA_STEWARD, "BMAS")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert read(client, reverse("partners:factor_reset_request")).status_code == HTTPStatus.OK


def test_second_factor_is_asked_for_without_writing(client, reviewer):
    TOTP.activate(reviewer, generate_totp_secret())
    client.logout()
    client.post(reverse("account_login"), {"login": reviewer.email, "password": PASSWORD})

    assert read(client, reverse("mfa_authenticate")).status_code == HTTPStatus.OK


def test_link_to_a_new_password_is_opened_without_writing(
    client, reviewer, mailoutbox, django_capture_on_commit_callbacks
):
    client.logout()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_reset_password"), {"email": reviewer.email})
    link = re.search(r"https?://[^/]+(/\S+)", mailoutbox[0].body)[1]

    form = read(client, link).headers["Location"]
    assert read(client, form).status_code == HTTPStatus.OK


def test_open_invitation_is_shown_without_being_taken(client, sign_in):
    steward = MembershipFactory(role=Role.DATA_STEWARD, organisation_code="BMAS").user
    invited = MembershipFactory(organisation_code="IHK-142").user
    organisation = invited.memberships.get().organisation_id
    invitation, token = invite(
        email=invited.email, organisation_id=organisation, role=Role.COORDINATOR, actor=steward
    )
    link = reverse("partners:invitation_open", args=[token])
    address = read(client, link).headers["Location"]

    assert read(client, address).status_code == HTTPStatus.OK
    client.force_login(invited)
    assert read(client, link).status_code == HTTPStatus.FOUND
    assert read(client, address).status_code == HTTPStatus.OK

    invitation.refresh_from_db()
    assert invitation.accepted_at is None
