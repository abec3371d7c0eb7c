"""The import in the browser: who sees what, what each step answers, what is said when something is wrong."""

from decimal import Decimal
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from measures import tasks
from measures.enums import ImportStage
from measures.import_workflow import ImportStatus
from measures.models import Figure, ImportRun, Submission, SubmissionEvent
from measures.services.imports.dispatch import cancel_import
from measures.services.imports.progress import ProgressReporter
from measures.services.imports.requests import carry_out_request, request_apply
from measures.workflow import SubmissionStatus
from tests.measures.spreadsheets import person, receive, row, stage, workbook
from tests.measures.submissions import item_of, make_submission, move, put

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def submission():
    return make_submission()


@pytest.fixture
def upload(client, django_capture_on_commit_callbacks):
    """``upload(content, name)`` posts the file and lets the worker read it."""

    def _upload(content, name="Meldung.xlsx"):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("measures:import_list"), {"file": SimpleUploadedFile(name, content)})

    return _upload


@pytest.fixture
def confirm(client, django_capture_on_commit_callbacks):
    """``confirm(run, **changes)`` sends the mapping as proposed, but for the changes."""

    def _confirm(run, **changes):
        address = reverse("measures:import_mapping", args=[run.pk])
        form = client.get(address).context["form"]
        proposed = {name: form[name].initial or "" for name in form.fields}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, proposed | changes)

    return _confirm


@pytest.fixture
def apply(client, django_capture_on_commit_callbacks):
    """``apply(run)`` presses the button and lets the worker write."""

    def _apply(run, **data):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("measures:import_apply", args=[run.pk]), data)

    return _apply


def page(client, run, **params):
    return client.get(reverse("measures:import_detail", args=[run.pk]), params)


@pytest.mark.usefixtures("submission")
def test_upload_is_mapped_previewed_and_applied(client, sign_in, upload, confirm, apply):
    sign_in("contributor", "IHK-142")

    response = upload(workbook([row("1.204"), row("k. A.", indicator="Praktikumsplätze")]))
    run = ImportRun.objects.get()
    assert (response.status_code, response.headers["Location"]) == (
        HTTPStatus.FOUND,
        reverse("measures:import_detail", args=[run.pk]),
    )
    assert run.status == ImportStatus.MAPPING
    assert page(client, run).headers["Location"] == reverse("measures:import_mapping", args=[run.pk])

    confirm(run)
    preview = page(client, run)
    assert [(value, count) for value, _label, count in preview.context["tiles"]] == [
        ("new", 1),
        ("changed", 0),
        ("unchanged", 0),
        ("held", 1),
    ]

    apply(run)
    assert Figure.objects.get().value == Decimal(1204)
    applied = page(client, run)
    assert list(applied.context["submissions"]) == list(Submission.objects.filter(round__year=2030))
    assert applied.context["may_handle"] is False


@pytest.mark.usefixtures("submission")
def test_sign_settled_by_a_person_is_applied(client, sign_in, upload, confirm, apply):
    sign_in("contributor", "IHK-142")
    upload(workbook([row("k. A.")]))
    run = ImportRun.objects.get()

    confirm(run, **{"name-0": "confidential"})
    apply(run)

    assert Figure.objects.get().absence == "confidential"


@pytest.mark.usefixtures("submission")
def test_name_settled_by_a_person_is_applied(client, sign_in, upload, confirm, apply):
    sign_in("contributor", "IHK-142")
    upload(workbook([row(4, organisation="Kammer am Dom")]))
    run = ImportRun.objects.get()

    confirm(run, **{"name-0": "IHK-142"})
    apply(run)

    assert Figure.objects.get().item == item_of(Submission.objects.get(round__year=2030))


def test_column_corrected_by_a_person_is_read_so(client, sign_in, submission, upload, confirm):
    sign_in("contributor", "IHK-142")
    upload(workbook([row(4)]))
    run = ImportRun.objects.get()

    confirm(
        run,
        **{
            "table-0-column-1-role": "ignore",
            "table-0-indicator": "additional_places",
        },
    )

    assert set(run.staged.values_list("indicator", flat=True)) == {"additional_places"}


def test_choice_that_does_not_exist_is_refused(client, sign_in, submission, upload, confirm):
    sign_in("contributor", "IHK-142")
    upload(workbook([row(4)]))
    run = ImportRun.objects.get()

    response = confirm(run, **{"table-0-column-1-role": "horoscope"})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    run.refresh_from_db()
    assert run.status == ImportStatus.MAPPING


def test_page_waits_while_the_file_is_read_and_reloads_when_it_is(client, sign_in, submission):
    steward = sign_in("data_steward", "BMAS")
    run = receive(workbook([row(5)]), steward)
    address = reverse("measures:import_detail", args=[run.pk])

    assert client.get(address).templates[0].name == "measures/imports/at_work.html"
    polled = client.get(address, headers={"HX-Request": "true"})
    assert polled.templates[0].name == "measures/imports/_at_work.html"
    ImportRun.objects.filter(pk=run.pk).update(status=ImportStatus.READY)
    assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(("name", "content"), [("Brief.docx", b"x"), ("ohne", b"x"), ("leer.xlsx", b"")])
def test_file_of_another_type_or_without_content_is_told_at_the_form(client, sign_in, upload, name, content):
    sign_in("contributor", "IHK-142")

    response = upload(content, name)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert list(response.context["form"].errors) == ["file"]
    assert ImportRun.objects.count() == 0


def test_file_beyond_the_limit_is_told_at_the_form(client, sign_in, upload, settings):
    settings.IMPORT_MAX_UPLOAD_BYTES = 10
    sign_in("contributor", "IHK-142")

    response = upload(workbook([row(5)]))

    assert (response.status_code, list(response.context["form"].errors)) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        ["file"],
    )


def test_refused_file_says_why(client, sign_in, upload):
    sign_in("contributor", "IHK-142")
    upload(b"%PDF-1.7", "Meldung.xlsx")

    response = page(client, ImportRun.objects.get())

    assert response.templates[0].name == "measures/imports/refused.html"
    assert "PDF" in response.context["reason"]


def test_file_with_others_figures_is_refused_with_their_names(client, sign_in, submission, upload):
    sign_in("contributor", "IHK-142")
    upload(workbook([row(5), row(6, organisation="IHK Aachen")]))

    response = page(client, ImportRun.objects.get())

    assert "IHK Aachen" in response.context["reason"]


PAGES = ("import_detail", "import_mapping", "import_discard", "import_file")
ACTIONS = ("import_apply", "import_mapping", "import_discard", "import_cancel", "import_resume")


def test_others_import_is_not_found(client, sign_in, submission):
    run = stage(workbook([row(5)]), person("contributor", "IHK-142"))
    sign_in("contributor", "HWK-00032")

    answers = {name: client.get(reverse(f"measures:{name}", args=[run.pk])).status_code for name in PAGES}
    assert answers == dict.fromkeys(PAGES, HTTPStatus.NOT_FOUND)


@pytest.mark.parametrize("role", ["auditor", "reviewer"])
def test_who_only_reads_may_not_act(client, sign_in, submission, role):
    run = stage(workbook([row(5)]), person())
    sign_in(role, "BMAS")

    assert page(client, run).status_code == HTTPStatus.OK
    answers = {name: client.post(reverse(f"measures:{name}", args=[run.pk])).status_code for name in ACTIONS}
    assert answers == dict.fromkeys(ACTIONS, HTTPStatus.FORBIDDEN)


def test_auditor_may_not_upload(client, sign_in, upload):
    sign_in("auditor", "BMAS")

    assert upload(workbook([row(5)])).status_code == HTTPStatus.FORBIDDEN
    assert client.get(reverse("measures:import_list")).context["may_upload"] is False


def test_signed_out_visitor_is_sent_to_sign_in(client):
    response = client.get(reverse("measures:import_list"))

    assert response.headers["Location"].startswith(reverse("account_login"))


def test_file_comes_back_as_it_was_sent(client, sign_in, submission):
    content = workbook([row(5)])
    run = stage(content, sign_in("data_steward", "BMAS"), name="Köln 2030.xlsx")

    response = client.get(reverse("measures:import_file", args=[run.pk]))

    assert b"".join(response.streaming_content) == content
    assert response.headers["Content-Disposition"] == "attachment; filename*=utf-8''K%C3%B6ln%202030.xlsx"
    assert (response.headers["Content-Type"], response.headers["X-Content-Type-Options"]) == (
        "application/octet-stream",
        "nosniff",
    )


def test_reason_is_asked_where_approved_figures_change(client, sign_in, submission, apply):
    run = stage(workbook([row(5)]), sign_in("data_steward", "BMAS"))
    move(submission, SubmissionStatus.SUBMITTED, SubmissionStatus.APPROVED)

    response = apply(run)
    assert (response.status_code, list(response.context["form"].errors)) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        ["reason"],
    )
    apply(run, reason="Korrektur der Kammer")
    assert SubmissionEvent.objects.latest("pk").reason == "Korrektur der Kammer"


def test_value_changed_since_the_preview_is_shown_before_it_is_overwritten(
    client, sign_in, submission, apply
):
    run = stage(workbook([row(5)]), sign_in("data_steward", "BMAS"))
    put(item_of(submission), 4)

    apply(run)

    assert Figure.objects.get().value == Decimal(4)
    run.refresh_from_db()
    assert (run.status, run.changed_count) == (ImportStatus.READY, 1)


def test_discard_asks_first_and_writes_nothing(client, sign_in, submission):
    run = stage(workbook([row(5)]), sign_in("data_steward", "BMAS"))
    address = reverse("measures:import_discard", args=[run.pk])

    assert client.get(address).status_code == HTTPStatus.OK
    assert client.post(address).headers["Location"] == reverse("measures:import_list")
    run.refresh_from_db()
    assert (run.status, Figure.objects.count()) == (ImportStatus.DISCARDED, 0)
    assert client.post(address).headers["Location"] == reverse("measures:import_detail", args=[run.pk])


FILTERS = (
    ({"verdict": "held"}, ["E3"]),
    ({"verdict": "new"}, ["E2", "E4"]),
    ({"q": "köln", "verdict": "new"}, ["E2", "E4"]),
    ({"q": "E4"}, ["E4"]),
    ({"q": "Aachen"}, ["E3"]),
    ({"q": "Einstiegsqualifizierung", "page": "99"}, ["E2", "E3"]),
    ({"verdict": "neu"}, ["E2", "E3", "E4"]),
)


def test_rows_are_filtered_and_found(client, sign_in, submission):
    steward = sign_in("data_steward", "BMAS")
    rows = [row(5), row(6, organisation="IHK Aachen"), row(7, indicator="Zusätzliche Ausbildungsplätze")]
    run = stage(workbook(rows), steward)

    shown = [
        (params, [each.staged.cell for each in page(client, run, **params).context["rows"]])
        for params, _cells in FILTERS
    ]
    assert shown == list(FILTERS)


@pytest.mark.parametrize("count", [1, 3])
def test_preview_asks_the_database_as_often_for_many_rows(client, sign_in, django_assert_num_queries, count):
    organisations = ("IHK Köln", "IHK Aachen", "IHK Bonn/Rhein-Sieg")[:count]
    for code in ("IHK-142", "IHK-101", "IHK-111")[:count]:
        make_submission(code)
    steward = sign_in("data_steward", "BMAS")
    run = stage(workbook([row(5, organisation=name) for name in organisations]), steward)
    page(client, run)

    with django_assert_num_queries(19):
        page(client, run)


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_database_as_often_for_many_imports(
    client, sign_in, submission, django_assert_num_queries, count
):
    steward = sign_in("data_steward", "BMAS")
    for number in range(count):
        receive(workbook([row(number)]), steward)

    with django_assert_num_queries(10):
        response = client.get(reverse("measures:import_list"))

    assert len(response.context["page"].object_list) == count


def test_list_hides_others_imports(client, sign_in, submission):
    receive(workbook([row(1)]), person("contributor", "HWK-00032"))
    mine = receive(workbook([row(2)]), sign_in("contributor", "IHK-142"))

    assert list(client.get(reverse("measures:import_list")).context["page"].object_list) == [mine]


def test_sheets_of_the_same_form_are_confirmed_apart(client, sign_in, submission, upload, confirm):
    sign_in("contributor", "IHK-142")
    upload(workbook([row(4)], more_sheets=[[row(4, indicator="Zusätzliche Ausbildungsplätze")]]))
    run = ImportRun.objects.get()

    confirm(run, **{"table-0-column-4-role": "ignore"})

    assert list(run.staged.values_list("indicator", flat=True)) == ["additional_places"]


@pytest.mark.long
def test_file_with_more_columns_than_a_form_can_hold_is_still_confirmed(
    client, sign_in, submission, upload, confirm
):
    sign_in("contributor", "IHK-142")
    header = ("Kammer", "EQ-Plätze 2030", *(f"Spalte {number}" for number in range(400)))
    upload(workbook([("IHK Köln", 5, *(["Text"] * 400))], header=header))
    run = ImportRun.objects.get()

    response = confirm(run)

    assert response.status_code == HTTPStatus.FOUND
    assert list(run.staged.values_list("indicator", "value")) == [("training_placements", Decimal(5))]


def test_work_is_shown_with_stage_rows_and_percent_and_can_be_stopped(client, sign_in, submission):
    run = receive(workbook([row(5)]), sign_in("contributor", "IHK-142"))
    ProgressReporter(run.pk)(ImportStage.READING, 12_000, 100_000)

    shown = page(client, run).content.decode()
    assert "Die Zeilen werden gelesen" in shown
    assert "16 %, Zeile 12.000 von 100.000" in shown
    listed = client.get(reverse("measures:import_list")).content.decode()
    assert "Die Zeilen werden gelesen, 16 %" in listed

    client.post(reverse("measures:import_cancel", args=[run.pk]))
    stopped = page(client, run)
    assert stopped.templates[0].name == "measures/imports/refused.html"
    assert reverse("measures:import_resume", args=[run.pk]) in stopped.content.decode()


def test_stopped_import_is_read_again(client, sign_in, submission, django_capture_on_commit_callbacks):
    run = receive(workbook([row(5)]), sign_in("contributor", "IHK-142"))
    cancel_import(run_id=run.pk)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("measures:import_resume", args=[run.pk]))

    run.refresh_from_db()
    assert run.status == ImportStatus.MAPPING


def test_who_may_no_longer_apply_is_told_on_the_preview(client, sign_in, submission):
    clerk = sign_in("contributor", "IHK-142")
    run = stage(workbook([row(5)]), clerk)
    request_apply(run_id=run.pk, actor=clerk)
    clerk.memberships.all().delete()

    carry_out_request(run_id=run.pk)

    sign_in("data_steward", "BMAS")
    assert page(client, run).context["notice"]["tone"] == "warning"
    assert Figure.objects.count() == 0


def test_fault_while_applying_leaves_the_preview_and_says_so(client, sign_in, submission):
    run = stage(workbook([row(5)]), sign_in("data_steward", "BMAS"))
    request_apply(run_id=run.pk, actor=run.created_by)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE measures_importstep ADD CONSTRAINT broken CHECK (false) NOT VALID")

    tasks.carry_out_next_request.apply(throw=False)

    run.refresh_from_db()
    assert (run.status, run.notice["code"]) == (ImportStatus.READY, "failed")
    assert page(client, run).context["notice"]["tone"] == "danger"
