"""Two people at the same moment: real connections, real locks."""

import threading
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import connection

from measures.models import Figure, FigureVersion, SourceFile
from measures.services.imports import apply_import, receive_file
from tests.measures.spreadsheets import person, row, stage, workbook
from tests.measures.submissions import make_submission


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
