"""Files with their problems marked: made by a worker, kept for a day, found by what they show and to whom."""

import hashlib
import shutil
import tempfile
import time
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max, TextChoices
from django.utils import translation

from measures.exceptions import MarkingBusyError
from measures.models import ImportRun
from measures.selectors.imports.marked.workbook import marked_workbook
from measures.selectors.visible_imports import VisibleImport, visible_import
from partners.files.disk_full import is_disk_full
from partners.models import User
from partners.permissions import access_for

SECONDS_KEPT = 24 * 3600
SECONDS_ASKED = 600
"""After this a request that came to nothing may be repeated: its message or its worker was lost."""


class Marking(TextChoices):
    ASKED = "asked"
    BUSY = "busy"
    FAILED = "failed"
    NO_ROOM = "no_room"


def name_of(visible: VisibleImport, *, user_id: int) -> str:
    """The same for the same person, language and state of the import; otherwise another."""
    run = visible.run
    problems = visible.problems().aggregate(count=Count("pk"), last=Max("pk"))
    parts = [
        user_id,
        translation.get_language(),
        run.pk,
        run.status,
        run.read_at,
        run.applied_at,
        run.new_count,
        run.changed_count,
        run.held_count,
        sorted(visible.organisations or []),
        visible.is_whole,
        *problems.values(),
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def find_marked(name: str) -> BinaryIO | None:
    try:
        return _path(name).open("rb")
    except FileNotFoundError:
        return None


def state_of(name: str) -> str | None:
    """Whether the file has been asked for, and what came of it if it is not there."""
    found: str | None = cache.get(_key(name))
    return found


def note(name: str, state: Marking) -> None:
    cache.set(_key(name), state.value, SECONDS_ASKED)


def forget(name: str) -> None:
    cache.delete(_key(name))


def mark_file(*, run_id: int, user_id: int, language: str, name: str) -> None:
    """Make the file for a person who may still see the import; nothing half made is ever found."""
    try:
        access = access_for(User.objects.get(pk=user_id))
        run = ImportRun.objects.visible_to(access).select_related("source_file").get(pk=run_id)
        with (
            translation.override(language),
            marked_workbook(visible_import(run, access), actor_id=user_id) as made,
        ):
            _keep(made, name)
    except MarkingBusyError:
        note(name, Marking.BUSY)
    except BaseException as error:
        note(name, Marking.NO_ROOM if is_disk_full(error) else Marking.FAILED)
        raise
    else:
        forget(name)


def remove_old() -> None:
    oldest = time.time() - SECONDS_KEPT
    for path in _folder().glob("*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _keep(made: BinaryIO, name: str) -> None:
    _folder().mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=_folder(), delete=False) as file:
        try:
            shutil.copyfileobj(made, file)
            file.flush()
            Path(file.name).replace(_path(name))
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "marked"


def _path(name: str) -> Path:
    return _folder() / f"{name}.xlsx"


def _key(name: str) -> str:
    return f"marking-{name}"
