"""Who is deactivated is out at once, everywhere; what they did keeps their name."""

import pytest
from django.urls import reverse

from measures.models import Figure
from measures.services.imports.requests import carry_out_request, request_apply
from partners.models import User
from tests.measures.imports.undoing import type_in
from tests.measures.spreadsheets import row, stage, workbook
from tests.measures.submissions import item_of, make_submission

pytestmark = pytest.mark.django_db

COLOGNE = "IHK-142"


def deactivate(person: User) -> None:
    """As the administration does it."""
    person.is_active = False
    person.save()


@pytest.fixture
def person(sign_in) -> User:
    return sign_in("contributor", COLOGNE)


def test_session_ends_with_the_next_request_whatever_asks(client, person):
    submission = make_submission(COLOGNE)
    page = reverse("measures:submission_detail", args=[submission.pk])
    assert client.get(page).status_code == 200
    kept = client.cookies["sessionid"].value

    deactivate(person)

    answers = {}
    for kind, headers in {
        "page": {"Accept": "text/html"},
        "script": {"HX-Request": "true"},
        "program": {"Accept": "application/json"},
    }.items():
        client.cookies["sessionid"] = kept
        answers[kind] = client.get(page, headers=headers)
    assert answers["page"].url.startswith(reverse("account_login"))
    assert answers["script"].status_code == 401
    assert answers["program"].status_code == 401
    assert answers["program"].json() == {"detail": "Melden Sie sich zuerst an."}


def test_value_typed_before_is_not_stored_after(client, person):
    submission = make_submission(COLOGNE)
    deactivate(person)

    answer = client.post(reverse("measures:submission_cell", args=[submission.pk]), {})

    assert answer.url.startswith(reverse("account_login"))
    assert not Figure.objects.filter(item__submission=submission).exists()


def test_reactivation_does_not_bring_the_session_back(client, person):
    deactivate(person)
    person.is_active = True
    person.save()

    assert client.get("/uebersicht/").url.startswith(reverse("account_login"))


def test_import_asked_for_before_is_not_applied_after(person):
    submission = make_submission(COLOGNE)
    run = stage(workbook([row(7, year=submission.round.year)]), person)
    request_apply(run_id=run.pk, actor=person)

    deactivate(person)
    carry_out_request(run_id=run.pk)

    run.refresh_from_db()
    assert run.status == "ready"
    assert run.notice["code"] == "no_longer_allowed"
    assert not Figure.objects.filter(item__submission=submission).exists()


def test_name_stays_in_the_history(client, person, sign_in):
    submission = make_submission(COLOGNE)
    type_in(item_of(submission), 5, person)
    deactivate(person)
    sign_in("auditor", "BMAS")

    history = client.get(reverse("measures:submission_history", args=[submission.pk])).content.decode()

    assert str(person) in history
