"""The preview for programs: the shell's object, with what is held and what is stored, however many rows."""

import json
from http import HTTPStatus

import pytest
from django.urls import reverse

from measures.models import ImportRun, StagedFigure
from tests.measures.spreadsheets import person, receive, row, stage, workbook
from tests.measures.submissions import item_of, make_submission, put

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def submission():
    return make_submission()


def told(client, run):
    response = client.get(reverse("measures:import_report", args=[run.pk]))
    assert (response.status_code, response.headers["Content-Type"]) == (HTTPStatus.OK, "application/json")
    return json.loads(b"".join(response.streaming_content))


def test_held_and_changed_values_are_told_with_verdict_and_what_is_stored(client, sign_in, submission):
    put(item_of(submission), 4)
    rows = [row(5), row("viele", indicator="Praktikumsplätze")]
    run = stage(workbook(rows), sign_in("data_steward", "BMAS"))

    preview = told(client, run)

    assert [
        [figure[name] for name in ("cell", "value", "verdict", "original", "old_value", "old_absence")]
        for figure in preview["figures"]
    ] == [["E2", 5, "changed", "5", 4, None], ["E3", None, "held", "viele", None, None]]
    assert preview["causes"] == [
        {
            "severity": "error",
            "code": "not_a_number",
            "sheet": "Meldung",
            "cells": ["E3"],
            "count": 1,
            "found": "viele",
            "message": preview["problems"][0]["message"],
            "holds": True,
        }
    ]


def test_refused_file_is_told_with_its_reason(client, sign_in):
    run = stage(b"%PDF-1.7", sign_in("data_steward", "BMAS"))

    preview = told(client, run)

    assert (preview["status"], preview["problems"], preview["figures"]) == ("refused", [], [])
    assert "PDF" in preview["reason"]


@pytest.mark.parametrize("status", ["uploaded", "mapping", "discarded"])
def test_status_the_shell_does_not_know_is_told_by_its_name(client, sign_in, status):
    run = receive(workbook([row(5)]), sign_in("data_steward", "BMAS"))
    ImportRun.objects.filter(pk=run.pk).update(status=status)

    assert told(client, run)["status"] == status


def test_messages_are_in_the_readers_language(client, sign_in, submission):
    run = stage(workbook([row("viele")]), sign_in("data_steward", "BMAS"))

    said = {}
    for language in ("de", "en"):
        client.cookies["django_language"] = language
        said[language] = told(client, run)["problems"][0]["message"]

    assert said["en"] == "“viele” is not a number. Enter a number or an agreed marker."
    assert said["de"].startswith("„viele“ ist keine Zahl.")


def test_many_rows_are_handed_over_in_pieces(client, sign_in, submission):
    run = stage(workbook([row(5)]), sign_in("data_steward", "BMAS"))
    StagedFigure.objects.bulk_create(
        StagedFigure(import_run=run, sheet="Meldung", cell=f"E{number}", row=number, column=5, value=number)
        for number in range(3, 9003)
    )

    response = client.get(reverse("measures:import_report", args=[run.pk]))

    pieces = list(response.streaming_content)
    figures = json.loads(b"".join(pieces))["figures"]
    assert [figure["cell"] for figure in figures] == [f"E{number}" for number in range(2, 9003)]
    assert max(map(len, pieces)) < sum(map(len, pieces)) / 4


@pytest.mark.parametrize("count", [1, 3])
def test_preview_asks_the_database_as_often_for_many_rows(
    client, sign_in, submission, django_assert_num_queries, count
):
    rows = [row("viele", indicator=name) for name in ("EQ-Plätze", "Praktikumsplätze", "Unbekanntes")[:count]]
    run = stage(workbook(rows), sign_in("data_steward", "BMAS"))
    told(client, run)

    with django_assert_num_queries(19):
        assert len(told(client, run)["figures"]) == count


def test_others_import_is_not_found(client, sign_in, submission):
    run = stage(workbook([row(5)]), person("contributor", "IHK-142"))
    address = reverse("measures:import_report", args=[run.pk])

    sign_in("contributor", "HWK-00032")
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    sign_in("auditor", "BMAS")
    assert client.get(address).status_code == HTTPStatus.OK
