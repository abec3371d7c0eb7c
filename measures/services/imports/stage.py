"""Reading a file that was received: into staging, judged, nothing written yet."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from measures.enums import ImportStatus
from measures.importing.guard import read_guarded
from measures.importing.results import Reading
from measures.importing.vocabulary import Answers, Limits
from measures.models import ImportRun
from measures.permissions import may_import_for
from measures.services.imports import comparing, staging
from measures.services.imports.vocabulary import vocabulary_from_database
from partners.models import Organisation
from partners.permissions import Access, access_for

TRIES = 3


@transaction.atomic
def read_import(
    *, run_id: int, access: Access | None = None, asks_for_mapping: bool = True, path: Path | None = None
) -> ImportRun | None:
    """Read a waiting import and compare it with what is stored, unless that is done or being done.

    The row lock is the lease: a crashed worker lets go of it by dying, and reading again starts afresh.
    With ``asks_for_mapping`` the first reading stops for a person to confirm the columns. ``path`` is where
    the file lies if its content has not been stored.
    """
    run = (
        ImportRun.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("source_file", "supplier", "created_by")
        .filter(pk=run_id, status=ImportStatus.UPLOADED)
        .first()
    )
    if run is None:
        return None
    access = access or access_for(run.created_by)
    reading = _read(run, path or Path(run.source_file.content.path))
    staging.clear(run)
    _note_what_was_understood(run, reading)
    if reading.status == "refused":
        _refuse(run, reading.reason_code, reading.reason_params)
    elif foreign := not_allowed(access, {row.organisation for row in reading.rows}):
        _refuse(run, "not_allowed", {"names": ", ".join(foreign)})
    else:
        staging.fill(run, reading)
        comparing.compare(run, access)
        run.status = _status(run, reading, asks_for_mapping=asks_for_mapping)
    run.read_at = timezone.now()
    run.save()
    return run


def _read(run: ImportRun, path: Path) -> Reading:
    return read_guarded(
        path,
        name=run.file_name,
        vocabulary=vocabulary_from_database(run.supplier),
        limits=Limits(
            file_bytes=settings.IMPORT_MAX_UPLOAD_BYTES,
            unpacked_bytes=settings.IMPORT_MAX_UNPACKED_BYTES,
            sheets=settings.IMPORT_MAX_SHEETS,
            rows=settings.IMPORT_MAX_ROWS,
            columns=settings.IMPORT_MAX_COLUMNS,
            cells=settings.IMPORT_MAX_CELLS,
            memory_bytes=settings.IMPORT_MAX_MEMORY_BYTES,
            seconds=settings.IMPORT_MAX_SECONDS,
        ),
        answers=answers_of(run),
    )


def answers_of(run: ImportRun) -> Answers | None:
    return None if run.answers is None else Answers.from_json(json.dumps(run.answers))


def _note_what_was_understood(run: ImportRun, reading: Reading) -> None:
    run.refusal = None
    run.encoding = reading.encoding
    run.tables = [asdict(table) for table in reading.tables]
    run.questions = [question._asdict() for question in reading.questions]
    comparing.count(run)


def _refuse(run: ImportRun, code: str, params: dict[str, str]) -> None:
    run.status = ImportStatus.REFUSED
    run.refusal = {"code": code, "params": params}


def not_allowed(access: Access, codes: Iterable[str] | QuerySet[Any, Any]) -> list[str]:
    """Of these organisations those whose figures this person may not upload, by name."""
    return [
        organisation.short_name
        for organisation in Organisation.objects.filter(code__in=codes)
        if not may_import_for(access, organisation.pk)
    ]


def _status(run: ImportRun, reading: Reading, *, asks_for_mapping: bool) -> ImportStatus:
    if reading.status == "needs_answers":
        return ImportStatus.NEEDS_ANSWERS
    if asks_for_mapping and run.answers is None:
        return ImportStatus.MAPPING
    return ImportStatus.READY


@transaction.atomic
def claim_owed_imports() -> list[int]:
    """Imports still waiting to be read: their message was lost or their worker died.

    ``skip_locked`` passes over those being read now. What was broken off three times is given up.
    """
    waiting = ImportRun.objects.filter(status=ImportStatus.UPLOADED)
    ids = list(waiting.select_for_update(skip_locked=True).values_list("pk", flat=True))
    claimed = ImportRun.objects.filter(pk__in=ids)
    claimed.filter(attempts__gte=TRIES).update(
        status=ImportStatus.FAILED, refusal={"code": "broken_off", "params": {}}
    )
    owed = claimed.filter(status=ImportStatus.UPLOADED)
    owed.update(attempts=F("attempts") + 1)
    return list(owed.values_list("pk", flat=True))


def mark_import_failed(*, run_id: int) -> None:
    ImportRun.objects.filter(pk=run_id, status=ImportStatus.UPLOADED).update(
        status=ImportStatus.FAILED, refusal={"code": "failed", "params": {}}
    )
