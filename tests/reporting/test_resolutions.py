"""The follow-up of commitments stands in the report, in both languages and forms, where there is some."""

from dataclasses import replace

import pytest

from reporting.renderers.composition import compose
from reporting.renderers.html import render_html
from reporting.snapshot.resolutions import resolutions
from tests.measures.meetings.making import decided, make_commitment, make_meeting, make_resolution, steward
from tests.queries import exactly_queries
from tests.reporting.renderers.reading import section_of, sentences_of, table_of
from tests.reporting.sample_snapshot import SHA256, make_snapshot, sample_resolutions

SNAPSHOT = replace(make_snapshot(), resolutions=sample_resolutions())


def own(year):
    """Without the starting data, whose years are before 2019."""
    return [each for each in resolutions(year) if each.resolved_on.year > 2018]


@pytest.mark.django_db
def test_report_freezes_what_was_resolved_until_its_year():
    commitment = make_commitment(
        "DIHK", title_de="Plätze", title_en="Places", meeting=make_meeting(day="2030-04-03")
    )
    decided(commitment, steward(), "not_kept", reason="Nur 7.")
    make_resolution("DIHK", meeting=make_meeting(day="2031-01-01"), title_de="Später")

    [found] = own(2030)

    assert (found.title.en, found.state, found.resolved_on.isoformat()) == (
        "Places",
        "not_kept",
        "2030-04-03",
    )
    [part] = found.commitments
    assert (part.organisation.de, part.state, part.reason) == (
        "Deutscher Industrie- und Handelskammertag",
        "not_kept",
        "Nur 7.",
    )
    assert [each.title.de for each in own(2031)] == ["Plätze", "Später"]


@pytest.mark.django_db
def test_what_is_internal_or_was_cancelled_stays_out():
    make_resolution("DIHK", is_reported=False)
    make_resolution("DIHK", meeting=make_meeting(is_cancelled=True))

    assert own(2030) == []


@pytest.mark.django_db
def test_published_facts_of_the_first_years_stand_in_their_reports():
    found = {each.title.de: each.state for each in resolutions(2016)}

    assert found["20.000 zusätzliche betriebliche Ausbildungsplätze im Jahr 2015"] == "not_kept"
    assert found["Willkommenslotsen in den Kammern ab dem 1. März 2016"] == "kept"
    assert "Willkommenslotsen in den Kammern ab dem 1. März 2016" not in {
        each.title.de for each in resolutions(2014)
    }


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_collecting_asks_the_database_as_often_for_many(count):
    for _ in range(count):
        make_resolution("DIHK", "ZDH")

    with exactly_queries(3):
        resolutions(2030)


@pytest.mark.parametrize(
    ("language", "heading", "summary", "state", "due"),
    [
        (
            "de",
            "Sitzungen und Zusagen",
            (
                "Drei Beschlüsse der Partner stehen in diesem Bericht: einer wurde nicht eingehalten, "
                "einer ist in Umsetzung und einer ist offen."
            ),
            "Nicht eingehalten",
            "fällig am 31. Dezember 2015",
        ),
        (
            "en",
            "Meetings and commitments",
            (
                "Three resolutions of the partners stand in this report: one was not kept, one is "
                "in progress and one is open."
            ),
            "Not kept",
            "due on 31 December 2015",
        ),
    ],
)
def test_section_reads_in_both_languages(language, heading, summary, state, due):
    composed = compose(SNAPSHOT, language, sha256=SHA256)

    section = section_of(composed, "resolutions")
    assert (section.heading, summary in sentences_of(composed, "resolutions")) == (heading, True)
    first, second, *_others = table_of(composed, "resolutions").rows
    assert first.cells[0].small.endswith(due)
    assert first.cells[2].text == state
    assert [first.cells[1].text, second.cells[0].text] == [
        "Deutscher Industrie- und Handelskammertag",
        "Zentralverband des Deutschen Handwerks",
    ]
    page = render_html(SNAPSHOT, language, sha256=SHA256).decode()
    assert f'<h2 id="report-resolutions">{heading}</h2>' in page
    assert '<a href="#report-resolutions">' in page


def test_report_without_resolutions_has_no_such_section():
    assert "report-resolutions" not in render_html(make_snapshot(), "de", sha256=SHA256).decode()
