"""The view of the three offers: the way down, the promise, and who sees which chamber."""

import csv

import pytest
from django.test import Client

from tests.reporting.stated import approve, state, state_cells

pytestmark = pytest.mark.django_db

KOELN, AACHEN = "IHK-142", "IHK-101"
ADDRESS = "/auswertungen/offers/"
NORTH_RHINE = "05"


@pytest.fixture
def stated():
    """Köln offered three to all it invited, Aachen to fewer; 20 were without a place in their Land."""
    state_cells("BA", "unplaced_30sep", 2016, {(NORTH_RHINE, "_T"): 20})
    for chamber, (invited, offered, placed) in {KOELN: (9, 9, 4), AACHEN: (8, 5, 3)}.items():
        state(chamber, "post_invited", 2016, invited)
        state(chamber, "post_appeared", 2016, invited)
        state(chamber, "post_offered_3", 2016, offered)
        state(chamber, "post_placed_training", 2016, placed)
        state(chamber, "post_placed_eq", 2016, 0)
        state(chamber, "post_placed_other", 2016, 1)
    approve("BA", KOELN, AACHEN, year=2016)


def rows(client: Client, **asked) -> dict[tuple[str, str, str], tuple[str, str]]:
    answer = client.get(ADDRESS, {"year": 2016, "format": "csv"} | asked)
    assert answer.status_code == 200
    return {
        (row["indicator"], row["region"], row["organisation"]): (row["value"], row["state"])
        for row in csv.DictReader(answer.content.decode().splitlines())
    }


def test_the_promise_is_open_while_chambers_are_missing_and_broken_where_one_offered_too_few(
    client, sign_in, stated
):
    sign_in("reviewer", "BMAS")

    found = rows(client)

    assert found["three_offers_kept", "", ""] == ("", "incomplete")
    assert found["three_offers_kept", NORTH_RHINE, AACHEN] == ("0", "value")
    assert found["three_offers_kept", NORTH_RHINE, KOELN] == ("", "incomplete")
    assert found["post_offered_3/unplaced_30sep", "", ""] == ("", "not_comparable")
    assert found["post_offered_3/post_invited", NORTH_RHINE, AACHEN] == ("62.5", "value")


def test_those_still_without_a_place_are_known_where_every_number_is(client, sign_in, stated):
    sign_in("reviewer", "BMAS")

    found = rows(client)

    assert found["post_still_unplaced", NORTH_RHINE, KOELN] == ("4", "value")
    assert found["post_still_unplaced", "", ""] == ("", "incomplete")


def test_the_page_names_what_is_missing_to_say_so(client, sign_in, stated):
    sign_in("reviewer", "BMAS")

    page = client.get(ADDRESS, {"year": 2016}).content.decode()

    assert "nicht gehalten" in page
    assert "lässt sich nicht sagen" in page
    assert "Mindestens drei Angebote erhalten: 2 von 132 gemeldet" in page
    assert "Unversorgte Bewerber am 30. September: hier nicht gezählt" in page


def test_a_chamber_sees_itself_and_how_many_more_are_counted(client, sign_in, stated):
    sign_in("contributor", KOELN)

    found = rows(client)
    page = client.get(ADDRESS, {"year": 2016}).content.decode()

    assert {organisation for _, _, organisation in found} == {"", KOELN}
    assert "131 weitere Kammern" in page
    assert "IHK Aachen" not in page


def test_an_umbrella_sees_its_members(client, sign_in, stated):
    sign_in("coordinator", "DIHK")

    found = rows(client, organisation="DIHK")

    assert found["post_offered_3", NORTH_RHINE, AACHEN] == ("5", "value")
    assert found["post_offered_3", "", "DIHK"] == ("14", "value")
    assert found["three_offers_kept", "", "DIHK"] == ("", "incomplete")


def test_the_number_of_queries_does_not_depend_on_the_chambers(
    client, sign_in, stated, django_assert_num_queries
):
    sign_in("reviewer", "BMAS")
    client.get(ADDRESS, {"year": 2016})

    with django_assert_num_queries(18):
        client.get(ADDRESS, {"year": 2016})
