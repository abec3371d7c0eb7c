"""Every imported figure says how it was read."""

from decimal import Decimal

import pytest

from measures.models import FigureVersion
from measures.selectors.imports.provenance import sources_of
from measures.services.imports.writing.apply import apply_import
from measures.services.imports.writing.correcting import RowCorrection, apply_corrected, correct_row
from measures.typed_values import Entry
from tests.measures.imports.undoing import type_in
from tests.measures.spreadsheets import PLACES, bring_in, person, row, stage, workbook
from tests.measures.submissions import item_of, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    return make_submission()


@pytest.fixture
def steward():
    return person()


def told():
    return list(sources_of(FigureVersion.objects.order_by("pgh_id")).values())


def test_file_uploader_and_reading_are_told(submission, steward):
    run = bring_in(workbook([row("1.204")]), steward)

    first = told()[0]
    assert (first.sha256, first.uploaded_by, first.uploaded_at) == (
        run.source_file.sha256,
        str(steward),
        run.created_at,
    )
    assert first.interpretation == "deutsche Schreibweise; gelesen als 1.204"


def test_factor_of_the_column_is_told(submission, steward):
    header = ("Kammer", "Kennzahl", "Jahr", "Zielgruppe", "Wert (in Tsd.)")
    bring_in(workbook([row("7,3")], header=header), steward)

    assert told()[0].interpretation.endswith("in Einheiten von 1.000; gelesen als 7.300")


def test_sign_is_told_with_whoever_says_what_it_means(submission, steward):
    bring_in(workbook([row("-"), row("*", indicator=PLACES)]), steward)

    assert {source.interpretation for source in told()} == {
        "das Zeichen wurde als „0“ gelesen (allgemeiner Gebrauch)",
        "das Zeichen wurde als „geheim zu halten“ gelesen (allgemeiner Gebrauch)",
    }


def test_corrected_value_names_the_person(submission, steward):
    run = stage(workbook([row("siebn"), row(3, indicator=PLACES)]), steward)
    apply_import(run_id=run.pk, actor=steward)
    key = ("IHK-142", "training_placements", 2030, "05", "_T", "_T")
    correct_row(
        run_id=run.pk,
        row_id=run.staged.get(verdict="held").pk,
        actor=steward,
        corrected=RowCorrection(*key, entry=Entry(Decimal(7))),
    )
    apply_corrected(run_id=run.pk, actor=steward)

    assert told()[-1].interpretation.startswith(f"berichtigt von {steward} am ")
    assert told()[-1].interpretation.endswith(": 7")


def test_figure_that_was_typed_in_has_no_file(submission, steward):
    type_in(item_of(submission), 5, steward)

    assert told() == []


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_figures_takes_one_query_more(submission, steward, django_assert_num_queries, count):
    rows = [row(5), row(6, indicator=PLACES), row(7)][:count]
    bring_in(workbook(rows), steward)
    versions = list(FigureVersion.objects.select_related("import_run__source_file", "import_run__created_by"))

    with django_assert_num_queries(1):
        sources_of(versions)
