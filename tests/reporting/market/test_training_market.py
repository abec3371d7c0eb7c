"""The view of the training market and the pages of its numbers, in words."""

import csv
import re
from decimal import Decimal
from io import StringIO

import pytest

from measures.models import Indicator, SeriesBreak
from partners.models import Region
from reporting.dashboards.filters import Filters
from reporting.dashboards.training_market.numbers import land_mark, quantity_number
from reporting.frozen.schema import Amount, AmountState, Basis
from tests.reporting.stated import approve, state, state_cells

pytestmark = pytest.mark.django_db

VIEW = "/auswertungen/training_market/"
COUNTRY = {
    "new_contracts_survey": 900,
    "non_company_contracts": 50,
    "unfilled_30sep": 100,
    "unplaced_30sep": 20,
    "with_alternative_30sep": 80,
}


def text_of(response) -> str:
    """The page's words, without markup."""
    html = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def in_country(year, **changes):
    for indicator, number in (COUNTRY | changes).items():
        state("BA", indicator, year, number)


def rows(client, address):
    lines = csv.DictReader(StringIO(client.get(address).content.decode("utf-8-sig")))
    return {(line["indicator"], line["year"], line["region"]): line for line in lines}


def test_ratio_leads_to_numerator_and_denominator_and_from_there_to_the_figures(client, sign_in):
    in_country(2016)
    approve("BA", year=2016)
    sign_in("reviewer", "BMAS")

    page = client.get(VIEW, {"year": "2016"})
    assert "108,7" in text_of(page)  # (900 + 100) / (900 + 20)
    assert "Nach Ländern 2016 Für 2016 lässt sich hiervon nach Ländern nichts angeben" in text_of(page)
    address = re.search(r'href="(/zahlen/ausbildungsmarkt/anr/2016/[^"]*)"', page.content.decode())[1]
    ratio = client.get(address)
    assert re.search(r"Angebot an Ausbildungsplätzen Zähler 1\.000 .* Nenner 920", text_of(ratio))
    address = re.search(r'href="(/zahlen/ausbildungsmarkt/supply/2016/[^"]*)"', ratio.content.decode())[1]
    supply = client.get(address)
    assert "900" in text_of(supply)
    assert "/zahlen/new_contracts_survey/2016/" in supply.content.decode()


def test_land_is_typed_against_the_country_and_its_gaps_have_reasons(client, sign_in):
    by_land = {"08": (90, 0, 20, 20), "05": (90, 0, 2, 2)}
    names = ("new_contracts_survey", "non_company_contracts", "unfilled_30sep", "still_searching_30sep")
    for place, indicator in enumerate(names):
        cells = {(region, "_T"): values[place] for region, values in by_land.items()}
        state_cells("BA", indicator, 2016, cells)
    approve("BA", year=2016)
    sign_in("reviewer", "BMAS")

    page = text_of(client.get(VIEW, {"year": "2016"}))
    assert re.search(r"Baden-Württemberg 90 110 110 nicht gemeldet 100,0 .* 3 – Passungsproblem", page)
    assert re.search(r"Nicht gemeldet: Schleswig-Holstein; .*; Bayern; .*; Thüringen\.", page)
    found = rows(client, f"{VIEW}?year=2016&format=csv")
    assert found["eanr", "2016", "08"]["value"] == "100"
    assert found["anr", "2016", "08"]["state"] == "not_reported"
    assert found["matching_index", "2016", "09"]["value"] == ""


def test_example_values_are_named_wherever_they_enter(client, sign_in):
    in_country(2016)
    item = state("BA", "still_searching_30sep", 2016, 100, quality="example")
    approve("BA", year=2016)
    sign_in("auditor", "BMAS")

    page = text_of(client.get(VIEW, {"year": "2016"}))
    assert re.search(r"100 Beispiel", page)
    assert "100,0 mit Beispielwerten" in page
    assert "2016: 100,0 (Beispiel)" in page  # in the words for the chart
    found = rows(client, f"{VIEW}?year=2016&format=csv")
    assert found["eanr", "2016", ""]["quality"] == "example"
    assert found["anr", "2016", ""]["quality"] == ""
    assert item.figures.get().quality == "example"


def test_chambers_contracts_stand_in_where_the_survey_is_missing_and_the_page_says_so(client, sign_in):
    state("IHK-142", "new_contracts", 2015, 900)
    state("BA", "unfilled_30sep", 2015, 100)
    state("BA", "unplaced_30sep", 2015, 20)
    approve("IHK-142", "BA", year=2015)
    sign_in("reviewer", "BMAS")

    page = client.get(VIEW, {"year": "2015"})
    assert "die die Kammern gemeldet haben" in text_of(page)
    found = rows(client, f"{VIEW}?year=2015&format=csv")
    assert found["supply", "2015", ""]["value"] == "1000"
    anr = found["anr", "2015", ""]
    assert (anr["value"], anr["state"], anr["reported"], anr["due"]) == ("", "not_comparable", "4", "266")
    assert "Bruch in der Zeitreihe" not in text_of(page)


def test_one_source_of_contracts_serves_all_laender_of_a_year(client, sign_in):
    """A Land that the survey lacks is not filled in from what its chambers report."""
    state_cells("BA", "new_contracts_survey", 2016, {("05", "_T"): 90})
    state_cells("BA", "unfilled_30sep", 2016, {("05", "_T"): 10, ("11", "_T"): 20})
    state("HWK-00091", "new_contracts", 2016, 40)
    approve("BA", "HWK-00091", year=2016)
    sign_in("reviewer", "BMAS")

    found = rows(client, f"{VIEW}?year=2016&format=csv")

    assert found["supply", "2016", "05"]["value"] == "100"
    assert found["new_contracts", "2016", "11"]["value"] == "40"
    assert found["supply", "2016", "11"]["state"] == "not_reported"
    page = text_of(client.get(VIEW, {"year": "2016"}))
    assert re.search(r"Nicht gemeldet: [^.]*Berlin;[^.]*\.", page)  # unfilled places alone fill no column


def test_ratios_are_parted_where_the_contracts_or_an_input_are_counted_in_another_way(client, sign_in):
    state("IHK-142", "new_contracts", 2015, 900)
    state("BA", "unfilled_30sep", 2015, 100)
    state("BA", "unplaced_30sep", 2015, 20)
    in_country(2016)
    approve("IHK-142", "BA", year=2015)
    approve("BA", year=2016)
    for indicator, reason in (("unfilled_30sep", "neue Statistik"), ("non_company_contracts", "ohne Belang")):
        SeriesBreak.objects.create(
            indicator=Indicator.objects.get(code=indicator), year=2016, reason_de=reason, reason_en="new"
        )
    sign_in("reviewer", "BMAS")

    page = text_of(client.get(VIEW, {"year": "2016"}))

    assert (
        "Bruch in der Zeitreihe ab 2016: neue Statistik; andere Quelle der neu abgeschlossenen Verträge."
    ) in page


def ratio_of(**changes):
    stated = {"value": Decimal("0.95"), "basis": Basis.STATED, "reported": 2, "due": 2} | changes
    return Amount(state=AmountState.VALUE, **stated)


def test_land_has_a_star_for_examples_and_is_hatched_where_parts_are_missing():
    land = Region(code="08", name_de="Baden-Württemberg", name_en="Baden-Württemberg")
    example = land_mark("eanr", ratio_of(qualities=("example",)), Filters(year=2016), land)
    partial = land_mark("eanr", ratio_of(basis=Basis.AT_LEAST), Filters(year=2016), land)

    assert (example.label, example.is_complete) == ("95,0 *", True)
    assert (partial.label, partial.is_complete) == ("95,0", False)


def test_only_what_is_added_up_is_called_a_minimum_where_parts_are_missing():
    partial = ratio_of(basis=Basis.AT_LEAST)
    words = {
        code: quantity_number(code, partial, Filters(year=2016), 2016).coverage
        for code in ("supply", "supply_company", "eanr")
    }

    assert words == {
        "supply": "Mindestwert: es fehlen Teile",
        "supply_company": "es fehlen Teile",
        "eanr": "es fehlen Teile",
    }


@pytest.mark.parametrize("address", ["unknown/2016/", "anr/1999/"])
def test_unknown_quantity_or_year_is_not_found(client, sign_in, address):
    sign_in("reviewer", "BMAS")

    assert client.get(f"/zahlen/ausbildungsmarkt/{address}").status_code == 404
