"""Searching the preview: a large import answers as a small one, from what was noted when it was staged."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.enums import Verdict
from measures.models import StagedBlock, StagedFigure, StagedOccupation, StagedOwner
from measures.selectors.imports.rows import finding
from measures.selectors.imports.rows.finding import find_rows
from measures.selectors.imports.rows.paging import MOST_COUNTED, pages_of
from measures.selectors.visible_imports import VisibleImport
from measures.services.imports.staging.filling import INDEXED_FROM, prepare_search
from measures.services.imports.writing.apply import discard_import
from measures.services.imports.writing.correcting import RowCorrection, correct_row
from measures.typed_values import Entry
from tests.measures.spreadsheets import PLACES, QUALIFICATION, many_rows, person, row, stage, workbook
from tests.measures.submissions import make_submission

pytestmark = pytest.mark.django_db

HEADER = ("Kammer", "Kennzahl", "Jahr", "KldB", "Beruf", "Wert")
ROWS = [
    ("IHK Köln", PLACES, 2030, "26302", "Elektroniker 100%", 17),
    ("IHK Köln", PLACES, 2030, "43102", "Informatiker_in", "1.017"),
    ("IHK Aachen", PLACES, 2030, "26302", "Elektroniker 100%", 17),
    ("IHK Aachen", QUALIFICATION, 2030, "_T", "Insgesamt", 5),
    ("HWK für München und Oberbayern", PLACES, 2030, "82542", "Bäckermeister", 3),
    ("IHK Köln", QUALIFICATION, 2030, "_T", "Insgesamt", "k. A."),
]
EXPECTED = {
    "Aachen": ["F4", "F5"],
    "aACHEN": ["F4", "F5"],
    "Köln": ["F2", "F3", "F7"],
    "KÖLN": ["F2", "F3", "F7"],
    "ihk-142": ["F2", "F3", "F7"],
    "München": ["F6"],
    "Bayern": ["F6"],
    "nordRhein": ["F2", "F3", "F4", "F5", "F7"],
    "einstiegsqualifizierung": ["F5", "F7"],
    "26302": ["F2", "F4"],
    "17": ["F2", "F4"],
    "1.017": ["F3"],
    "k. A.": ["F7"],
    "K. A.": [],
    "f6": ["F6"],
    "F1": [],
    "F999999999999": [],
    "Nirgendwo": [],
    "%": [],
    "_": [],
    "I%n": [],
    "\\": [],
}


def make_submissions():
    for code in ("IHK-142", "IHK-101"):
        make_submission(code)


def cells(run, search, verdict=""):
    """All that are found, and on the pages as well."""
    visible = VisibleImport(run)
    found = [staged.cell for staged in find_rows(visible, search=search, verdict=verdict).rows]
    pages = pages_of(visible, 2, search=search, verdict=verdict, cause=None)
    assert [staged.cell for page in pages for staged in page] == found
    assert pages.count == len(found)
    return found


@pytest.fixture
def run():
    return stage(workbook(ROWS, header=HEADER), person())


def test_search_finds_the_same_in_a_large_import_as_in_a_small_one(run):
    in_small = {search: cells(run, search) for search in EXPECTED}
    prepare_search(run)

    assert in_small == EXPECTED
    assert {search: cells(run, search) for search in EXPECTED} == EXPECTED


def test_page_of_very_many_rows_is_read_in_their_order_until_it_is_full(run, monkeypatch):
    prepare_search(run)
    monkeypatch.setattr(finding, "MOST_IDS", 0)
    assert {search: cells(run, search) for search in EXPECTED} == EXPECTED

    with CaptureQueriesContext(connection) as asked:
        page = pages_of(VisibleImport(run), 2, verdict="", search="Köln", cause=None).page(1)
    assert [staged.cell for staged in page] == ["F2", "F3"]
    statements = [query["sql"] for query in asked]
    [of_page] = [place for place, statement in enumerate(statements) if statement.endswith("LIMIT 2")]
    assert statements[of_page - 1] == "SET LOCAL enable_sort = off"
    assert statements[of_page + 1] == "SET LOCAL enable_sort = on"


def test_search_goes_together_with_a_verdict(run):
    prepare_search(run)
    StagedFigure.objects.filter(cell="F3").update(verdict=Verdict.CHANGED)

    assert cells(run, "Köln", verdict="changed") == ["F3"]


def test_only_rows_of_this_import_are_found(run):
    other = stage(workbook(ROWS[:1], header=HEADER), person())
    prepare_search(run)
    prepare_search(other)

    assert (cells(run, "Köln"), cells(other, "Köln")) == (["F2", "F3", "F7"], ["F2"])


def corrected_as(run, **key):
    steward = person()
    [held] = run.staged.filter(verdict=Verdict.HELD)
    entry = Entry(Decimal(5), None)
    placed = {"indicator": "training_placements", "year": 2030, "region": "05", "target_group": "_T"}
    corrected = RowCorrection(**placed, organisation="IHK-142", **key, entry=entry)
    return correct_row(run_id=run.pk, row_id=held.pk, actor=steward, corrected=corrected)


def test_row_is_found_by_what_it_was_corrected_to():
    make_submission()
    run = stage(workbook([row(5), row("4,5", organisation="IHK Aachen")]), person())
    prepare_search(run)
    assert cells(run, "Aachen") == ["E3"]

    assert corrected_as(run, occupation="26302") is not None

    assert (cells(run, "Aachen"), cells(run, "Köln"), cells(run, "26302")) == ([], ["E2", "E3"], ["E3"])


def test_row_that_a_correction_dropped_is_found_no_more():
    make_submission()
    run = stage(workbook([row(5), row("4,5", organisation="IHK Aachen")]), person())
    prepare_search(run)

    assert corrected_as(run, occupation="_T") is None

    assert (cells(run, "4,5"), cells(run, "Köln")) == ([], ["E2"])


def test_what_is_noted_is_forgotten_with_the_rows(run):
    prepare_search(run)
    discard_import(run_id=run.pk)

    noted = (StagedFigure, StagedOwner, StagedOccupation, StagedBlock)
    assert [model.objects.count() for model in noted] == [0, 0, 0, 0]


@pytest.fixture
def taken_for_empty(db):
    """Statistics of a moment without staged rows, as they are after the first import has been applied."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '60s'")
        cursor.execute(
            "UPDATE pg_class SET reltuples = 0, relpages = 20"
            " WHERE relkind = 'r' AND relname ~ '^measures_(staged|figure$)'"
        )


def test_rows_of_a_large_import_are_found_and_counted_to_a_bound(taken_for_empty):
    make_submission()
    run = stage(many_rows(INDEXED_FROM + 100), person(), name="Meldung.csv")
    assert StagedBlock.objects.exists()

    for search in ("Köln", "5"):
        pages = pages_of(VisibleImport(run), 50, verdict="", search=search, cause=None)
        assert (pages.count, pages.is_cut) == (MOST_COUNTED + 1, True)
        assert [staged.row for staged in pages.page(200).object_list] == list(range(9952, 10002))

    pages = pages_of(VisibleImport(run), 50, verdict="", search="12345", cause=None)
    assert (pages.count, pages.is_cut, [staged.row for staged in pages.page(1)]) == (1, False, [2347])
    assert pages_of(VisibleImport(run), 50, verdict="changed", search="Köln", cause=None).count == 0
