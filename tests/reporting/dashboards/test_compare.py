"""Comparison: two years, two Länder, and an organisation among peers of whom no single one shows."""

import csv
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from measures.models import Indicator, SeriesBreak
from partners.models import Organisation
from partners.permissions import Access, access_for
from reporting.dashboards.comparing.distribution import FEWEST_PEERS, distribution, of_same_size
from reporting.dashboards.comparing.peers import load_peers
from reporting.dashboards.filters import Filters
from tests.factories import MembershipFactory
from tests.reporting.stated import approve, state, submit

pytestmark = pytest.mark.django_db

KOELN, AACHEN, BERLIN = "IHK-142", "IHK-101", "HWK-00091"
ADDRESS = "/auswertungen/compare/"
CODE = "training_placements"
NORTH_RHINE = "05"


def peers_of_koeln(count: int) -> list[str]:
    """Some chambers below the same umbrella."""
    found = Organisation.objects.filter(code__startswith="IHK-").exclude(code=KOELN).order_by("code")
    return list(found.values_list("code", flat=True)[:count])


def state_all(values: dict[str, int], year: int = 2016) -> None:
    for organisation, value in values.items():
        state(organisation, CODE, year, value)
    approve(*values, year=year)


def rows(client: Client, **asked) -> dict[tuple[str, str, str], tuple[str, str]]:
    answer = client.get(ADDRESS, {"year": 2016, "format": "csv"} | asked)
    assert answer.status_code == 200
    return {
        (row["indicator"], row["year"], row["region"]): (row["value"], row["state"])
        for row in csv.DictReader(answer.content.decode().splitlines())
    }


def test_two_years_stand_side_by_side_with_their_difference(client, sign_in):
    state_all({KOELN: 30}, 2016)
    state_all({KOELN: 40}, 2015)
    sign_in("reviewer", "BMAS")

    found = rows(client)
    page = client.get(ADDRESS, {"year": 2016}).content.decode()

    assert found[CODE, "2016", ""] == ("30", "value")
    assert found[CODE, "2015", ""] == ("40", "value")
    assert found[f"{CODE}_difference", "2016", ""] == ("-10", "value")
    assert "−25,0\u202f%" in page


def test_years_on_both_sides_of_a_break_are_not_compared(client, sign_in):
    state_all({KOELN: 30}, 2016)
    state_all({KOELN: 40}, 2015)
    SeriesBreak.objects.create(
        indicator=Indicator.objects.get(code=CODE), year=2016, reason_de="neu gezählt", reason_en="new"
    )
    sign_in("reviewer", "BMAS")

    page = client.get(ADDRESS, {"year": 2016}).content.decode()

    assert rows(client)[f"{CODE}_difference", "2016", ""] == ("", "not_comparable")
    assert "−25,0\u202f%" not in page
    assert "Bruch in der Zeitreihe ab 2016 – neu gezählt" in page


def test_two_laender_stand_side_by_side(client, sign_in):
    state_all({KOELN: 30, BERLIN: 12})
    sign_in("reviewer", "BMAS")

    found = rows(client, **{"with": "region", "region": NORTH_RHINE, "other_region": "11"})

    assert found[CODE, "2016", NORTH_RHINE] == ("30", "value")
    assert found[CODE, "2016", "11"] == ("12", "value")
    assert found[f"{CODE}_difference", "2016", NORTH_RHINE] == ("18", "value")


def test_without_one_of_the_numbers_there_is_no_difference(client, sign_in):
    state_all({KOELN: 30})
    sign_in("reviewer", "BMAS")

    assert rows(client)[f"{CODE}_difference", "2016", ""] == ("", "incomplete")


def test_a_chamber_sees_its_peers_as_a_distribution_alone(client, sign_in):
    peers = peers_of_koeln(5)
    state_all({KOELN: 30} | dict(zip(peers, (11, 23, 37, 59, 83), strict=True)))
    sign_in("contributor", KOELN)
    asked = {"with": "peers", "organisation": KOELN}

    found = rows(client, **asked)
    page = client.get(ADDRESS, {"year": 2016} | asked).content.decode()

    assert found[CODE, "2016", ""] == ("30", "value")
    assert [found[f"{CODE}_peers_{name}", "2016", ""][0] for name in ("lower", "median", "upper")] == [
        "23",
        "37",
        "59",
    ]
    assert {indicator for indicator, _, _ in found if CODE in indicator} == {
        CODE,
        f"{CODE}_peers_lower",
        f"{CODE}_peers_median",
        f"{CODE}_peers_upper",
    }
    names = Organisation.objects.filter(code__in=peers).values_list("short_name", flat=True)
    assert not any(name in page for name in names)


def test_of_four_peers_there_is_no_distribution(client, sign_in):
    state_all({KOELN: 30} | dict.fromkeys(peers_of_koeln(4), 7))
    sign_in("contributor", KOELN)

    found = rows(client, **{"with": "peers", "organisation": KOELN})

    assert found[f"{CODE}_peers_median", "2016", ""] == ("", "incomplete")
    assert found[CODE, "2016", ""] == ("30", "value")


def test_what_peers_have_not_had_approved_does_not_count(client, sign_in):
    *four, fifth = peers_of_koeln(5)
    state_all(dict.fromkeys(four, 7))
    state(fifth, CODE, 2016, 9)
    submit(fifth, year=2016)
    sign_in("contributor", KOELN)

    found = rows(client, **{"with": "peers", "organisation": KOELN, "standing": "with_submitted"})

    assert found[f"{CODE}_peers_median", "2016", ""] == ("", "incomplete")


def test_peers_of_a_foreign_organisation_are_refused_by_address_and_by_selector(client, sign_in):
    user = sign_in("contributor", KOELN)

    answer = client.get(ADDRESS, {"year": 2016, "with": "peers", "organisation": AACHEN})

    assert answer.status_code == 404
    indicators = list(Indicator.objects.filter(code=CODE))
    with pytest.raises(PermissionDenied):
        load_peers(Filters(year=2016, organisation=AACHEN), access_for(user), indicators)


def test_only_those_who_read_all_learn_who_the_peers_are():
    reviewer = access_for(MembershipFactory(role="reviewer", organisation_code="BMAS").user)
    chamber = access_for(MembershipFactory(role="contributor", organisation_code=KOELN).user)

    def names(access: Access) -> set[str]:
        found = load_peers(
            Filters(year=2016, organisation=KOELN), access, list(Indicator.objects.filter(code=CODE))
        )
        return {each.code for each in found.names}

    assert names(chamber) == set()
    assert AACHEN in names(reviewer)
    assert not {code for code in names(reviewer) if code.startswith("HWK")}


def test_peers_are_of_the_same_size_where_it_is_known():
    sizes = dict(zip(peers_of_koeln(17), range(100, 1800, 100), strict=True)) | {KOELN: 150}
    for organisation, value in sizes.items():
        state(organisation, "new_contracts", 2016, value)
    approve(*sizes, year=2016)
    access = access_for(MembershipFactory(role="reviewer", organisation_code="BMAS").user)

    found = load_peers(
        Filters(year=2016, organisation=KOELN), access, list(Indicator.objects.filter(code="new_contracts"))
    )

    assert found.is_of_size
    assert {each.code for each in found.names} == set(peers_of_koeln(5))


def test_without_an_organisation_or_for_an_umbrella_the_page_says_what_to_choose(client, sign_in):
    sign_in("coordinator", "DIHK")

    nobody = client.get(ADDRESS, {"year": 2016, "with": "peers"}).content.decode()
    umbrella = client.get(ADDRESS, {"year": 2016, "with": "peers", "organisation": "DIHK"}).content.decode()

    assert "Wählen Sie eine Organisation" in nobody
    assert "Eine Dachorganisation hat keine Vergleichsgruppe" in umbrella


@given(st.lists(st.decimals(0, 1000, places=2), max_size=12))
def test_quartiles_lie_in_order_between_the_values(values):
    found = distribution(values)

    assert (found is None) is (len(values) < FEWEST_PEERS)
    if found:
        assert min(values) <= found.lower <= found.median <= found.upper <= max(values)
        below = sum(value <= found.median for value in values)
        assert 2 * below >= len(values)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40))
def test_a_class_of_size_holds_those_next_in_rank(counts):
    sizes = {pk: Decimal(count) for pk, count in enumerate(counts)}

    found = of_same_size(0, sizes)

    if found is not None:
        assert len(found) >= FEWEST_PEERS
        assert 0 not in found
        inside = [sizes[pk] for pk in (*found, 0)]
        between = [pk for pk in sizes if min(inside) < sizes[pk] < max(inside)]
        assert set(between) <= {*found, 0}
    else:
        assert len(sizes) < (FEWEST_PEERS + 1) * 3
