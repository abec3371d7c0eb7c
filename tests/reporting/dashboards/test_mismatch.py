"""The view of what does not match: its numbers from stated cells, its settings, and what it leaves out."""

import csv
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests.reporting.stated import approve, state_cells

pytestmark = pytest.mark.django_db

NORTH, HAMBURG, SOUTH = "01", "02", "09"
ADDRESS = "/auswertungen/mismatch/"


@pytest.fixture
def stated():
    """The north has places in IT, Hamburg people who want them; one number of the south is confidential."""
    state_cells(
        "BA",
        "unfilled_30sep",
        2016,
        {
            (NORTH, "43"): 6,
            (NORTH, "81"): 0,
            (HAMBURG, "43"): 0,
            (HAMBURG, "81"): 5,
            (SOUTH, "43"): "confidential",
        },
    )
    state_cells(
        "BA",
        "still_searching_30sep",
        2016,
        {
            (NORTH, "43"): 2,
            (NORTH, "81"): 1,
            (HAMBURG, "43"): 3,
            (HAMBURG, "81"): 0,
            (SOUTH, "43"): 9,
            (SOUTH, "81"): 4,
        },
        quality="example",
    )
    approve("BA", year=2016)


def rows(client: Client, **asked) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Value and state by indicator, region and occupation."""
    answer = client.get(ADDRESS, {"year": 2016, "format": "csv"} | asked)
    assert answer.status_code == 200
    return {
        (row["indicator"], row["region"], row["occupation"]): (row["value"], row["state"])
        for row in csv.DictReader(answer.content.decode().splitlines())
    }


def totals(found: dict[tuple[str, str, str], tuple[str, str]]) -> dict[str, Decimal]:
    return {
        code: Decimal(value)
        for (code, region, group), (value, _) in found.items()
        if not region and group == "_T"
    }


def test_the_decomposition_counts_cells_with_both_numbers_alone(client, sign_in, stated):
    sign_in("reviewer", "BMAS")

    found = totals(rows(client))

    assert found == {
        "mismatch_unfilled": 11,
        "mismatch_searching": 6,
        "mismatch_meetable": 6,
        "mismatch_surplus_places": 5,
        "mismatch_surplus_people": 0,
        "mismatch_characteristics": 2,
        "mismatch_regional": 4,
        "mismatch_occupational": 0,
        "mismatch_both": 0,
        "three_offers_at_most": 2,
        "three_offers_at_least": 2,
    }


def test_a_missing_cell_keeps_its_reason_and_is_named(client, sign_in, stated):
    sign_in("reviewer", "BMAS")

    found = rows(client)
    page = client.get(ADDRESS, {"year": 2016}).content.decode()

    assert found["unfilled_30sep", SOUTH, "43"] == ("", "confidential")
    assert found["unfilled_30sep", SOUTH, "81"] == ("", "not_reported")
    assert found["still_searching_30sep", SOUTH, "43"] == ("9", "value")
    assert ("mismatch_characteristics", SOUTH, "43") not in found
    assert "Nicht in der Berechnung" in page
    assert "4 von 32 Zellen" in page
    assert "eigene Berechnung" in page
    assert "Beispielwerte" in page


def test_occupations_are_as_fine_as_both_sides_are_stated(client, sign_in):
    state_cells("BA", "unfilled_30sep", 2016, {(NORTH, "41"): 6, (NORTH, "43"): 1})
    state_cells("BA", "still_searching_30sep", 2016, {(NORTH, "4"): 3})
    approve("BA", year=2016)
    sign_in("reviewer", "BMAS")

    found = totals(rows(client))

    assert [found[f"mismatch_{name}"] for name in ("unfilled", "searching", "characteristics")] == [7, 3, 3]


def test_offers_reach_the_neighbour_when_they_may(client, sign_in, stated):
    """Two at home and Hamburg's three share six places in IT; Hamburg's five in care are for one."""
    sign_in("reviewer", "BMAS")

    assert totals(rows(client, neighbours="adjacent"))["three_offers_at_most"] == 6
    assert totals(rows(client, neighbours="adjacent", q="1"))["three_offers_at_most"] == 3
    assert totals(rows(client, neighbours="adjacent", people="unplaced_30sep")) == {}


def test_the_order_is_the_readers_choice_and_printed(client, sign_in, stated):
    sign_in("reviewer", "BMAS")

    page = client.get(ADDRESS, {"year": 2016, "order": "occupational"}).content.decode()

    assert "Reihenfolge: zuerst nach Beruf, dann nach Region" in page
    assert totals(rows(client, order="occupational"))["mismatch_occupational"] == 4


@pytest.mark.parametrize("asked", [{"q": "0"}, {"q": "many"}, {"neighbours": "moon"}, {"target_group": "J1"}])
def test_a_setting_that_does_not_exist_makes_no_file_and_is_named_on_the_page(client, sign_in, stated, asked):
    sign_in("reviewer", "BMAS")

    assert client.get(ADDRESS, {"year": 2016, "format": "csv"} | asked).status_code == 404
    page = client.get(ADDRESS, {"year": 2016} | asked)
    assert page.status_code == 200
    assert "Nicht alles in der Adresse" in page.content.decode()


def test_a_land_shows_its_own_cells_with_links_to_their_figures(client, sign_in, stated):
    sign_in("reviewer", "BMAS")

    page = client.get(ADDRESS, {"year": 2016, "region": NORTH}).content.decode()
    found = rows(client, region=NORTH)

    assert reverse("reporting:trail", args=["unfilled_30sep", 2016]) + f"?region={NORTH}" in page
    assert {region for _, region, _ in found} == {"", NORTH}


@pytest.mark.parametrize("region", ["DE", "_U"])
def test_what_is_of_no_land_has_no_cells_and_the_page_says_so(client, sign_in, stated, region):
    sign_in("reviewer", "BMAS")

    page = client.get(ADDRESS, {"year": 2016, "region": region}).content.decode()
    found = rows(client, region=region)

    assert "hat keine Zellen" in page
    assert totals(found)["mismatch_meetable"] == 6
    assert {place for _, place, _ in found} == {""}


def test_a_year_without_cells_says_so(client, sign_in):
    sign_in("reviewer", "BMAS")

    page = client.get(ADDRESS, {"year": 2015}).content.decode()

    assert "lässt sich nichts berechnen" in page
    assert totals(rows(client, year=2015)) == {}


def test_the_number_of_queries_does_not_depend_on_the_cells(
    client, sign_in, stated, django_assert_num_queries
):
    sign_in("reviewer", "BMAS")
    client.get(ADDRESS, {"year": 2016})

    with django_assert_num_queries(17):
        client.get(ADDRESS, {"year": 2016})
