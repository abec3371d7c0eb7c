"""Other people's imports, and parts of one import asked for under another: nothing of them is found."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from measures.enums import Verdict
from measures.models import Figure
from tests.measures.spreadsheets import PLACES, bring_in, person, row, stage, workbook
from tests.measures.submissions import make_submission, put

pytestmark = pytest.mark.django_db

READ = ("import_detail", "import_file", "import_marked", "import_report")
ASKED_FIRST = ("import_mapping", "import_discard")
WRITE = (
    "import_forget",
    "import_apply",
    "import_cancel",
    "import_resume",
    "import_apply_corrected",
)
PARTS = ("import_row", "import_undo", "import_explain")


@pytest.fixture
def own():
    """An import with a held row, a query and a step, by a contributor of one chamber."""
    make_submission()
    put(make_submission(year=2029).items.get(indicator__code="training_placements"), 40)
    return bring_in(workbook([row("siebn", indicator=PLACES), row(90)]), person("contributor", "IHK-142"))


def part_of(run, name):
    return {
        "import_row": run.staged.filter(verdict=Verdict.HELD),
        "import_undo": run.steps,
        "import_explain": run.causes.filter(code="no_jump_from_last_year"),
    }[name].get()


def address_of(run, name, part=None):
    return reverse(f"measures:{name}", args=[run.pk, part.pk] if part else [run.pk])


def answers_to(client, own, names, methods, run=None):
    """What each address answers to each method; ``run``: under whose address the parts are asked for."""
    return {
        (name, method): getattr(client, method)(
            address_of(run or own, name, part_of(own, name) if name in PARTS else None)
        ).status_code
        for name in names
        for method in methods
    }


def test_nothing_of_others_imports_is_found(client, sign_in, own):
    sign_in("contributor", "HWK-00032")

    answers = answers_to(client, own, (*READ, *ASKED_FIRST, *WRITE, *PARTS), ("get", "post"))

    not_allowed = {(name, "post") for name in READ} | {(name, "get") for name in WRITE}
    assert answers == {
        asked: HTTPStatus.METHOD_NOT_ALLOWED if asked in not_allowed else HTTPStatus.NOT_FOUND
        for asked in answers
    }


def test_part_of_another_import_is_not_found_under_ones_own(client, sign_in, own):
    other = stage(workbook([row(7, organisation="HWK-00032")]), sign_in("contributor", "HWK-00032"))

    answers = answers_to(client, own, PARTS, ("get", "post"), run=other)

    assert set(answers.values()) == {HTTPStatus.NOT_FOUND}


def test_filter_by_anothers_cause_shows_nothing_of_it(client, sign_in, own):
    other = stage(workbook([row(7, organisation="HWK-00032")]), sign_in("contributor", "HWK-00032"))

    page = client.get(address_of(other, "import_detail"), {"cause": part_of(own, "import_explain").pk})

    assert page.context["cause"] is None


def test_writing_needs_the_pages_own_token(own):
    client = Client(enforce_csrf_checks=True)
    client.force_login(own.created_by)
    before = list(Figure.objects.values_list("pk", "value"))

    answers = answers_to(client, own, (*ASKED_FIRST, *WRITE, *PARTS), ("post",))

    assert set(answers.values()) == {HTTPStatus.FORBIDDEN}
    assert list(Figure.objects.values_list("pk", "value")) == before
