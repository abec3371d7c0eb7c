"""The bars of the documents of a report: each is missed by what is slower, and named."""

from dataclasses import replace

import pytest

from bench.reports import public_page
from bench.reports.edition import YEARS, large_edition, long_annex
from bench.reports.measuring import Cost, Measured, describe
from bench.reports.released import release
from bench.serving import overview
from bench.serving.load import Answers
from bench.sizes import FULL
from reporting.models import ProgressReport
from reporting.renderers.data.figures import figure_rows

GOOD = Measured(
    sizes=FULL,
    report=Cost((("PDF", 2.0, 42), ("XLSX", 1.0, 270_000), ("HTML", 1.0, 1_500_000)), 380),
    typst=Cost((("PDF", 2.0, 1_500_000),), 380),
    weasyprint=Cost((("PDF", 20.0, 700_000),), 600),
    annex=Cost((("XLSX", 24.0, 7_600_000),), 220),
    editions={workers: Cost((("editions", 60.0 / workers, 140),), 100) for workers in (1, 2, 4)},
)


def test_what_is_fast_enough_misses_no_bar():
    assert GOOD.misses == []
    assert "| **WeasyPrint to Typst** | **10.0 times** | | 1.6 times | 5 times the time |" in describe(GOOD)


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ({"report": Cost((("PDF", 2.0, 39),), 1)}, "the report measured has at least 40 pages"),
        ({"report": Cost((("PDF", 5.0, 42),), 1)}, "PDF, XLSX and HTML of a report take less than 5 s"),
        (
            {"editions": dict.fromkeys((1, 2, 4), Cost((("editions", 60.0, 140),), 1))},
            "two workers make all editions of a year in less than 60 s",
        ),
        ({"weasyprint": Cost((("PDF", 9.0, 1),), 1)}, "WeasyPrint takes at least 5 times as long"),
    ],
)
def test_what_is_slower_or_smaller_is_named(change, missed):
    measured = replace(GOOD, **change)

    assert measured.misses == [missed]
    assert f"Not reached: {missed}." in describe(measured)


def test_the_annex_has_the_rows_it_is_called_after():
    parts = [row for row in figure_rows(long_annex(2_000)) if row.indicator == "indicator_1"]

    assert len(parts) == 2_000
    assert len(large_edition(3).indicators) == 6


@pytest.mark.django_db
def test_the_report_whose_page_is_measured_is_released():
    address = release(1)

    assert ProgressReport.objects.get(status="released").year == YEARS[-1]
    assert str(YEARS[-1]) in address


def answers(a_second: int, size: int, wait: float = 0.01) -> Answers:
    return Answers([wait] * a_second * 10, 10.0, size)


def page(compressed: int, plain: int, anew: int) -> public_page.Measured:
    return public_page.Measured(
        compressed=answers(compressed, 42_000),
        plain=answers(plain, 590_000),
        anew=answers(anew, 590_000),
        others=0.5,
    )


@pytest.mark.parametrize(
    ("measured", "missed"),
    [
        (page(600, 300, 30), []),
        (page(499, 300, 20), ["500 readers a second get the page"]),
        (page(599, 300, 30), ["the kept page is answered at least 20 times as often as one made anew"]),
    ],
)
def test_a_public_page_that_costs_more_is_named(measured, missed):
    assert measured.misses == missed
    assert all(f"Not reached: {bar}." in "\n".join(public_page.describe(measured)) for bar in missed)


@pytest.mark.parametrize(
    ("kept", "missed"),
    [
        (answers(201, 80_000), []),
        (answers(199, 80_000), ["the overview is answered 200 times a second"]),
        (answers(201, 80_000, wait=0.16), ["99 of 100 answers within 150 ms"]),
    ],
)
def test_an_overview_that_costs_more_is_named(kept, missed):
    measured = overview.Measured(kept=kept, anew=answers(30, 80_000), others=0.5)

    assert measured.misses == missed
    assert all(f"Not reached: {bar}." in "\n".join(overview.describe(measured)) for bar in missed)
