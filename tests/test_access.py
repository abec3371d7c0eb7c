"""Who gets where: login by default, public pages by name, other organisations' records not found."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from measures.models import Submission
from partners.enums import Role

PUBLIC = {
    "healthz",
    "set_language",
    "partners:imprint",
    "partners:privacy",
    "partners:accessibility",
    "partners:invitation_accept",
    "account_login",
    "account_logout",  # only says goodbye
    "account_signup",  # says that accounts begin with an invitation
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_email",
    "account_email_verification_sent",
}

ARGUMENTS = {
    "pk": "1",
    "code": "BA",
    "token": "unknown",
    "indicator": "additional_places",
    "year": "2016",
    "organisation": "BA",
    "language": "de",
    "format": "pdf",
    "kind": "pdf",
    "step": "1",
    "cause": "1",
    "row": "1",
}

SUBMISSION_PAGES = [
    "submission_detail",
    "submission_breakdown",
    "submission_history",
    "submission_own_workbook",
    "review_detail",
]
SUBMISSION_STEPS = [
    "submission_cell",
    "submission_submit",
    "submission_correct",
    "submission_approve",
    "submission_send_back",
    "submission_endorse",
]


def portal_addresses() -> dict[str, str]:
    """Every named address of the portal itself: name -> path, with likely arguments filled in."""
    found: dict[str, str] = {}

    def walk(patterns: list[URLPattern | URLResolver], namespace: str) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                if pattern.namespace != "admin":
                    walk(pattern.url_patterns, pattern.namespace or namespace)
            elif pattern.name and not pattern.name.startswith(("headless", "socialaccount")):
                name = f"{namespace}:{pattern.name}" if namespace else pattern.name
                names = pattern.pattern.regex.groupindex
                found[name] = reverse(name, kwargs={key: ARGUMENTS.get(key, "x1-y") for key in names})

    walk(get_resolver().url_patterns, "")
    return found


@pytest.mark.django_db
def test_every_address_but_the_public_ones_asks_for_the_sign_in(client: Client):
    open_addresses = set()
    for name, path in portal_addresses().items():
        response = client.get(path)
        if not (response.status_code == 302 and response.url.startswith(reverse("account_login"))):
            open_addresses.add(name)

    assert open_addresses == PUBLIC


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    ["partners:imprint", "partners:privacy", "partners:accessibility", "account_login", "healthz"],
)
def test_public_page_opens_without_sign_in(client: Client, name: str):
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["contributor", "coordinator"])
@pytest.mark.parametrize("name", SUBMISSION_PAGES + SUBMISSION_STEPS)
def test_submission_of_another_organisation_is_not_found(client: Client, sign_in, role: str, name: str):
    sign_in(role, "IHK-142")
    other = Submission.objects.get(organisation__code="IHK-101", round__year=2016)
    send = client.get if name in SUBMISSION_PAGES else client.post

    assert send(reverse(f"measures:{name}", args=[other.pk])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.REVIEWER, Role.DATA_STEWARD, Role.AUDITOR])
@pytest.mark.parametrize("name", SUBMISSION_PAGES)
def test_those_who_read_all_see_every_submission(client: Client, sign_in, role: str, name: str):
    sign_in(role, "BMAS")
    submission = Submission.objects.get(organisation__code="IHK-101", round__year=2016)

    assert client.get(reverse(f"measures:{name}", args=[submission.pk])).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", SUBMISSION_STEPS)
def test_auditor_writes_nothing(client: Client, sign_in, name: str):
    sign_in("auditor", "BMAS")
    submission = Submission.objects.get(organisation__code="IHK-101", round__year=2016)

    assert client.post(reverse(f"measures:{name}", args=[submission.pk])).status_code == 403


@pytest.mark.django_db
def test_auditor_neither_uploads_nor_requests_reports(client: Client, sign_in):
    sign_in("auditor", "BMAS")

    assert client.post(reverse("measures:import_list")).status_code == 403
    assert client.post(reverse("reporting:report_request"), {"year": 2016}).status_code == 403


@pytest.mark.django_db
def test_umbrella_sees_its_members_submissions(client: Client, sign_in):
    sign_in("coordinator", "DIHK")
    submission = Submission.objects.get(organisation__code="IHK-142", round__year=2016)

    assert client.get(reverse("measures:submission_detail", args=[submission.pk])).status_code == 200
