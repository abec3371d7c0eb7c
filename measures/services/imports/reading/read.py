"""Reading a file that was received: into staging, judged, nothing written yet."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from measures.enums import ImportStage
from measures.import_workflow import ImportAction, ImportStatus
from measures.importing.decisions import Decision
from measures.importing.formats.suffixes import true_name
from measures.importing.process.folders import working_folder
from measures.importing.process.guard import read_guarded
from measures.importing.process.transfer import ReadingSummary
from measures.importing.results import is_own_workbook
from measures.importing.vocabulary import Answers
from measures.models import ImportRun
from measures.permissions import may_import_for
from measures.selectors.imports.scope import scope_of
from measures.selectors.imports.vocabulary import limits, vocabulary_from_database
from measures.services.imports import dispatch
from measures.services.imports.errors import ImportCancelledError, ImportNotReadyError
from measures.services.imports.judging import comparing
from measures.services.imports.lease import LeasedWork, StageCallback, working_on
from measures.services.imports.profiles import profiles
from measures.services.imports.reading import scanning
from measures.services.imports.staging import filling, owners
from partners.files import malware
from partners.models import Organisation
from partners.permissions import Access, access_for

DecisionsCallback = Callable[[list[Decision]], None]


@dataclass(frozen=True)
class SourceLocation:
    """Where the file lies and which of its sheets to read, if not all."""

    path: Path
    only_sheets: tuple[str, ...]


def read_import(  # noqa: PLR0913  # the file, by whose rights, and what of it
    *,
    run_id: int,
    access: Access | None = None,
    asks_for_mapping: bool = True,
    path: Path | None = None,
    only_sheets: tuple[str, ...] = (),
    report: StageCallback | None = None,
    take_decisions: DecisionsCallback | None = None,
) -> ImportRun | None:
    """Read a waiting import and compare it with what is stored, unless that is done or being done.

    A worker that dies leaves nothing behind, and reading again starts afresh. With ``asks_for_mapping`` the
    first reading of an unknown layout stops for a person to confirm the columns. Without ``access`` it is
    read by the rights that the uploader and whoever asked for this reading have in common now. ``path`` is
    where the file lies if its content has not been stored; ``only_sheets`` are read, if any are named.
    ``take_decisions`` gets why the file was read as it was, which is not stored.
    """
    if not dispatch.begin(run_id, ImportStatus.UPLOADED):
        return None
    try:
        with working_on(run_id, ImportAction.READ, report=report) as work:
            run = work.run
            outline = None
            if finding := _malware_in(work, path):
                scanning.refuse(run, finding)
            else:
                source = SourceLocation(path or Path(run.source_file.content.path), only_sheets)
                outline = _stage(work, rights_to_read(run, access), source, asks_for_mapping=asks_for_mapping)
            run.read_at = timezone.now()
            work.finish()
            run.save()
        if take_decisions and outline:
            take_decisions(outline.decisions)
    except ImportNotReadyError:
        return None
    except ImportCancelledError:
        return dispatch.stop_import(run_id=run_id)
    return run


def _malware_in(work: LeasedWork, path: Path | None) -> str | None:
    """What the scanner found. Content that is gone was infected: the same file was sent more than once."""
    work.report(ImportStage.SCANNING)
    content = work.run.source_file.content
    if path is None and not content:
        return "malware"
    return malware.finding_in(path or Path(content.path))


@dataclass(frozen=True)
class ReadingRights:
    """By whose rights a file is read: nothing is taken that either of them may not bring in."""

    uploader: Access
    asker: Access

    @property
    def both(self) -> tuple[Access, ...]:
        return (self.asker,) if self.asker is self.uploader else (self.asker, self.uploader)


def rights_to_read(run: ImportRun, access: Access | None = None) -> ReadingRights:
    uploader = access or access_for(run.created_by)
    asker = run.reading_requested_by
    if access or asker is None or asker == run.created_by:
        return ReadingRights(uploader, uploader)
    return ReadingRights(uploader, access_for(asker))


def _stage(
    work: LeasedWork, rights: ReadingRights, source: SourceLocation, *, asks_for_mapping: bool
) -> ReadingSummary:
    run = work.run
    work.report(ImportStage.OPENING)
    scope = scope_of(run)
    answers = profiles.answers_in_effect(run, scope)
    with working_folder() as name:
        folder = Path(name)
        outline = _read(work, source, folder, answers)
        work.report(ImportStage.STAGING, 0, outline.row_count)
        filling.clear(run)
        _note_what_was_understood(run, outline)
        if outline.status == "refused":
            _refuse(run, outline.reason_code, outline.reason_params)
        elif foreign := not_allowed(rights.asker, outline.organisations):
            _refuse(run, "not_allowed", {"names": ", ".join(foreign)})
        elif foreign := not_allowed(rights.uploader, outline.organisations):
            _refuse(run, "uploader_not_allowed", {"names": ", ".join(foreign)})
        else:
            filling.fill(run, outline, folder, partial(work.report, ImportStage.STAGING))
            work.report(ImportStage.COMPARING)
            comparing.judge(run, *rights.both)
            is_known = not asks_for_mapping or profiles.is_known(run, answers)
            run.status = _status(outline, is_known=is_known)
        owners.note(run, outline)
    profiles.note_use(run, scope)
    return outline


def _read(work: LeasedWork, source: SourceLocation, folder: Path, answers: Answers | None) -> ReadingSummary:
    run = work.run

    def watch(done: int, total: int) -> None:
        work.report(ImportStage.READING if total else ImportStage.OPENING, done, total)

    if source.only_sheets:
        answers = replace(answers or Answers(), only_sheets=source.only_sheets)
    return read_guarded(
        source.path,
        folder=folder,
        name=run.sent_as or run.file_name,
        vocabulary=vocabulary_from_database(run.supplier),
        limits=limits(),
        answers=answers,
        watch=watch,
    )


def _note_what_was_understood(run: ImportRun, outline: ReadingSummary) -> None:
    run.refusal = None
    run.encoding = outline.encoding
    if (name := true_name(run.file_name, outline.suffix)) != run.file_name:
        run.sent_as, run.file_name = run.sent_as or run.file_name, name
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


def _status(outline: ReadingSummary, *, is_known: bool) -> ImportStatus:
    if outline.status == "needs_answers":
        return ImportStatus.NEEDS_ANSWERS
    return ImportStatus.READY if is_known or is_own_workbook(outline.tables) else ImportStatus.MAPPING
