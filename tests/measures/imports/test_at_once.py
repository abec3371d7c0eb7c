"""Two people at the same moment: real connections, real locks."""

import threading
from decimal import Decimal
from functools import partial

from django.core.files.base import ContentFile
from django.db import connection

from measures.models import Figure, FigureVersion, ImportStep, SourceFile
from measures.services.imports.errors import (
    ImportBusyError,
    ImportNotReadyError,
    NothingToUndoError,
    StepHasDependentsError,
)
from measures.services.imports.receiving import receive_file
from measures.services.imports.requests import carry_out_request, request_apply
from measures.services.imports.writing.apply import apply_import
from measures.services.imports.writing.undo import undo_step
from tests.measures.imports.undoing import figures, replayed, step_of, type_in
from tests.measures.spreadsheets import bring_in, person, row, stage, workbook
from tests.measures.submissions import item_of, make_submission


def at_once(*calls):
    """Run the calls in threads that start together; returns what went wrong."""
    start = threading.Barrier(len(calls))
    failures = []

    def run(call):
        try:
            start.wait(timeout=10)
            call()
        except Exception as error:  # noqa: BLE001  # told to the caller
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return failures


def test_two_imports_of_the_same_figures_leave_one_after_the_other(transactional_db):
    make_submission()
    steward = person()
    first, second = (stage(workbook([row(value)]), steward).pk for value in (5, 6))

    failures = at_once(
        lambda: apply_import(run_id=first, actor=steward),
        lambda: apply_import(run_id=second, actor=steward),
    )

    assert failures == []
    versions = list(FigureVersion.objects.order_by("pgh_id").values_list("pgh_label", "value"))
    assert [label for label, _value in versions] == ["insert", "update"]
    assert {value for _label, value in versions} == {Decimal(5), Decimal(6)}
    assert Figure.objects.get().value == versions[-1][1]


def test_same_content_sent_twice_at_once_is_kept_once(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    steward = person()
    content = workbook([row(5)])

    def send():
        receive_file(upload=ContentFile(content, name="a.xlsx"), name="a.xlsx", actor=steward)

    assert at_once(send, send) == []
    assert SourceFile.objects.get().runs.count() == 2
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_two_people_applying_the_same_import_write_it_once(transactional_db):
    make_submission()
    steward = person()
    run = stage(workbook([row(5)]), steward).pk

    failures = at_once(*[lambda: apply_import(run_id=run, actor=steward)] * 2)

    assert [type(failure) for failure in failures] == [ImportNotReadyError]
    assert (FigureVersion.objects.count(), ImportStep.objects.count()) == (1, 1)


def test_two_people_undoing_the_same_step_undo_it_once(transactional_db):
    make_submission()
    steward = person()
    step = step_of(bring_in(workbook([row(5)]), steward)).pk

    failures = at_once(*[lambda: undo_step(step_id=step, actor=steward)] * 2)

    assert [type(failure) for failure in failures] in ([NothingToUndoError], [ImportBusyError])
    assert (Figure.objects.count(), ImportStep.objects.count()) == (0, 2)
    assert figures() == replayed()


def test_two_imports_of_one_figure_undone_at_once_come_one_after_the_other(transactional_db):
    make_submission()
    steward = person()
    first, second = (step_of(bring_in(workbook([row(value)]), steward)).pk for value in (5, 6))

    failures = at_once(
        lambda: undo_step(step_id=first, actor=steward), lambda: undo_step(step_id=second, actor=steward)
    )

    assert [type(failure) for failure in failures] in ([], [StepHasDependentsError])
    assert Figure.objects.count() == len(failures)
    assert figures() == replayed()


def test_undoing_while_somebody_types_loses_neither(transactional_db):
    submission = make_submission()
    steward = person()
    step = step_of(bring_in(workbook([row(5)]), steward)).pk

    failures = at_once(
        lambda: undo_step(step_id=step, actor=steward), lambda: type_in(item_of(submission), 8, steward)
    )

    assert [type(failure) for failure in failures] in ([AssertionError], [StepHasDependentsError])
    assert figures() == replayed()


def test_undoing_while_another_import_of_the_figure_is_applied_loses_neither(transactional_db):
    make_submission()
    steward = person()
    step = step_of(bring_in(workbook([row(5)]), steward)).pk
    other = stage(workbook([row(6)]), steward).pk

    failures = at_once(
        lambda: undo_step(step_id=step, actor=steward), lambda: apply_import(run_id=other, actor=steward)
    )

    assert [type(failure) for failure in failures] in ([], [StepHasDependentsError])
    assert Figure.objects.get().value == Decimal(6)
    assert figures() == replayed()


def test_second_of_two_requests_is_shown_what_the_first_one_wrote(transactional_db):
    submissions = [make_submission(code) for code in ("IHK-142", "IHK-101")]
    steward = person()
    ways = (("IHK Köln", "IHK Aachen"), ("IHK Aachen", "IHK Köln"))
    runs = [
        stage(workbook([row(value, organisation=name) for name in names]), steward)
        for value, names in zip((5, 6), ways, strict=True)
    ]
    for run in runs:
        request_apply(run_id=run.pk, actor=steward)

    failures = at_once(*(partial(carry_out_request, run_id=run.pk) for run in runs))

    assert failures == []
    for run in runs:
        run.refresh_from_db()
    first, second = sorted(runs, key=lambda run: run.status)
    assert (first.status, second.status) == ("applied", "ready")
    assert (second.notice["code"], second.new_count, second.changed_count) == ("outdated", 0, 2)
    request_apply(run_id=second.pk, actor=steward)
    assert carry_out_request(run_id=second.pk).status == "applied"
    assert FigureVersion.objects.filter(item__submission__in=submissions).count() == 4
