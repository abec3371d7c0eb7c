"""Whose import is next. The database is the queue; a message only wakes a worker, which asks here.

A worker holds the turn of an import until the work ends, by a lock that ends with its connection. So nobody
counts as being at work whose worker is dead.
"""

import contextlib
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction

from measures.import_workflow import ImportStatus
from measures.services.imports import lease

NAMESPACE = 0x545552
"""Of the advisory locks on turns; the second key is the import's."""

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(%s, 0)"

# The organisation is the one the sender records for; a data steward sends for all and has a share alone.
_NEXT = """
WITH held AS (
    SELECT DISTINCT l.objid::bigint AS id
    FROM pg_locks l
    JOIN pg_database d ON d.oid = l.database
    WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.objsubid = 2
        AND l.classid::bigint = ANY(%(namespaces)s) AND l.objid <> 0 AND l.pid <> pg_backend_pid()
), runs AS (
    SELECT r.id, r.status, r.waiting_since, r.begun_at, r.not_before, h.id IS NOT NULL AS is_at_work,
        CASE WHEN r.status = 'applying' THEN r.apply_requested_by_id
            ELSE coalesce(r.reading_requested_by_id, r.created_by_id) END AS person,
        coalesce(r.sent_for[1], r.supplier_id) AS organisation
    FROM measures_importrun r
    LEFT JOIN held h ON h.id = r.id
    WHERE r.status = %(status)s OR r.begun_at > now() - interval '1 day'
), people AS (
    SELECT person, max(begun_at) AS served,
        count(*) FILTER (WHERE is_at_work AND status = %(status)s) AS at_work
    FROM runs GROUP BY person
), organisations AS (
    SELECT organisation, max(begun_at) AS served,
        count(*) FILTER (WHERE is_at_work AND status = %(status)s) AS at_work
    FROM runs WHERE organisation IS NOT NULL GROUP BY organisation
)
SELECT r.id
FROM runs r
JOIN people p ON p.person = r.person
LEFT JOIN organisations o ON o.organisation = r.organisation
WHERE r.status = %(status)s AND NOT r.is_at_work
    AND (r.not_before IS NULL OR r.not_before <= statement_timestamp())
    AND p.at_work < %(person_limit)s AND coalesce(o.at_work, 0) < %(organisation_limit)s
ORDER BY coalesce(o.at_work, 0) + p.at_work, greatest(o.served, p.served) NULLS FIRST,
    p.served NULLS FIRST, r.waiting_since, r.id
LIMIT 1
"""


def next_import(status: ImportStatus) -> int | None:
    """The import whose turn it is: of whoever has the least in work and was served longest ago.

    Nobody has more in work than their share, so that slow files of one leave room for others.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _NEXT,
            {
                "status": status.value,
                "namespaces": [NAMESPACE, lease.NAMESPACE],
                "person_limit": settings.IMPORTS_AT_ONCE_PER_PERSON,
                "organisation_limit": settings.IMPORTS_AT_ONCE_PER_ORGANISATION,
            },
        )
        found = cursor.fetchone()
    return int(found[0]) if found else None


@contextlib.contextmanager
def next_turn(status: ImportStatus) -> Iterator[int | None]:
    """Hold the turn of the next import until the block ends; None if there is nothing to do for now."""
    run_id = _take(status)
    try:
        yield run_id
    finally:
        if run_id is not None:
            _give_back(run_id)


@transaction.atomic
def _take(status: ImportStatus) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [NAMESPACE])
        run_id = next_import(status)
        if run_id is not None:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [NAMESPACE, run_id])
    return run_id


def _give_back(run_id: int) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [NAMESPACE, run_id])
    except (DatabaseError, InterfaceError):
        if not connection.in_atomic_block:
            connection.close()  # the lock goes with it
