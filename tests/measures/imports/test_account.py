"""The preview says what became of every cell, and lists nothing without end."""

import json

import pytest
from django.urls import reverse

from measures.models import StagedFigure
from tests.measures.spreadsheets import HEADER, row, stage, workbook
from tests.measures.submissions import make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def steward(sign_in):
    make_submission()
    return sign_in("data_steward", "BMAS")


def preview(client, run, language="de"):
    client.cookies["django_language"] = language
    return client.get(reverse("measures:import_detail", args=[run.pk])).content.decode()


def report(client, run):
    response = client.get(reverse("measures:import_report", args=[run.pk]))
    return json.loads(b"".join(response.streaming_content))


def repeated(count):
    """The same statement again and again: one figure, and cells that give it once more."""
    return workbook([row(5)] * count)


def with_remarks_in_every_other_row(count):
    """A column of remarks that is not recorded, with gaps: no two of its cells are side by side."""
    rows = [(*row(5), "Seite 1" if number % 2 else "") for number in range(count)]
    return workbook(rows, header=(*HEADER, "Veränderung in %"))


SENTENCES = {
    "de": (
        "1.505 Zellen in den Tabellen: 1 Werte, 0 mit Fehlern, 0 Summen, 1.200 Beschriftungen, "
        "5 Überschriften, 299 nicht gelesen (299 schon vorher mit demselben Wert angegeben)."
    ),
    "en": (
        "1,505 cells in the tables: 1 values, 0 with errors, 0 sums, 1,200 labels, "
        "5 headings, 299 not read (299 given before with the same value)."
    ),
}
MORE = "weitere Einträge werden nicht gezeigt"


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items())
def test_sentence_counts_the_cells_by_what_became_of_them(client, steward, language, sentence):
    run = stage(repeated(300), steward)

    assert sentence in preview(client, run, language)


def test_cells_not_read_are_listed_with_their_place_and_reason(client, steward):
    run = stage(repeated(300), steward)

    page = preview(client, run)

    assert "Zellen, die nicht gelesen wurden" in page
    assert "Meldung, E3:E301: schon vorher mit demselben Wert angegeben" in page
    assert report(client, run)["account"]["not_read_at"] == [
        {"sheet": "Meldung", "cells": "E3:E301", "reason": "repeated"}
    ]


@pytest.mark.parametrize(("count", "shown", "more"), [(10, 6, ""), (60, 20, f"11 {MORE}")])
def test_list_of_cells_not_read_has_an_end(client, steward, count, shown, more):
    run = stage(with_remarks_in_every_other_row(count), steward)

    page = preview(client, run)

    assert page.count("<li>Meldung, ") == shown
    assert more in page
    assert (MORE in page) == bool(more)


def test_list_of_open_questions_has_an_end(client, steward):
    run = stage(repeated(2), steward)
    run.questions = [
        {"code": "column", "sheet": "Meldung", "cell": f"H{number}", "found": f"Spalte {number}"}
        for number in range(1, 24)
    ]
    run.save(update_fields=["questions"])

    page = preview(client, run)

    assert ("Spalte 20" in page, "Spalte 21" in page) == (True, False)
    assert f"3 {MORE}." in page


def test_report_says_which_figures_are_rounded_or_uncertain(client, steward):
    run = stage(workbook([row(5), row(7, indicator="Praktikumsplätze")]), steward)
    StagedFigure.objects.filter(import_run=run, cell="E3").update(is_below_half_unit=True, is_uncertain=True)

    flags = [
        (figure["cell"], figure["is_below_half_unit"], figure["is_uncertain"])
        for figure in report(client, run)["figures"]
    ]

    assert flags == [("E2", False, False), ("E3", True, True)]
