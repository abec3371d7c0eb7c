"""The versions of figures that a report rests on as one SHA-256, which shows whether they are unchanged."""

import secrets
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from measures.models import ApprovedFigure, FigureUse, FigureVersion
from reporting.frozen.schema import ProvenanceData

_SALT_BYTES = 16
_ROWS_OF_A_BLOCK = 10_000
"""A block is hashed as one text, which PostgreSQL holds in memory; all rows would be too long for it."""

_CONTENT = ("item_id", "region_id", "occupation_id", "target_group_id", "value", "absence")

_HASH = f"""
SELECT coalesce(sum(figures), 0)::bigint,
    encode(sha256(convert_to(%s || coalesce(string_agg(sha256, '' ORDER BY number), ''), 'UTF8')), 'hex')
FROM (
    SELECT version / {_ROWS_OF_A_BLOCK} AS number, count(*) AS figures, encode(sha256(convert_to(string_agg(
        version || '|' || item || '|' || region || '|' || occupation || '|' || target_group || '|'
            || coalesce(value::text, absence),
        E'\\n' ORDER BY version), 'UTF8')), 'hex') AS sha256
    FROM ({{rows}}) used (version, item, region, occupation, target_group, value, absence)
    GROUP BY 1
) blocks
"""  # noqa: S608  # our own text


def provenance_of(used: QuerySet[ApprovedFigure], salt: str = "") -> ProvenanceData:
    """Of approved figures, as their numbers are added up; without ``salt`` with one of its own."""
    rows = used.order_by().values_list("version_id", *_CONTENT)
    return _hashed(rows, salt or secrets.token_hex(_SALT_BYTES))


def provenance_kept(snapshot: str, salt: str) -> ProvenanceData:
    """Of the versions that are kept with the snapshot of this hash, as they are stored now."""
    used = FigureUse.objects.filter(snapshot=snapshot)
    versions = FigureVersion.objects.filter(pk__in=used.values("version_id"))
    return _hashed(versions.order_by().values_list("pgh_id", *_CONTENT), salt)


def _hashed(rows: QuerySet[Any, Any], salt: str) -> ProvenanceData:
    statement, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_HASH.format(rows=statement), [salt, *parameters])
        figures, sha256 = cursor.fetchone()
    return ProvenanceData(figures=figures, salt=salt, sha256=sha256)
