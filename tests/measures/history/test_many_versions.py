"""The search answers at once however much has happened: PostgreSQL's plans over many generated versions."""

import re
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from measures.models import Indicator
from measures.selectors.history.entries import HistoryKind, HistorySearch
from measures.selectors.history.search import history_page
from partners.models import Organisation
from tests.factories import UserFactory
from tests.measures.submissions import make_submission

pytestmark = [pytest.mark.django_db, pytest.mark.long]

VERSIONS, PEOPLE = 300_000, 500
CHAMBERS = 40
CONTEXTS = """
INSERT INTO pghistory_context (id, created_at, updated_at, metadata)
SELECT gen_random_uuid(), now(), now(), jsonb_build_object('user', (n %% %(people)s) + %(first)s)
FROM generate_series(1, 30000) n
"""
FILL = """
WITH contexts AS (SELECT id, row_number() OVER () AS place FROM pghistory_context)
INSERT INTO measures_figureversion (
    pgh_created_at, pgh_label, pgh_context_id, id, item_id, region_id, occupation_id, target_group_id, value,
    quality, is_below_half_unit, is_uncertain, note, origin, entered_at, sheet, cell, original
)
SELECT now() - (n || ' seconds')::interval, 'update', contexts.id, n,
    (%(items)s::bigint[])[1 + n %% cardinality(%(items)s::bigint[])], '05', '_T', '_T', n,
    'final', false, false, '', 'system', now(), '', '', ''
FROM generate_series(%(count)s, 1, -1) n JOIN contexts ON contexts.place = 1 + n / 10
"""
EVENTS = """
INSERT INTO partners_securityevent (at, kind, person_id, target, request_id)
SELECT now() - (n || ' seconds')::interval, 'downloaded', %(first)s + n %% %(people)s, '/x/', ''
FROM generate_series(1, 100000) n
"""


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """Made once for the module, and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        first = UserFactory().pk
        items = [
            pk
            for code in _chambers()
            for year in (2031, 2032)
            for pk in make_submission(code, year=year).items.values_list("pk", flat=True)
        ]
        numbers = {"people": PEOPLE, "first": first, "items": items, "count": VERSIONS - 1}
        with connection.cursor() as cursor:
            for statement in (CONTEXTS, FILL, EVENTS):
                cursor.execute(statement, numbers)
            cursor.execute("ANALYZE measures_figureversion, pghistory_context, partners_securityevent")
        yield first
        transaction.set_rollback(True)


def _chambers() -> list[str]:
    """IHK Köln and so many others."""
    others = Organisation.objects.filter(kind="chamber").exclude(code="IHK-142").order_by("code")
    return ["IHK-142", *others.values_list("code", flat=True)[:CHAMBERS]]


def searches(first: int) -> dict[str, HistorySearch]:
    cologne = Organisation.objects.get(code="IHK-142")
    places = Indicator.objects.get(code="additional_places")
    oldest = history_page(HistorySearch(kind=HistoryKind.FIGURES, limit=50)).entries[-1].position
    return {
        "everything": HistorySearch(),
        "a page far down": HistorySearch(
            after=replace(oldest, at=oldest.at.replace(year=oldest.at.year - 1))
        ),
        "a person": HistorySearch(people=[first + 3]),
        "an organisation": HistorySearch(organisation=(cologne.pk, cologne.code)),
        "an indicator": HistorySearch(indicator=places.pk),
        "a value": HistorySearch(value=1234, organisation=(cologne.pk, cologne.code)),
        "a value alone": HistorySearch(value=1234),
        "an event that is rare": HistorySearch(event="security:malware_found"),
    }


ASKED = (
    "everything",
    "a page far down",
    "a person",
    "an organisation",
    "an indicator",
    "a value",
    "a value alone",
    "an event that is rare",
)


@pytest.mark.parametrize("asked", ASKED)
def test_no_search_needs_to_read_a_whole_table(filled, asked):
    search = searches(filled)[asked]
    with CaptureQueriesContext(connection) as queries:
        history_page(search)

    read, took = [], 0.0
    for query in queries.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL enable_seqscan = off"
            )  # a table is read whole only where nothing else helps
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF) {query['sql']}")
            plan = "\n".join(row[0] for row in cursor)
        read += re.findall(r"Seq Scan on (measures_figureversion|partners_securityevent)", plan)
        took += float(re.findall(r"Execution Time: ([\d.]+) ms", plan)[0])

    assert read == [], plan
    assert took < 500, f"{asked}: {took} ms"
