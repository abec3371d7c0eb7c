"""The frame of the dashboards: filters, formats, what cannot be understood, queries to the database."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from measures.models import FundingSource, Indicator, Measure, MeasureFunding, SeriesBreak, Submission, Target
from reporting.dashboards.filters import Filters
from reporting.dashboards.registry import VIEWS
from reporting.enums import Standing
from tests.measures.submissions import make_submission
from tests.reporting.dashboards.world import (
    AACHEN,
    BERLIN,
    CODES,
    KOELN,
    address,
    by_occupation,
    fill,
    rows_of,
)
from tests.reporting.stated import approve, state

pytestmark = pytest.mark.django_db

CONTRACT = (
    "view,indicator,year,region,organisation,target_group,occupation,measure,value,state,basis,reported,due,"
    "target,attainment,quality"
)


@pytest.fixture
def reader(sign_in):
    return sign_in("reviewer", "BMAS")


@pytest.fixture
def filled():
    fill()


def rows(client, code: str, query: str = "", **wanted: str) -> list[dict[str, str]]:
    found = rows_of(client.get(address(code, f"?year=2016&format=csv{query}")))
    return [row for row in found if all(row[name] == value for name, value in wanted.items())]


def test_csv_keeps_its_columns(client, reader, filled):
    content = client.get(address("series", "?year=2016&format=csv")).content.decode()

    assert content.splitlines()[0] == CONTRACT
    assert (
        "series,additional_places,2015,,,_T,_T,M04,1500,value,stated,1,135,20000,7.5," in content.splitlines()
    )


def test_umbrellas_open_down_to_their_members(client, reader, filled):
    top = {
        row["organisation"]: row["value"] for row in rows(client, "umbrellas", indicator="additional_places")
    }
    assert (top["DIHK"], top["ZDH"], top[""]) == ("120", "30", "150")

    page = client.get(address("umbrellas", "?year=2016&organisation=DIHK")).context["data"]
    [koeln] = [line for line in page.tables[0].lines if line.name == "IHK Köln"]
    assert koeln.cells[0].text == "120"
    assert koeln.cells[0].url == f"/zahlen/additional_places/2016/?organisation={KOELN}"

    below = {
        row["organisation"]: row["value"]
        for row in rows(client, "umbrellas", "&organisation=DIHK", indicator="additional_places")
    }
    assert (below[KOELN], below[AACHEN], below["DIHK"]) == ("120", "", "120")
    alone = rows(client, "umbrellas", f"&organisation={KOELN}", indicator="additional_places")
    assert [(row["organisation"], row["value"]) for row in alone] == [(KOELN, "120")]


def test_number_of_an_organisation_is_made_of_that_organisation(client, reader, filled):
    trail = client.get(f"/zahlen/additional_places/2016/?organisation={KOELN}").context

    assert (trail["total"].text, [row.name for row in trail["rows"]]) == ("120", ["IHK Köln"])


def test_occupations_add_up_to_their_areas(client, reader, filled):
    found = {
        row["occupation"]: row["value"] for row in rows(client, "occupations", indicator="additional_places")
    }

    assert found == {"_T": "150", "4": "20", "43": "20"}
    assert rows(client, "occupations", f"&organisation={BERLIN}") == []


def test_organisation_counts_once_in_an_area_however_finely_it_states(client, reader):
    by_occupation(KOELN)
    state(KOELN, "additional_places", 2016, {("05", "41", "_T"): 4, ("05", "43", "_T"): 20})
    by_occupation(AACHEN, digits=1)
    state(AACHEN, "additional_places", 2016, {("05", "4", "_T"): 7})
    approve(KOELN, AACHEN, year=2016)

    found = {
        row["occupation"]: (row["value"], row["reported"], row["due"])
        for row in rows(client, "occupations", indicator="additional_places")
    }
    table = client.get(address("occupations", "?year=2016")).context["data"].tables[0]

    assert {code: found[code] for code in ("4", "41", "43")} == {
        "4": ("31", "2", "2"),
        "41": ("4", "1", "1"),
        "43": ("20", "1", "1"),
    }
    assert [line.level for line in table.lines] == [0, 1, 1, 0]


def test_target_groups_stand_side_by_side_and_are_not_added_up(client, reader, filled):
    found = {
        row["target_group"]: row["value"]
        for row in rows(client, "target_groups", indicator="additional_places")
        if row["value"]
    }

    assert found == {"J3": "8", "_T": "150"}


def test_share_of_a_target_group_leaves_out_who_does_not_state_the_group(client, reader, filled):
    tables = client.get(address("target_groups", "?year=2016")).context["data"].tables

    lines = {line.name: line.cells for table in tables for line in table.lines if line.cells[1]}
    assert [(cells[0].text, cells[1].text) for cells in lines.values()] == [("8", "6,7\u202f%")]


def test_money_that_is_not_stated_is_not_nought(client, reader, filled):
    found = {(row["measure"], row["indicator"]): row for row in rows(client, "money")}

    assert found["M02", "expenditure:F1"]["value"] == "250000"
    assert (found["M07", "expenditure:F1"]["value"], found["M07", "expenditure:F1"]["state"]) == (
        "",
        "not_reported",
    )


def test_sums_of_money_say_of_how_many_amounts_they_are(client, reader, filled):
    source = FundingSource.objects.get(code="F1")
    MeasureFunding.objects.create(measure=Measure.objects.get(code="M02"), source=source, year=2018, amount=1)

    data = client.get(address("money", "?year=2016")).context["data"]

    assert [heading.text for heading in data.tables[1].headings[1:]] == ["2016"]
    named = {(each.measure_id, each.source_id) for each in MeasureFunding.objects.all()}
    sources = [each for _measure, each in named].count(source.pk)
    by_source = data.tables[1].lines[0].cells[0]
    assert (by_source.text, by_source.coverage) == ("250.000", f"1 von {sources}")
    assert data.completeness == f"Für 2016 angegeben: 1 von {len(named)} Beträgen."


def test_measure_is_part_of_the_mix_from_the_year_in_which_it_began(client, reader):
    [count] = rows(client, "mix", indicator="measures:financial", measure="")
    measure = Measure.objects.filter(kind="financial").first()
    Measure.objects.filter(pk=measure.pk).update(since=2017)

    [without] = rows(client, "mix", indicator="measures:financial", measure="")

    assert int(without["value"]) == int(count["value"]) - 1
    assert rows(client, "mix", measure=measure.code) == []


def test_coverage_names_the_gaps(client, reader):
    found = {
        (row["indicator"], row["target_group"]): row["value"] for row in rows(client, "coverage", measure="")
    }

    assert found["measures:Z1", "B1"] == "3"
    assert {value for (objective, _), value in found.items() if objective == "measures:Z7"} == {"0"}


def test_objective_without_a_measure_and_indicator_without_a_number_are_named(client, reader, filled):
    data = client.get(address("objectives", "?year=2016")).context["data"]

    assert data.tables[-1].note
    assert {row.state for row in data.rows if row.indicator == "internships"} == {"not_reported"}
    assert [row.attainment for row in data.rows if row.indicator == "welcome_mentors"] == [
        Decimal(2) / Decimal(150) * 100
    ]


def test_objectives_of_one_measure_leave_out_the_promises_of_the_others(client, reader, filled):
    assert {row["measure"] for row in rows(client, "objectives", "&measure=M04")} == {"M04"}


def test_indicator_that_a_target_group_is_not_asked_of_is_not_called_missing(client, reader, filled):
    data = client.get(address("objectives", "?year=2016&target_group=B1")).context["data"]

    lines = {line.name: line.cells for table in data.tables for line in table.lines}
    assert lines["Willkommenslotsen"] == ("für diese Zielgruppe nicht abgefragt", None, None, None)
    assert "welcome_mentors" not in {row.indicator for row in data.rows}


def test_who_has_reported_is_shown_as_of_a_day(client, reader, filled):
    Submission.objects.filter(organisation__code=BERLIN, round__year=2016).update(approved_at=timezone.now())
    earlier = timezone.localdate() - dt.timedelta(days=7)

    now = rows(client, "reported", organisation=KOELN)
    then = rows(client, "reported", f"&as_of={earlier}", organisation=KOELN)

    assert [row["indicator"] for row in now] == ["submission_approved"]
    assert then == []


def test_year_without_approved_values_says_so(client, reader, filled):
    assert client.get(address("series", "?year=2017")).context["is_without_figures"]
    assert not client.get(address("series", "?year=2016")).context["is_without_figures"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("year=1999", "Jahr"),
        ("year=abc", "Jahr"),
        ("region=99", "Land"),
        ("measure=M99", "Maßnahme"),
        ("target_group=X", "Zielgruppe"),
        ("standing=drafts", "Werte"),
        ("as_of=2999-01-01", "Stand vom"),
        ("as_of=gestern", "Stand vom"),
    ],
)
def test_what_is_not_understood_is_named_and_no_file_is_made_of_it(client, reader, query, named):
    page = client.get(address("series", f"?{query}"))

    assert page.status_code == 200
    [problem] = page.context["problems"]
    assert problem.startswith(f"{named}: ")
    assert problem in page.content.decode()
    assert client.get(address("series", f"?{query}&format=csv")).status_code == 404


def test_filter_that_does_not_apply_is_named(client, reader):
    assert client.get(address("mix", "?region=11")).context["problems"] == [
        "Der Filter „Land“ gilt für diese Ansicht nicht."
    ]
    assert client.get(address("mix", "?region=11&format=json")).status_code == 404


@pytest.mark.parametrize(
    "asked",
    ["/auswertungen/nothing/", "/auswertungen/series/?format=exe", "/auswertungen/mix/?format=svg&chart=x"],
)
def test_unknown_view_format_or_chart_is_not_found(client, reader, asked):
    assert client.get(asked).status_code == 404


def test_former_names_of_filters_lead_where_they_led(client, reader, filled):
    context = client.get("/uebersicht/", {"jahr": "2016", "land": "11", "stand": "with_submitted"}).context

    assert context["query"] == "?year=2016&region=11&standing=with_submitted"


def test_filters_give_their_address_back():
    filters = Filters(
        year=2016, organisation="DIHK", standing=Standing.WITH_SUBMITTED, as_of=dt.date(2017, 3, 1)
    )

    assert filters.query() == "?year=2016&organisation=DIHK&standing=with_submitted&as_of=2017-03-01"
    assert filters.query({"year", "region"}) == "?year=2016"


def test_list_names_every_view_with_its_question(client, reader):
    page = client.get("/auswertungen/").content.decode()

    assert all(f'href="/auswertungen/{code}/"' in page for code in CODES)
    assert all(str(view.question) in page for view in VIEWS)


def test_shell_prints_what_the_page_gives(client, reader, filled):
    printed = io.StringIO()
    call_command("export_view", "umbrellas", "--year", "2016", stdout=printed)

    assert list(csv.DictReader(io.StringIO(printed.getvalue()))) == rows(client, "umbrellas")


@pytest.mark.parametrize(
    "arguments",
    [
        ("nothing",),
        ("series", "--year", "1999"),
        ("series", "--as-of", "2999-01-01"),
        ("mix", "--region", "11"),
    ],
)
def test_shell_refuses_what_there_is_not(arguments):
    with pytest.raises(CommandError) as refused:
        call_command("export_view", *arguments)

    assert refused.value.returncode == 2


def test_break_parts_a_series(client, reader, filled):
    SeriesBreak.objects.create(
        indicator=Indicator.objects.get(code="additional_places"),
        year=2016,
        reason_de="Ab jetzt mit Teilzeit",
        reason_en="Part-time included from now on",
    )

    data = client.get(address("series", "?year=2016")).context["data"]

    assert data.notes[0].endswith("Bruch in der Zeitreihe ab 2016 – Ab jetzt mit Teilzeit")
    assert data.tables[1].lines[0].cells == ("Bruch in der Zeitreihe",)
    assert "Ab jetzt mit Teilzeit" in data.charts[0].alternative


def test_year_without_a_round_leaves_a_gap_in_the_changes(client, reader, filled):
    make_submission(KOELN, year=2030)
    for year, value in ((2018, 5), (2030, 9)):
        state(KOELN, "additional_places", year, value)
        approve(KOELN, year=year)

    data = client.get(address("series", f"?year=2030&organisation={KOELN}")).context["data"]

    changes = data.tables[1]
    assert [heading.text for heading in changes.headings[-2:]] == ["2018", "2030"]
    assert [cell.text for cell in data.tables[0].lines[0].cells[-2:]] == ["5", "9"]
    assert changes.lines[0].cells[-1] is None


def test_tile_names_no_change_and_no_way_across_a_break(client, reader, filled):
    indicator = Indicator.objects.get(code="additional_places")
    Target.objects.create(indicator=indicator, year=2018, value=40_000, baseline_year=2014, baseline=0)
    SeriesBreak.objects.create(indicator=indicator, year=2016, reason_de="Anders", reason_en="Otherwise")

    tiles = client.get("/uebersicht/?year=2016").context["data"].parts["tiles"]

    tile = next(each for each in tiles if each.name == indicator.name)
    assert (tile.before.number.text, tile.before.change, tile.path) == ("1.500", "", None)


def test_tile_shows_whether_the_value_lies_on_its_way_and_who_stands_behind_it(client, reader, filled):
    Target.objects.create(
        indicator=Indicator.objects.get(code="additional_places"),
        year=2018,
        value=40_000,
        baseline_year=2014,
        baseline=0,
    )

    tiles = client.get("/uebersicht/?year=2016").context["data"].parts["tiles"]

    tile = next(each for each in tiles if each.name == "Zusätzlich angebotene Ausbildungsplätze")
    assert tile.rule == "Zielwert: von 0 im Jahr 2014 steigend auf 40.000 bis 2018"
    assert tile.path.text == "nicht auf dem Zielpfad: bis 2016 waren 20.000 vorgesehen"
    assert not tile.path.is_kept
    assert tile.kinds == "1 von 79 IHKs, 1 von 53 HWKs, 0 von 3 weiteren"
    assert tile.before.change == "−1.350 (−90 %)"


def queries_of_all(client) -> dict[str, int]:
    cache.clear()
    found = {}
    for code in CODES:
        with CaptureQueriesContext(connection) as captured:
            client.get(address(code, "?year=2016"))
        found[code] = len(captured)
    return found


def test_every_view_takes_the_same_queries_however_much_is_reported(client, reader):
    by_occupation(KOELN)
    state(KOELN, "additional_places", 2016, {"05": 5, ("05", "43", "_T"): 1})
    approve(KOELN, year=2016)
    with_one = queries_of_all(client)
    for code in (AACHEN, BERLIN):
        state(code, "additional_places", 2016, 5)
        state(code, "welcome_mentors", 2016, 5)
    approve(AACHEN, BERLIN, year=2016)

    assert queries_of_all(client) == with_one
    assert with_one == QUERIES


QUERIES = {
    "overview": 25,
    "objectives": 19,
    "series": 19,
    "laender": 22,
    "umbrellas": 19,
    "reported": 16,
    "compare": 19,
    "target_groups": 26,
    "occupations": 19,
    "training_market": 18,
    "mismatch": 16,
    "offers": 18,
    "mix": 16,
    "coverage": 17,
    "money": 14,
}
"""Of each view; six of them read what the filters may choose from."""
