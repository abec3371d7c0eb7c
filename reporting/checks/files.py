"""Check that uploads, snapshots and documents still have the hash that was stored with them."""

import hashlib
from collections.abc import Iterable, Iterator

from django.db.models.fields.files import FieldFile

from measures.models import SourceFile
from reporting.checks.running import DatabaseCheck
from reporting.models import Document, Snapshot


def find_source_files() -> Iterator[str]:
    for source in SourceFile.objects.iterator():
        if difference := _difference(source.content, source.sha256):
            yield f"{source.name}: {difference}"


def find_documents() -> Iterator[str]:
    for document, difference in altered_documents(Document.objects.select_related("report").iterator()):
        yield f"{document.file_name}: {difference}"


def altered_documents(documents: Iterable[Document]) -> Iterator[tuple[Document, str]]:
    """Those whose file is gone or no longer the one that was made, and how it differs."""
    for document in documents:
        if difference := _difference(document.file, document.sha256):
            yield document, difference


def find_snapshots() -> Iterator[str]:
    for snapshot in Snapshot.objects.iterator():
        found = hashlib.sha256(snapshot.data.encode()).hexdigest()
        if found != snapshot.sha256:
            yield f"snapshot {snapshot.pk}: {found} instead of {snapshot.sha256}"


def _difference(stored: FieldFile, sha256: str) -> str:
    """How a file differs from the one of this hash; empty if it does not."""
    try:
        with stored.open("rb") as handle:
            found = hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        return str(error)
    return "" if found == sha256 else f"{found} instead of {sha256}"


FILE_CHECKS: tuple[DatabaseCheck, ...] = (
    DatabaseCheck(9, "source_file_is_what_was_sent", find_source_files),
    DatabaseCheck(10, "snapshot_is_what_was_frozen", find_snapshots),
    DatabaseCheck(10, "document_is_what_was_made", find_documents),
)
