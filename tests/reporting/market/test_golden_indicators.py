"""Published ratios of the training market, from a file that is imported to the CSV of the view."""

import csv
import datetime as dt
from decimal import Decimal
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command

from measures.models import ReportingRound
from measures.selectors.round_plans import catalogue_plan
from measures.services.rounds import open_round
from partners.models import Organisation
from tests.reporting.stated import approve

pytestmark = pytest.mark.django_db

TOLERANCE = Decimal("0.1")
NAMES = {"DE": "Deutschland", "08": "Baden-Württemberg"}
HEADINGS = {
    "new_contracts": "Neu abgeschlossene Ausbildungsverträge aller zuständigen Stellen",
    "publicly_financed": "davon überwiegend öffentlich finanziert (außerbetrieblich)",
    "unfilled": "Unbesetzte Ausbildungsstellen",
    "unplaced": "Unversorgte Bewerber",
    "still_searching": "Noch suchende Bewerber",
}


def golden_rows():
    """The published pairs of inputs and results, each region with what the company-based supply leaves."""
    with (Path(__file__).parent / "golden_indicators.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            inputs = {name: int(row[name]) for name in HEADINGS if row.get(name)}
            if row["company_supply"]:
                supply = inputs["new_contracts"] + inputs["unfilled"]
                inputs["publicly_financed"] = supply - int(row["company_supply"])
            yield int(row["year"]), row["region"], row, inputs


def file_of(rows, path):
    """A sheet for each year and region, laid out as the employment agency does."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for (year, region), inputs in rows.items():
        sheet = book.create_sheet(f"{year} {NAMES[region]}")
        for line in (
            ["Ausbildungsmarktstatistik"],
            [f"Berichtsjahr {year}"],
            [],
            ["Region", "Merkmal", "Wert"],
            *([NAMES[region], HEADINGS[name], value] for name, value in inputs.items()),
            [],
            ["© Statistik der Bundesagentur für Arbeit"],
        ):
            sheet.append(line)
    book.save(path)
    return path


def export(year, region):
    """The view's values by indicator, as the shell prints them for a year and a region."""
    out = StringIO()
    call_command("export_view", "training_market", year=str(year), region=region, stdout=out)
    lines = csv.DictReader(StringIO(out.getvalue()))
    return {
        line["indicator"]: line for line in lines if (line["year"], line["region"]) == (str(year), region)
    }


def test_every_published_ratio_comes_out_of_the_file_that_brought_its_inputs(tmp_path):
    golden = list(golden_rows())
    sheets = {(year, region): inputs for year, region, _row, inputs in golden}
    years = {year for year, _region in sheets}
    Organisation.objects.filter(code="BA").update(valid_from=dt.date(min(years), 1, 1))
    for year in years - set(ReportingRound.objects.values_list("year", flat=True)):
        open_round(plan=catalogue_plan(year), actor=None)

    path = file_of(sheets, tmp_path / "Ausbildungsmarkt.xlsx")
    call_command("import_figures", str(path), apply=True)
    for year in years:
        approve("BA", year=year)

    exported = {(year, region): export(year, "" if region == "DE" else region) for year, region in sheets}
    off = {}
    for year, region, row, _inputs in golden:
        line = exported[year, region][row["indicator"]]
        found = Decimal(line["value"]) if line["state"] == "value" else None
        expected = [Decimal(row[name]) for name in ("value", "published") if row[name]]
        if found is None or any(abs(found - each) > TOLERANCE for each in expected):
            off[year, region, row["indicator"]] = (found, line["state"], expected)
    assert off == {}
    assert exported[2017, "DE"]["anr"]["state"] == "not_reported"
    assert exported[2016, "DE"]["share_unfilled"]["state"] == "not_reported"
