"""Queries about imported values: they hold nothing, are explained, and not asked again of the same value."""

from http import HTTPStatus

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import translation

from measures.exceptions import ReasonMissingError
from measures.models import Figure, FigureExplanation
from measures.selectors.imports.preview import causes
from measures.selectors.imports.rows.finding import find_rows
from measures.selectors.imports.rows.showing import shown
from measures.selectors.visible_imports import VisibleImport
from measures.services.imports.judging.explanations import explain_queries, has_open_queries
from measures.services.imports.reading.read import read_import
from measures.services.imports.receiving import receive_file
from measures.services.imports.writing.apply import apply_import
from partners.models import Organisation
from tests.measures.imports.undoing import type_in
from tests.measures.spreadsheets import bring_in, counts, person, row, stage, workbook
from tests.measures.submissions import item_of, make_submission, put, submit_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    return make_submission()


@pytest.fixture
def steward():
    return person()


def asked(run):
    return [(cause.severity, cause.code, cause.cells, cause.count) for cause in causes(VisibleImport(run))]


def stage_for(content, actor, supplier):
    run = receive_file(
        upload=ContentFile(content, name="M.xlsx"),
        name="M.xlsx",
        actor=actor,
        supplier_id=Organisation.objects.get(code=supplier).pk,
    )
    return read_import(run_id=run.pk, asks_for_mapping=False)


def test_value_somebody_else_typed_in_is_a_query_that_names_them(submission, steward):
    clerk = person("contributor", "IHK-142")
    type_in(item_of(submission), 5, clerk)

    run = stage(workbook([row(6)]), steward)

    assert (counts(run), asked(run)) == ((0, 1, 0, 0), [("query", "replaces_others", ["E2"], 1)])
    assert str(clerk) in causes(VisibleImport(run))[0].message


def test_own_entry_and_the_same_value_are_no_query(submission, steward):
    type_in(item_of(submission), 5, steward)
    assert asked(stage(workbook([row(6)]), steward)) == []

    type_in(item_of(submission), 6, person("contributor", "IHK-142"))
    assert asked(stage(workbook([row(6)]), steward)) == []


@pytest.mark.parametrize(("supplier", "found"), [("IHK-142", []), ("DIHK", ["replaces_others"])])
def test_value_from_another_suppliers_file_is_a_query(submission, steward, supplier, found):
    first = stage_for(workbook([row(5)]), person("contributor", "IHK-142"), "IHK-142")
    apply_import(run_id=first.pk, actor=first.created_by)

    second = stage_for(workbook([row(6)]), steward, supplier)

    assert [cause.code for cause in causes(VisibleImport(second))] == found


def test_value_somebody_else_brought_in_from_nobodys_file_is_a_query(submission, steward):
    bring_in(workbook([row(5)]), person())

    assert asked(stage(workbook([row(6)]), steward)) == [("query", "replaces_others", ["E2"], 1)]


@pytest.mark.parametrize(
    ("before", "now", "is_asked"),
    [(40, 61, True), (40, 60, False), (40, 19, True), (10, 29, False), (0, 50, True), (0, 19, False)],
)
def test_jump_from_last_year_is_a_query_by_the_thresholds_of_the_check(steward, before, now, is_asked):
    put(item_of(make_submission(year=2029)), before)
    make_submission()

    run = stage(workbook([row(now)]), steward)

    assert [cause.code for cause in causes(VisibleImport(run))] == (
        ["no_jump_from_last_year"] if is_asked else []
    )


def test_jumps_of_many_organisations_are_one_entry(steward):
    for code in ("IHK-142", "IHK-101"):
        put(item_of(make_submission(code, year=2029)), 40)
        make_submission(code)

    run = stage(workbook([row(90), row(95, organisation="IHK Aachen")]), steward)

    [cause] = causes(VisibleImport(run))
    assert (cause.code, cause.cells) == ("no_jump_from_last_year", ["E2", "E3"])
    assert "(+125\N{NO-BREAK SPACE}%)" in cause.message
    assert [
        (each.staged.cell, "95 nach 40" in each.message)
        for each in shown(VisibleImport(run), list(find_rows(VisibleImport(run)).rows))
    ] == [
        ("E2", False),
        ("E3", True),
    ]
    assert [staged.cell for staged in find_rows(VisibleImport(run), cause=cause.pk).rows] == ["E2", "E3"]
    assert "2" in cause.message.rsplit(":", 1)[1]


def test_numbers_in_a_query_are_written_as_the_reader_writes_them(steward):
    put(item_of(make_submission(year=2029)), 9)
    make_submission()

    [cause] = causes(VisibleImport(stage(workbook([row("1.310")]), steward)))

    assert "1.310 nach 9 im Jahr 2029 (+14.456 %)" in cause.message.replace("\xa0", " ")
    with translation.override("en"):
        [cause] = causes(VisibleImport(stage(workbook([row("1.311")]), steward)))
        assert "1,311 after 9 in 2029 (+14,467 %)" in cause.message.replace("\xa0", " ")


def test_only_causes_with_values_in_the_table_lead_there(steward):
    make_submission()

    run = stage(workbook([row(5), row("4,5", organisation="IHK Aachen"), row(None), row(5)]), steward)

    assert {cause.code: cause.has_values for cause in causes(VisibleImport(run))} == {
        "not_whole": True,
        "empty_not_reported": False,
        "repeated_equal": False,
    }


def test_explanation_holds_for_the_same_value_in_the_next_file_and_for_no_other(submission, steward):
    type_in(item_of(submission), 5, person("contributor", "IHK-142"))
    run = stage(workbook([row(6)]), steward)
    explain_queries(
        run_id=run.pk, actor=steward, text="Nachgezählt", cause_id=causes(VisibleImport(run))[0].pk
    )

    assert (has_open_queries(run), asked(run)) == (False, [("note", "replaces_others", ["E2"], 1)])
    assert "Nachgezählt" in causes(VisibleImport(run))[0].message
    assert has_open_queries(stage(workbook([row(6)]), steward)) is False
    assert has_open_queries(stage(workbook([row(7)]), steward)) is True


def test_explaining_all_keeps_what_was_explained_before(submission, steward):
    put(item_of(make_submission(year=2029)), 40)
    type_in(item_of(submission), 5, person("contributor", "IHK-142"))
    run = stage(workbook([row(90)]), steward)
    [first] = [cause for cause in causes(VisibleImport(run)) if cause.code == "replaces_others"]
    explain_queries(run_id=run.pk, actor=steward, text="Nachgezählt", cause_id=first.pk)

    explain_queries(run_id=run.pk, actor=steward, text="Neues Programm")

    assert dict(FigureExplanation.objects.values_list("rule", "text")) == {
        "replaces_others": "Nachgezählt",
        "no_jump_from_last_year": "Neues Programm",
    }
    with pytest.raises(ReasonMissingError):
        explain_queries(run_id=run.pk, actor=steward, text=" ")


def test_explained_jump_asks_for_no_comment_when_submitted_until_the_value_changes(submission, steward):
    put(item_of(make_submission(year=2029)), 40)
    run = stage(workbook([row(90)]), steward)
    explain_queries(run_id=run.pk, actor=steward, text="Neues Programm")
    apply_import(run_id=run.pk, actor=steward)

    assert submit_submission(submission_id=submission.pk, actor=steward).status == "submitted"


def test_shell_and_services_are_never_stopped_by_a_query(submission, steward):
    type_in(item_of(submission), 5, person("contributor", "IHK-142"))

    bring_in(workbook([row(6)]), steward)

    assert Figure.objects.get().value == 6


def test_page_asks_for_one_reason_that_explains_all(client, sign_in, submission):
    type_in(item_of(submission), 5, person("contributor", "IHK-142"))
    run = stage(workbook([row(6)]), sign_in("data_steward", "BMAS"))
    address = reverse("measures:import_apply", args=[run.pk])
    assert client.get(reverse("measures:import_detail", args=[run.pk])).context["has_queries"] is True

    refused = client.post(address, {})
    assert (refused.status_code, list(refused.context["form"].errors)) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        ["reason"],
    )
    client.post(address, {"reason": "Mit der Kammer geklärt"})
    assert FigureExplanation.objects.get().text == "Mit der Kammer geklärt"


def test_query_is_explained_on_its_own_page(client, sign_in, submission):
    type_in(item_of(submission), 5, person("contributor", "IHK-142"))
    run = stage(workbook([row(6)]), sign_in("data_steward", "BMAS"))
    address = reverse("measures:import_explain", args=[run.pk, causes(VisibleImport(run))[0].pk])

    assert client.get(address).status_code == HTTPStatus.OK
    assert client.post(address, {"text": " "}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.post(address, {"text": "Geklärt"}).status_code == HTTPStatus.FOUND
    assert has_open_queries(run) is False
    sign_in("auditor", "BMAS")
    again = reverse("measures:import_explain", args=[run.pk, causes(VisibleImport(run))[0].pk])
    assert client.post(again, {"text": "Geklärt"}).status_code == HTTPStatus.FORBIDDEN
    assert (
        client.get(reverse("measures:import_explain", args=[run.pk, 0])).status_code == HTTPStatus.NOT_FOUND
    )
