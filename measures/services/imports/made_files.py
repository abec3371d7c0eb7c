"""Files made of an import for one person: by a worker, kept for a day, found by what they show to whom."""

import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max, TextChoices
from django.utils import translation

from measures.exceptions import MarkingBusyError
from measures.models import ImportRun
from measures.selectors.visible_imports import VisibleImport, visible_import
from partners.files.disk_full import is_disk_full
from partners.models import User
from partners.permissions import access_for

SECONDS_KEPT = 24 * 3600
SECONDS_ASKED = 600
"""After this a request that came to nothing may be repeated: its message or its worker was lost."""


class Making(TextChoices):
    """What has become of a file that was asked for and is not there."""

    ASKED = "asked"
    BUSY = "busy"
    FAILED = "failed"
    NO_ROOM = "no_room"


def name_of(visible: VisibleImport, *, user_id: int, kind: str) -> str:
    """The same for the same person, language and state of the import; otherwise another.

    ``kind``: how the file's name ends.
    """
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
    return f"{hashlib.sha256(repr(parts).encode()).hexdigest()}.{kind}"


def find(name: str) -> BinaryIO | None:
    try:
        return _path(name).open("rb")
    except FileNotFoundError:
        return None


def state_of(name: str) -> str | None:
    """Whether the file has been asked for, and what came of it if it is not there."""
    found: str | None = cache.get(_key(name))
    return found


def note(name: str, state: Making) -> None:
    cache.set(_key(name), state.value, SECONDS_ASKED)


def forget(name: str) -> None:
    cache.delete(_key(name))


@contextmanager
def made_for(*, run_id: int, user_id: int, language: str, name: str) -> Iterator[VisibleImport]:
    """What a person may still see of the import, in their language; the block makes the file and keeps it.

    What it came to is noted, so that the page that waits can say so.
    """
    try:
        access = access_for(User.objects.get(pk=user_id))
        run = ImportRun.objects.visible_to(access).select_related("source_file").get(pk=run_id)
        with translation.override(language):
            yield visible_import(run, access)
    except MarkingBusyError:
        note(name, Making.BUSY)
    except BaseException as error:
        note(name, Making.NO_ROOM if is_disk_full(error) else Making.FAILED)
        raise
    else:
        forget(name)


def keep(name: str, write: Callable[[IO[bytes]], object]) -> None:
    """Have the file written under another name first: nothing half made is ever found."""
    _folder().mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=_folder(), delete=False) as file:
        try:
            write(file.file)
            file.flush()
            Path(file.name).replace(_path(name))
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def remove_old() -> None:
    oldest = time.time() - SECONDS_KEPT
    for path in _folder().glob("*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "made"


def _path(name: str) -> Path:
    return _folder() / name


def _key(name: str) -> str:
    return f"making-{name}"
