"""Check that uploads, snapshots and documents still have the hash that was stored with them."""

import hashlib
from collections.abc import Iterator

from django.db.models.fields.files import FieldFile

from measures.models import SourceFile
from reporting.checks.running import DatabaseCheck
from reporting.models import Document, Snapshot


def find_source_files() -> Iterator[str]:
    for source in SourceFile.objects.iterator():
        yield from _differs(source.content, source.sha256, source.name)


def find_documents() -> Iterator[str]:
    for document in Document.objects.select_related("report").iterator():
        yield from _differs(document.file, document.sha256, document.file_name)


def find_snapshots() -> Iterator[str]:
    for snapshot in Snapshot.objects.iterator():
        found = hashlib.sha256(snapshot.data.encode()).hexdigest()
        if found != snapshot.sha256:
            yield f"snapshot {snapshot.pk}: {found} instead of {snapshot.sha256}"


def _differs(stored: FieldFile, sha256: str, name: str) -> Iterator[str]:
    try:
        with stored.open("rb") as handle:
            found = hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        yield f"{name}: {error}"
        return
    if found != sha256:
        yield f"{name}: {found} instead of {sha256}"


FILE_CHECKS: tuple[DatabaseCheck, ...] = (
    DatabaseCheck(9, "source_file_is_what_was_sent", find_source_files),
    DatabaseCheck(10, "snapshot_is_what_was_frozen", find_snapshots),
    DatabaseCheck(10, "document_is_what_was_made", find_documents),
)
