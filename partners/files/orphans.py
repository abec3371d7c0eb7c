"""Files without a row, rows without a file, and what is left of files that were never finished."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.apps import apps
from django.core.files.storage import Storage
from django.db.models import FileField
from django.utils import timezone

from partners.files.storage import PART

SETTLED_AFTER = dt.timedelta(days=1)
"""Longer than any work may take: until then a file may be waiting for its row, and a part for its rest."""


@dataclass
class Orphans:
    """By their names in the file store; ``rows_without_file`` by table, row and name."""

    files_without_row: list[str] = field(default_factory=list)
    rows_without_file: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.files_without_row or self.rows_without_file or self.unfinished)


def find_orphans() -> Orphans:
    """Rows come first: a file that comes in meanwhile is young, and a row that comes in is not asked for."""
    found = Orphans()
    for storage, fields in _fields_by_storage().items():
        rows = {name: row for each in fields for name, row in _rows(each)}
        files = {
            name for folder in sorted({_folder(each) for each in fields}) for name in _files(storage, folder)
        }
        found.rows_without_file += [f"{row}: {name}" for name, row in rows.items() if name not in files]
        for name in sorted(files - set(rows)):
            if _is_settled(storage, name):
                is_part = PurePosixPath(name).name.startswith(PART)
                (found.unfinished if is_part else found.files_without_row).append(name)
    return found


def remove_unfinished(orphans: Orphans) -> int:
    """Remove what was never finished: no row ever named it."""
    return _remove(orphans.unfinished)


def remove_files_without_row(orphans: Orphans) -> int:
    """Remove finished files that no row names. After a restore of the database they may be all there is."""
    return _remove(orphans.files_without_row)


def _remove(names: list[str]) -> int:
    """Each only where still no row names it."""
    removed = 0
    for storage, fields in _fields_by_storage().items():
        for name in names:
            if not any(_is_named(each, name) for each in fields) and storage.exists(name):
                storage.delete(name)
                removed += 1
    return removed


def _fields_by_storage() -> dict[Storage, list[FileField]]:
    found: dict[Storage, list[FileField]] = {}
    for model in apps.get_models():
        for each in model._meta.get_fields():  # noqa: SLF001  # the documented way to a model's facts
            if isinstance(each, FileField):
                found.setdefault(each.storage, []).append(each)
    return found


def _folder(each: FileField) -> str:
    return PurePosixPath(str(each.upload_to)).parts[0]


def _rows(each: FileField) -> Iterator[tuple[str, str]]:
    """Those that name a file; a row may come before its file."""
    named = each.model._default_manager.exclude(**{each.name: ""}).values_list("pk", each.name)  # noqa: SLF001  # as above
    for pk, name in named.iterator():
        yield name, f"{each.model._meta.label} {pk}"  # noqa: SLF001  # as above


def _is_named(each: FileField, name: str) -> bool:
    return each.model._default_manager.filter(**{each.name: name}).exists()  # noqa: SLF001  # as above


def _files(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return  # nothing was ever stored there
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _files(storage, f"{folder}/{name}")


def _is_settled(storage: Storage, name: str) -> bool:
    try:
        return storage.get_modified_time(name) < timezone.now() - SETTLED_AFTER
    except FileNotFoundError:
        return False
