"""Undoing in the browser: what will happen is said first, and who may not is told so."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from measures.import_workflow import ImportStatus
from measures.models import Figure, ImportRun
from measures.workflow import SubmissionStatus
from partners.models import Organisation
from tests.measures.imports.undoing import step_of, type_in
from tests.measures.spreadsheets import PLACES, bring_in, person, row, stage, workbook
from tests.measures.submissions import NRW, item_of, make_submission, move

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    return make_submission()


@pytest.fixture
def clerk(sign_in):
    return sign_in("contributor", "IHK-142")


@pytest.fixture
def run(submission, clerk):
    return bring_in(workbook([row(7), row(3, indicator=PLACES)]), clerk)


def address(run, step=None):
    return reverse("measures:import_undo", args=[run.pk, (step or step_of(run)).pk])


@pytest.fixture
def undo(client, django_capture_on_commit_callbacks):
    """``undo(address, **data)`` presses the button and lets the worker undo."""

    def _undo(address, **data):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, {"reason": "", **data})

    return _undo


def detail(run):
    return reverse("measures:import_detail", args=[run.pk])


def actions(client, run):
    return [(shown.label, shown.action) for shown in client.get(detail(run)).context["history"]]


def test_import_is_undone_and_brought_back_from_its_page(client, run, undo):
    assert actions(client, run) == [("Übernommen", "undo")]

    assert client.get(address(run)).context["dependents"].free == 2
    assert Figure.objects.count() == 2
    assert undo(address(run), reason="Falsche Datei").headers["Location"] == detail(run)
    assert Figure.objects.count() == 0
    assert actions(client, run) == [("Übernommen", ""), ("Rückgängig gemacht", "restore")]

    undo(address(run))
    assert Figure.objects.count() == 2
    assert actions(client, run) == [
        ("Übernommen", "undo"),
        ("Rückgängig gemacht", ""),
        ("Wiederhergestellt", ""),
    ]


def test_rest_is_undone_only_when_asked(client, clerk, submission, run, undo):
    type_in(item_of(submission), 8, clerk)

    page = client.get(address(run))
    assert (page.context["dependents"].free, page.context["dependents"].blocked) == (1, 1)
    assert 'name="only_independent"' in page.content.decode()
    assert undo(address(run)).headers["Location"] == address(run)
    assert Figure.objects.count() == 2

    undo(address(run), only_independent="1")
    assert list(Figure.objects.values_list("value", flat=True)) == [8]
    assert actions(client, run)[0] == ("Übernommen", "undo")


def test_where_nothing_is_free_nothing_is_offered(client, clerk, submission, run):
    type_in(item_of(submission), 8, clerk)
    assert "portal-form" in client.get(address(run)).content.decode()

    type_in(item_of(submission, "additional_places"), 8, clerk)
    assert "portal-form" not in client.get(address(run)).content.decode()


def test_reason_is_asked_where_a_submission_is_reopened(client, sign_in, submission, run, undo):
    sign_in("data_steward", "BMAS")
    move(submission, SubmissionStatus.SUBMITTED)

    page = client.get(address(run))
    assert page.context["dependents"].to_reopen == [submission]
    refused = undo(address(run), reason=" ")
    assert (refused.status_code, list(refused.context["form"].errors)) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        ["reason"],
    )
    undo(address(run), reason="Falsche Datei")
    assert Figure.objects.count() == 0


def test_second_click_says_that_nothing_is_left(client, run, undo):
    step = step_of(run)
    undo(address(run, step))

    undo(address(run, step))

    assert run.steps.count() == 2
    assert ImportRun.objects.get(pk=run.pk).status == ImportStatus.UNDONE


def test_others_import_and_anothers_step_are_not_found(client, sign_in, submission, run, undo):
    other = bring_in(workbook([row(9)]), person("contributor", "IHK-142"))
    assert client.get(address(run, step_of(other))).status_code == HTTPStatus.NOT_FOUND

    sign_in("contributor", "HWK-00032")
    assert client.get(address(run)).status_code == HTTPStatus.NOT_FOUND
    assert undo(address(run)).status_code == HTTPStatus.NOT_FOUND
    assert Figure.objects.count() == 2


@pytest.mark.parametrize("role", ["auditor", "reviewer"])
def test_who_only_reads_sees_the_steps_and_may_not_undo(client, sign_in, run, role, undo):
    sign_in(role, "BMAS")

    page = client.get(detail(run))
    assert (len(page.context["history"]), page.context["may_undo"]) == (1, False)
    assert client.get(address(run)).status_code == HTTPStatus.FORBIDDEN
    assert undo(address(run)).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_database_as_often_for_many_reasons(client, sign_in, django_assert_num_queries, count):
    chambers = Organisation.objects.filter(region=NRW, code__startswith="IHK-").order_by("code")[:count]
    items = [item_of(make_submission(chamber.code, year=2031)) for chamber in chambers]
    names = [item.submission.organisation.short_name for item in items]
    steward = sign_in("data_steward", "BMAS")
    run = bring_in(workbook([row(5, organisation=name, year=2031) for name in names]), steward)
    for item in items:
        type_in(item, 8, person("contributor", item.submission.organisation.code))
    client.get(address(run))

    with django_assert_num_queries(18):
        page = client.get(address(run))

    assert len(page.context["dependents"].reasons) == count


def test_import_that_waits_shows_no_steps(client, sign_in, submission):
    run = stage(workbook([row(7)]), sign_in("data_steward", "BMAS"))

    assert client.get(detail(run)).context["history"] == []
