"""Reading a file that was received: into staging, judged, nothing written yet."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from measures.enums import ImportStatus
from measures.importing.guard import read_guarded
from measures.importing.results import is_template
from measures.importing.transfer import Outline
from measures.importing.vocabulary import Answers, Limits
from measures.models import ImportRun
from measures.permissions import may_import_for
from measures.services.imports import comparing, profiles, staging
from measures.services.imports.scope import scope_of
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
    With ``asks_for_mapping`` the first reading of an unknown layout stops for a person to confirm the
    columns. ``path`` is where the file lies if its content has not been stored.
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
    scope = scope_of(run, access)
    answers = profiles.answers_in_effect(run, scope)
    with TemporaryDirectory(prefix="import-") as name:
        folder = Path(name)
        outline = _read(run, path or Path(run.source_file.content.path), folder, answers)
        staging.clear(run)
        _note_what_was_understood(run, outline)
        profiles.note_use(run, scope)
        if outline.status == "refused":
            _refuse(run, outline.reason_code, outline.reason_params)
        elif foreign := not_allowed(access, outline.organisations):
            _refuse(run, "not_allowed", {"names": ", ".join(foreign)})
        else:
            staging.fill(run, outline, folder)
            comparing.compare(run, access)
            is_known = not asks_for_mapping or run.answers is not None or profiles.is_known(run, answers)
            run.status = _status(outline, is_known=is_known)
    run.read_at = timezone.now()
    run.save()
    return run


def _read(run: ImportRun, path: Path, folder: Path, answers: Answers | None) -> Outline:
    return read_guarded(
        path,
        folder=folder,
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
        answers=answers,
    )


def _note_what_was_understood(run: ImportRun, outline: Outline) -> None:
    run.refusal = None
    run.encoding = outline.encoding
    run.tables = [asdict(table) for table in outline.tables]
    run.sheets = [asdict(sheet) for sheet in outline.sheets]
    run.questions = [question._asdict() for question in outline.questions]
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


def _status(outline: Outline, *, is_known: bool) -> ImportStatus:
    if outline.status == "needs_answers":
        return ImportStatus.NEEDS_ANSWERS
    return ImportStatus.READY if is_known or is_template(outline.tables) else ImportStatus.MAPPING


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
