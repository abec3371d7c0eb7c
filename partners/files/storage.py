"""Files on disk that are there whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile

PART = ".part-"
"""Begins the name of a file that is being written; one that stays behind is of a process that was killed."""


class WholeFileStorage(FileSystemStorage):
    """Writes under another name, has the disk confirm it, and only then gives the file its name.

    Django's own writes under the final name, so that a full disk leaves the beginning of the file there.
    """

    def _save(self, name: str, content: File) -> str:
        folder = Path(self.path(name)).parent
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, part = tempfile.mkstemp(prefix=PART, dir=folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk if isinstance(chunk, bytes) else chunk.encode())
                file.flush()
                if self.file_permissions_mode is not None:
                    os.fchmod(file.fileno(), self.file_permissions_mode)
                os.fsync(file.fileno())
            name = self._give_name(part, name)
        finally:
            Path(part).unlink(missing_ok=True)
        _confirm(folder)
        return name.replace("\\", "/")

    def _give_name(self, part: str, name: str) -> str:
        """A link is refused where the name is taken, so two files of one name never replace each other."""
        while True:
            try:
                os.link(part, self.path(name))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name


@contextmanager
def removed_on_failure() -> Iterator[list[FieldFile]]:
    """Remove the stored files that the block lists, if it fails, as its transaction takes their rows back."""
    stored: list[FieldFile] = []
    try:
        yield stored
    except BaseException:
        for file in stored:
            with contextlib.suppress(OSError):
                file.storage.delete(file.name or "")
        raise


def _confirm(folder: Path) -> None:
    """Have the disk keep the name as well."""
    descriptor: Any = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
