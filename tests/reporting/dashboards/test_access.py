"""Who sees what on every view, in every format."""

import io
from collections.abc import Iterable, Iterator

import pytest
from django.db import transaction
from django.test import Client
from openpyxl import load_workbook

from partners.enums import Role
from partners.models import Affiliation
from tests.factories import MembershipFactory, UserFactory
from tests.reporting.dashboards.world import AACHEN, BERLIN, CODES, KOELN, address, fill, rows_of

pytestmark = pytest.mark.django_db

ROLES = ("contributor", "coordinator", "reviewer", "steward", "auditor", "superuser", "left")
QUICK = {"contributor", "coordinator", "reviewer"}
"""Each of another kind; the others see what reviewers see, or nothing of their own."""
READS_ALL = {"reviewer", "steward", "auditor", "superuser"}
DRAWN = {"svg": "image/svg+xml", "png": "image/png"}


def person(role: str):
    """The contributor is of the chamber in Cologne, the coordinator of its umbrella."""
    match role:
        case "superuser":
            return UserFactory(is_superuser=True, is_staff=True)
        case "left":
            return MembershipFactory(
                organisation_code=KOELN, valid_from="2020-01-01", valid_until="2020-12-31"
            ).user
        case "contributor":
            return MembershipFactory(role=Role.CONTRIBUTOR, organisation_code=KOELN).user
        case "coordinator":
            return MembershipFactory(role=Role.COORDINATOR, organisation_code="DIHK").user
        case "steward":
            return MembershipFactory(role=Role.DATA_STEWARD, organisation_code="BMAS").user
    return MembershipFactory(role=role, organisation_code="BMAS").user


def client_of(role: str) -> Client:
    client = Client()
    client.force_login(person(role))
    return client


def own_values(rows: Iterable[dict[str, str]]) -> set[str]:
    """The organisations with figures of their own in the rows; how far a submission is, all may know."""
    return {
        row["organisation"]
        for row in rows
        if row["organisation"] and not row["indicator"].startswith(("submission_", "submissions_"))
    }


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker) -> Iterator[None]:
    """What is reported, made once for all who look at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill()
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=() if role in QUICK else pytest.mark.long) for role in ROLES]
)
def test_every_view_shows_a_role_what_it_may_see(filled, role):
    client = client_of(role)
    seen: dict[str, set[str]] = {}
    for code in CODES:
        page = client.get(address(code, "?year=2016"))
        assert page.status_code == 200, code
        assert "HWK Berlin" not in page.content.decode() or role in READS_ALL or code in OPEN, code
        seen[code] = own_values(rows_of(client.get(address(code, "?year=2016&format=csv"))))

    foreign = {"DIHK", "ZDH", BERLIN, AACHEN, KOELN} - ALLOWED.get(role, set())
    for code, organisations in seen.items():
        if role not in READS_ALL:
            assert not organisations & foreign, code
    assert seen["umbrellas"] >= EXPECTED[role]


OPEN = {"overview", "reported"}
"""The views that name all organisations with how far their submissions are, and nothing more."""
ALLOWED = {"contributor": {KOELN}, "coordinator": {"DIHK", KOELN, AACHEN}}
EXPECTED = {role: {"DIHK", "ZDH"} for role in READS_ALL} | {
    "contributor": set(),
    "coordinator": {"DIHK"},
    "left": set(),
}


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
def test_every_format_of_every_view_has_the_same_rows(filled, role):
    client = client_of(role)
    for code in CODES:
        as_csv = rows_of(client.get(address(code, "?year=2016&format=csv")))
        as_json = client.get(address(code, "?year=2016&format=json")).json()
        book = load_workbook(io.BytesIO(client.get(address(code, "?year=2016&format=xlsx")).content))
        sheet = book.worksheets[0]
        assert len(as_json) == len(as_csv) == sheet.max_row - 1, code
        for row, plain, (cell,) in zip(
            as_csv, as_json, sheet.iter_rows(min_row=2, min_col=9, max_col=9, values_only=True), strict=True
        ):
            assert plain["organisation"] == row["organisation"]
            value = float(row["value"]) if row["value"] else None
            assert (plain["value"], cell) == (value, value)
        for name, content_type in DRAWN.items():
            drawing = client.get(address(code, f"?year=2016&format={name}"))
            assert drawing.status_code == 404 or drawing["Content-Type"] == content_type, code


def test_others_are_one_line_for_whoever_does_not_see_them(client, sign_in, filled):
    sign_in("contributor", KOELN)

    [table] = client.get(address("umbrellas", "?year=2016")).context["data"].tables

    lines = {line.name: line.cells[0].text for line in table.lines}
    assert lines == {"IHK Köln": "120", "135 weitere Organisationen": "30", "Insgesamt": "150"}


@pytest.mark.parametrize("organisation", [BERLIN, "DIHK", "IHK-999"])
def test_foreign_organisation_is_not_found(client, sign_in, filled, organisation):
    sign_in("contributor", KOELN)

    for suffix in ("", "&format=csv"):
        asked = f"?year=2016&organisation={organisation}{suffix}"
        assert client.get(address("umbrellas", asked)).status_code == 404
        assert client.get(f"/zahlen/additional_places/2016/{asked}").status_code == 404


def test_submitted_values_are_for_their_own_organisation_and_its_umbrella(client, sign_in, filled):
    asked = "?year=2016&standing=with_submitted"

    sign_in("contributor", KOELN)
    refused = client.get(address("series", asked))
    assert list(refused.context["form"].errors) == ["standing"]
    assert client.get(address("series", f"{asked}&format=csv")).status_code == 404
    trail = client.get(f"/zahlen/additional_places/2016/{asked}").context
    assert (trail["total"].text, len(trail["problems"])) == ("150", 1)
    own_figure = client.get(f"/zahlen/additional_places/2016/{KOELN}/{asked}").context
    assert own_figure["problems"] == []
    sign_in("coordinator", "DIHK")
    own = rows_of(client.get(address("series", f"{asked}&organisation={AACHEN}&format=csv")))
    assert [row["value"] for row in own if row["indicator"] == "additional_places"] == ["", "7"]


def test_submitted_values_of_who_has_left_an_umbrella_are_in_no_sum_of_it(client, sign_in, filled):
    """A view of several years adds up the members of each year, also those that left before this one."""
    Affiliation.objects.filter(member__code=AACHEN).update(valid_until="2016-12-31")
    sign_in("coordinator", "DIHK")
    asked = "?year=2018&organisation=DIHK&with=year&other_year=2016&format=csv"

    assert client.get(address("compare", f"{asked}&standing=with_submitted")).status_code == 404
    found = rows_of(client.get(address("compare", asked)))

    assert "120" in {row["value"] for row in found if row["indicator"] == "additional_places"}
    own = f"{asked}&standing=with_submitted".replace("DIHK", KOELN)
    assert client.get(address("compare", own)).status_code == 200
