"""A worker killed while it makes a report: another continues, and there is one report, complete."""

import hashlib

import pytest

from reporting import tasks
from reporting.models import ProgressReport, Snapshot
from reporting.services.reports import request_report
from tests.factories import MembershipFactory
from tests.measures.imports.workers import (
    barrier,
    nobody_else_is_connected,
    somebody_waits,
    start_worker,
    until,
)
from tests.reporting.stated import approve, state

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("transactional_db")]

MOMENTS = {
    "freezes the data": "BEFORE INSERT ON reporting_snapshot FOR EACH ROW",
    "plans the documents": "BEFORE INSERT ON reporting_documentproduction FOR EACH ROW",
    "begins a document": "BEFORE UPDATE ON reporting_documentproduction FOR EACH ROW "
    "WHEN (NEW.status = 'producing')",
    "stores a document": "BEFORE INSERT ON reporting_document FOR EACH ROW",
    "finishes the report": "BEFORE UPDATE ON reporting_progressreport FOR EACH ROW "
    "WHEN (NEW.status = 'ready')",
}


@pytest.fixture
def report(settings, tmp_path) -> ProgressReport:
    settings.MEDIA_ROOT = tmp_path
    state("IHK-142", "welcome_mentors", 2016, 3)
    approve("IHK-142", year=2016)
    reviewer = MembershipFactory(role="reviewer", organisation_code="BMAS").user
    return request_report(year=2016, actor=reviewer)


@pytest.mark.parametrize("moment", MOMENTS)
def test_whenever_a_worker_is_killed_another_completes_the_report(report, moment):
    with barrier(MOMENTS[moment]):
        worker = start_worker("dispatch_pending_reports", "reporting")
        until(somebody_waits)
        worker.kill()
        worker.wait()
    until(nobody_else_is_connected)

    tasks.dispatch_pending_reports()  # as beat does every five minutes

    report.refresh_from_db()
    assert (report.status, Snapshot.objects.count()) == ("ready", 1)
    assert set(report.productions.values_list("status", flat=True)) == {"done"}
    documents = list(report.documents.all())
    assert sorted((each.language, each.format) for each in documents) == sorted(
        report.productions.values_list("language", "format")
    )
    for document in documents:
        with document.file.open() as handle:
            assert hashlib.sha256(handle.read()).hexdigest() == document.sha256
