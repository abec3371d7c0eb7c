"""Editions out of one snapshot: plain data in, plain data out."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from reporting.editions.deriving import derive
from reporting.editions.types import REPORT_TYPES, ReportSection
from reporting.exceptions import ReportError
from reporting.renderers.titles import title_of
from reporting.renderers.versions import render_documents, version_of
from tests.reporting.recorded_versions import full_snapshot
from tests.reporting.sample_snapshot import SHA256, make_snapshot

NRW = "05"


@pytest.fixture(scope="module")
def snapshot():
    return replace(full_snapshot(), scope=None)


def of(snapshot, code, scope=""):
    return derive(snapshot, REPORT_TYPES[code], scope)


def test_the_annual_report_is_the_snapshot(snapshot):
    assert of(snapshot, "annual") == snapshot


def test_the_report_of_a_land_has_its_figures_and_no_others(snapshot):
    land = of(snapshot, "land", NRW)

    expected = {
        indicator.code: row.amounts
        for indicator in snapshot.indicators
        for row in indicator.lands
        if row.code == NRW
    }
    assert {each.code: tuple(year.amount for year in each.years) for each in land.indicators} == expected
    assert all(not each.lands and not each.umbrellas and not each.groups for each in land.indicators)
    assert (land.scope.kind, land.scope.code, land.scope.name.en) == ("land", NRW, "North Rhine-Westphalia")


def test_the_report_of_a_land_shows_its_target_groups(snapshot):
    offered = next(each for each in of(snapshot, "land", "11").indicators if each.groups)

    assert [(row.code, row.amounts[-1].value) for row in offered.groups] == [("YOUTH_REF", 70)]
    assert (offered.lands, offered.umbrellas, offered.crossed) == ((), (), ())


def test_no_promise_to_the_whole_alliance_is_set_against_the_figures_of_a_part(snapshot):
    years = [year for each in of(snapshot, "land", NRW).indicators for year in each.years]

    assert any(year.promised for each in snapshot.indicators for year in each.years)
    assert not any(year.promised or year.attainment for year in years)


def test_what_a_part_states_nothing_of_is_left_out(snapshot):
    land = of(snapshot, "land", NRW)

    assert all(measure.indicators for measure in land.measures)
    there = {measure.code for measure in land.measures}
    assert {code for objective in land.objectives for code in objective.measures} <= there
    assert len(there) < len(snapshot.measures)


def test_the_report_of_an_umbrella_is_of_its_members(snapshot):
    umbrella = of(snapshot, "umbrella", "BA")

    assert [each.code for each in umbrella.indicators] == ["post_offered_3"]
    assert umbrella.indicators[0].years[-1].amount.value == 585


def test_a_part_without_figures_has_no_report(snapshot):
    with pytest.raises(ReportError):
        of(snapshot, "land", "99")


@pytest.mark.parametrize("section", ReportSection)
def test_sections_that_a_type_lacks_are_empty(snapshot, section):
    report_type = replace(REPORT_TYPES["annual"], sections=frozenset(ReportSection) - {section})

    full, shortened = _filled(snapshot), _filled(derive(snapshot, report_type, ""))

    assert full - shortened == {section}


def _filled(data) -> set[ReportSection]:
    parts = {
        ReportSection.LAENDER: any(each.lands for each in data.indicators),
        ReportSection.UMBRELLAS: any(each.umbrellas for each in data.indicators),
        ReportSection.TARGET_GROUPS: any(each.groups for each in data.indicators),
        ReportSection.PARTICIPATION: data.participation,
        ReportSection.CONTROLS: data.control_totals,
        ReportSection.STATEMENTS: data.statements,
        ReportSection.RESOLUTIONS: data.resolutions,
        ReportSection.SOURCES: data.sources,
        ReportSection.MARKET: data.market,
        ReportSection.OFFERS: data.offers,
        ReportSection.FUNDING: data.money,
        ReportSection.CHANGES: data.changes,
    }
    return {section for section, content in parts.items() if content}


@pytest.mark.parametrize(
    ("code", "scope", "language", "title"),
    [
        ("annual", "", "de", "Fortschrittsbericht 2016"),
        ("interim", "", "de", "Zwischenbericht 2016"),
        ("land", NRW, "de", "Fortschrittsbericht 2016: Nordrhein-Westfalen"),
        ("land", NRW, "en", "Progress report 2016: North Rhine-Westphalia"),
    ],
)
def test_an_edition_is_called_by_its_type_year_and_scope(snapshot, code, scope, language, title):
    with override(language):
        assert title_of(of(snapshot, code, scope)) == title
    composed = version_of(snapshot).compose(of(snapshot, code, scope), language, sha256=SHA256)
    assert composed.title == title


@pytest.mark.parametrize(("code", "scope"), [("interim", ""), ("land", NRW), ("umbrella", "BA")])
def test_every_edition_is_rendered_and_has_no_empty_section(snapshot, code, scope):
    documents = {
        document_format: content
        for _language, document_format, content in render_documents(
            of(snapshot, code, scope), ["de"], sha256=SHA256
        )
    }

    assert documents["pdf"].startswith(b"%PDF-")
    page = documents["html"].decode()
    assert "<tbody>\n        </tbody>" not in page
    assert ("report-participation" in page) is (code != "land")


def test_the_same_snapshot_gives_the_same_edition_again():
    first, second = (of(make_snapshot(), "land", NRW).to_json() for _ in range(2))

    assert first == second
