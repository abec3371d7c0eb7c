"""Two decisions on releases at the same moment. They commit."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from reporting.disclosure.cells import CellKey
from reporting.exceptions import ChecklistError
from reporting.selectors.report_versions import version_of
from reporting.services.release import release_report
from tests.factories import UserFactory
from tests.list_pages import another_report, cleared, report_of, stated
from tests.reporting.disclosure.editions import edition
from tests.reporting.disclosure.test_suppression import by_land
from tests.reporting.test_release import waiting_with


def test_two_releases_at_once_do_not_both_rest_on_an_audit_without_the_other(transactional_db):
    """Each would be released alone; together they give a small number away."""
    reviewer = UserFactory()
    values = by_land(1, 8, 70)
    with transaction.atomic():
        stated(1, 2015)
        report = report_of(1, UserFactory())
        first = waiting_with(report, edition(values, {CellKey(region="01"), CellKey(region="03")}))
        second = waiting_with(
            another_report(first), edition(values, {CellKey(region="01"), CellKey(region="02")})
        )
    cleared(first)
    cleared(second)

    with ThreadPoolExecutor(1) as elsewhere, transaction.atomic():
        release_report(report_id=first.pk, actor=reviewer, seen=version_of(first))
        other = elsewhere.submit(released_elsewhere, second, reviewer)
        until_somebody_waits()
    with pytest.raises(ChecklistError):
        other.result()


def released_elsewhere(report, person):
    try:
        release_report(report_id=report.pk, actor=person, seen=version_of(report))
    finally:
        connection.close()


def until_somebody_waits():
    """Until a transaction waits for a lock that this one holds."""
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute(
                "SELECT count(*) FROM pg_locks "
                "WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    raise AssertionError("Nobody waits.")
