"""The Länder beside each other: a map for ratios, ranked bars for counts, and their numbers."""

import csv
import json
import re
from io import StringIO

import pytest
from django.urls import reverse

from tests.queries import exactly_queries
from tests.reporting.stated import approve, state, state_cells

pytestmark = pytest.mark.django_db

KOELN, AACHEN, MUENCHEN = "IHK-142", "IHK-101", "IHK-155"
ADDRESS = "/auswertungen/laender/"


@pytest.fixture
def stated():
    state(KOELN, "additional_places", 2016, 120)
    state(MUENCHEN, "additional_places", 2016, 200)
    for indicator, nordrhein_westfalen, bayern in (
        ("new_contracts_survey", 1000, 2000),
        ("unfilled_30sep", 50, 200),
        ("unplaced_30sep", 150, "confidential"),
    ):
        cells = {("05", "_T"): nordrhein_westfalen, ("09", "_T"): bayern}
        state_cells("BA", indicator, 2016, cells)
    approve(KOELN, MUENCHEN, "BA", year=2016)


def chart_of(response) -> dict:
    """The data of the page's first chart."""
    found = re.search(r'<script type="application/json">(.*?)</script>', response.content.decode(), re.DOTALL)
    return json.loads(found[1])


def rows_of(response) -> dict[tuple[str, str], dict[str, str]]:
    lines = csv.DictReader(StringIO(response.content.decode()))
    return {(line["indicator"], line["region"]): line for line in lines}


def test_a_ratio_is_a_map_of_each_land_s_own_sums(client, sign_in, stated):
    sign_in("reviewer", "BMAS")

    response = client.get(ADDRESS, {"year": "2016", "shown": "anr"})

    laender = {land["tip"]: land["url"] for land in chart_of(response)["datasets"]["laender"]}
    assert laender["Nordrhein-Westfalen: 91,3"].startswith(
        f"{reverse('reporting:market_quantity', args=['anr', 2016])}?region=05"
    )
    assert "Bayern: geheim zu halten" in laender
    assert len(laender) == 16


def test_a_count_is_ranked_and_has_no_map(client, sign_in, stated):
    sign_in("reviewer", "BMAS")

    data = chart_of(client.get(ADDRESS, {"year": "2016", "shown": "additional_places"}))

    marks = data["drawings"][0]["specification"]["data"]["values"]
    assert data["datasets"] == {}
    assert [mark["tip"] for mark in marks[:2]] == ["Bayern: 200", "Nordrhein-Westfalen: 120"]
    assert marks[0]["url"] == f"{reverse('reporting:trail', args=['additional_places', 2016])}?region=09"


def test_the_rows_are_what_the_page_shows(client, sign_in, stated):
    sign_in("reviewer", "BMAS")

    rows = rows_of(client.get(ADDRESS, {"year": "2016", "shown": "anr", "format": "csv"}))

    ratio = rows["anr", "05"]
    assert (ratio["value"][:7], ratio["state"]) == ("91.3043", "value")
    assert (rows["anr", "09"]["value"], rows["anr", "09"]["state"]) == ("", "confidential")
    assert rows["additional_places", "09"]["value"] == "200"
    assert rows["additional_places", ""]["value"] == "320"


def test_of_a_target_group_there_is_no_ratio_and_the_page_says_so(client, sign_in, stated):
    sign_in("reviewer", "BMAS")

    response = client.get(ADDRESS, {"year": "2016", "target_group": "J1"})

    assert "data-chart" not in response.content.decode()
    assert "Für eine Zielgruppe wählen Sie" in response.content.decode()


def test_its_chart_is_to_be_had_as_svg_and_png(client, sign_in, stated):
    sign_in("reviewer", "BMAS")
    asked = {"year": "2016", "shown": "additional_places"}

    svg = client.get(ADDRESS, asked | {"format": "svg"})
    png = client.get(ADDRESS, asked | {"format": "png", "chart": "ranked-additional-places"})

    assert (svg["Content-Type"], png["Content-Type"]) == ("image/svg+xml", "image/png")
    assert "laender-ranked-additional-places-2016.svg" in svg["Content-Disposition"]
    assert "Nordrhein-Westfalen: 120" in svg.content.decode()
    assert client.get(ADDRESS, asked | {"format": "svg", "chart": "nothing"}).status_code == 404


def test_more_figures_ask_no_more_queries(client, sign_in, stated):
    sign_in("reviewer", "BMAS")
    client.get(ADDRESS, {"year": "2016"})
    with exactly_queries(22):
        client.get(ADDRESS, {"year": "2016"})
    state(AACHEN, "additional_places", 2016, 3)
    approve(AACHEN, year=2016)
    with exactly_queries(22):
        client.get(ADDRESS, {"year": "2016"})


def test_of_a_ratio_unknown_everywhere_the_page_ranks_a_count_and_says_so(client, sign_in):
    state(KOELN, "additional_places", 2016, 120)
    approve(KOELN, year=2016)
    sign_in("reviewer", "BMAS")

    page = client.get(ADDRESS, {"year": "2016"})

    marks = chart_of(page)["drawings"][0]["specification"]["data"]["values"]
    assert marks[0]["tip"] == "Nordrhein-Westfalen: 120"
    assert "lässt sich für 2016 für kein Land angeben" in page.content.decode()
