"""The pages of the plausibility checks: adding and changing each kind, trying, waiving."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from measures.checks.parameters import PARAMETERS
from measures.enums import CheckKind
from measures.models import CheckWaiver, Indicator, PlausibilityCheck
from tests.measures.checking import make_check
from tests.measures.submissions import YEAR, item_of, make_submission, put

pytestmark = pytest.mark.django_db

WORDS = {
    "text_de": "Was stimmen muss",
    "text_en": "What has to be true",
    "severity": "query",
    "valid_from": "2020",
    "reason": "Wunsch der Kammern",
}

SETTINGS = {
    "range": {"minimum": "1.5", "indicators": ["internships"]},
    "whole_numbers": {},
    "part_of_total": {},
    "sum_of_parts": {"tolerance": "2"},
    "formula": {"formula": "companies_won <= companies_advised", "missing": "zero", "tolerance": ""},
    "change": {"relative": "0.3"},
    "history": {"threshold": "4", "minimum_values": "6"},
    "peers": {"compared": "change"},
    "members_sum": {"indicators": ["internships"], "member_indicator": "training_placements"},
    "exclusive": {"indicators": ["internships", "networks"]},
    "compulsory": {"indicators": ["internships"], "required": ["networks"]},
    "missing": {"only_after_stated": "on", "absences": ["pending"]},
}

STORED = {
    "range": {"minimum": "1.5", "indicators": ["internships"], "maximum": None},
    "formula": {
        "formula": "companies_won <= companies_advised",
        "missing": "zero",
        "tolerance": "0",
        "indicators": [],
    },
    "history": {"threshold": "4", "minimum_values": 6, "indicators": []},
    "peers": {"compared": "change", "threshold": "3.5", "minimum_values": 10, "indicators": []},
    "missing": {"only_after_stated": True, "absences": ["pending"], "indicators": []},
}


@pytest.fixture
def steward(sign_in):
    return sign_in("data_steward", "BMAS")


def address(name, *args):
    return reverse(f"measures:{name}", args=args)


def test_every_kind_has_settings_here():
    assert SETTINGS.keys() == set(CheckKind.values) == PARAMETERS.keys()


@pytest.mark.parametrize("kind", SETTINGS)
def test_check_of_every_kind_is_added_as_a_draft_and_its_form_shows_it_again(client, steward, kind):
    response = client.post(
        f"{address('check_create')}?kind={kind}", WORDS | SETTINGS[kind] | {"code": "mine"}
    )

    assert response.status_code == HTTPStatus.FOUND
    check = PlausibilityCheck.objects.get(code="mine")
    assert (check.kind, check.status) == (kind, "draft")
    assert {name: check.parameters[name] for name in STORED.get(kind, {})} == STORED.get(kind, {})
    form = client.get(address("check_change", "mine")).context["form"]
    same = {field.name: field.value() for field in form if field.value() not in (None, False)}
    client.post(address("check_change", "mine"), same | {"reason": "Nachgesehen"})
    before = check.parameters
    check.refresh_from_db()
    assert check.parameters == before
    assert client.get(address("check_detail", "mine")).status_code == HTTPStatus.OK
    assert client.get(address("check_trial", "mine")).status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("range", {}, "minimum"),
        ("formula", {"formula": "internships"}, "formula"),
        ("formula", {"formula": "internships <= no_such"}, "formula"),
        ("compulsory", {"indicators": ["internships"]}, "required"),
        ("history", {"threshold": "-1"}, "threshold"),
        ("whole_numbers", {"code": "neu"}, "code"),
        ("whole_numbers", {"code": "Groß"}, "code"),
        ("whole_numbers", {"valid_until": "2019"}, "valid_until"),
        ("whole_numbers", {"reason": " "}, "reason"),
        ("whole_numbers", {"code": "group_within_total"}, "code"),
    ],
)
def test_what_makes_no_check_is_shown_at_its_field(client, steward, kind, given, field):
    count = PlausibilityCheck.objects.count()

    response = client.post(f"{address('check_create')}?kind={kind}", WORDS | {"code": "mine"} | given)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert list(response.context["form"].errors) == [field]
    assert PlausibilityCheck.objects.count() == count


def test_check_that_has_ended_cannot_be_changed_activated_or_ended_again(client, steward):
    check = make_check(status="ended", valid_until=2020)
    for name, more in (
        ("check_change", WORDS | SETTINGS["range"]),
        ("check_activate", {}),
        ("check_end", {}),
    ):
        response = client.post(address(name, check.code), {"reason": "Doch"} | more)

        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert response.context["form"].errors
    check.refresh_from_db()
    assert check.status == "ended"


def test_trial_opens_with_the_last_closed_round_and_pages_what_it_finds(client, steward, monkeypatch):
    monkeypatch.setattr("measures.views.checks.pages.PAGE_SIZE", 1)
    make_check(status="draft")
    for code in ("IHK-142", "IHK-101"):
        submission = make_submission(code, days_left=-1)
        put(item_of(submission), 60, region=submission.organisation.region_id)
    make_submission(year=YEAR + 1, days_left=-1)  # a round that is over, and nothing recorded in it

    first = client.get(address("check_trial", "sizes"))
    second = client.get(address("check_trial", "sizes"), {"year": YEAR, "page": 2})

    assert [response.context["chosen"].year for response in (first, second)] == [YEAR, YEAR]
    assert [response.context["rows"][0][1] for response in (first, second)] == ["IHK Aachen", "IHK Köln"]
    assert (first.context["trial"].found_in, first.context["trial"].cells) == (2, 2)


def test_reviewer_gives_a_waiver_and_ends_it(client, sign_in):
    user = sign_in("reviewer", "BMAS")
    check = make_check(severity="error")
    submission = make_submission()
    put(item_of(submission), 60)
    opened = client.get(
        address("check_waive", "sizes"), {"organisation": submission.organisation_id, "year": YEAR}
    )
    assert opened.context["form"]["organisation"].value() == str(submission.organisation_id)

    refused = client.post(
        address("check_waive", "sizes"), {"first_year": 2031, "last_year": 2030, "reason": "Umstellung"}
    )
    client.post(
        address("check_waive", "sizes"),
        {
            "organisation": submission.organisation_id,
            "indicator": Indicator.objects.get(code="training_placements").pk,
            "first_year": YEAR,
            "last_year": YEAR + 1,
            "reason": "Umstellung",
        },
    )

    assert list(refused.context["form"].errors) == ["last_year"]
    waiver = CheckWaiver.objects.get(plausibility_check=check)
    assert (waiver.organisation, waiver.last_year, waiver.given_by) == (
        submission.organisation,
        YEAR + 1,
        user,
    )
    grid = client.get(address("review_detail", submission.pk)).content.decode()
    assert f"Ausnahme bis {YEAR + 1} von {user}: Umstellung" in grid
    client.post(address("waiver_end", waiver.pk), {"reason": "Erledigt"})
    waiver.refresh_from_db()
    assert (waiver.ended_by, waiver.end_reason) == (user, "Erledigt")


def test_draft_is_given_up_without_a_year(client, steward):
    make_check(status="draft")

    assert "last_year" not in client.get(address("check_end", "sizes")).context["form"].fields
    client.post(address("check_end", "sizes"), {"reason": "Taugt nicht"})

    assert PlausibilityCheck.objects.get(code="sizes").status == "ended"
