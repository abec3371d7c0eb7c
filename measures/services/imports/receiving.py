"""Receiving a file: it is stored once per content, under its SHA-256."""

import hashlib
from pathlib import PurePath

from django.conf import settings
from django.core.files import File
from django.db import connection, transaction
from django.db.models.fields.files import FieldFile

from measures.models import ImportRun, SourceFile
from measures.services.imports.errors import UploadRefusedError
from partners.files.storage import removed_on_failure
from partners.models import User
from partners.permissions import Access, access_for

MEGABYTE = 1024 * 1024
NOT_STORED = "imports/nothing"


@transaction.atomic
def receive_file(  # noqa: PLR0913  # the file, who sends it, and for whom
    *,
    upload: File,
    name: str,
    actor: User,
    access: Access | None = None,
    supplier_id: int | None = None,
    keeps_content: bool = True,
) -> ImportRun:
    """Keep the file and open an import for it; nothing is read yet.

    Kept with it is whom the sender records for now; nobody where that is a data steward, by ``access`` or
    else by the rights ``actor`` has. The same content is stored once, however often and under whatever name
    it is sent. Without ``keeps_content`` only the rows are written, for a dry run that is rolled back.
    """
    if not upload.size:
        raise UploadRefusedError("empty_file")
    if upload.size > settings.IMPORT_MAX_UPLOAD_BYTES:
        raise UploadRefusedError("too_large", limit=str(settings.IMPORT_MAX_UPLOAD_BYTES // MEGABYTE))
    file_name = PurePath(name.replace("\\", "/")).name.replace("\x00", "")[-255:]
    access = access or access_for(actor)
    with removed_on_failure() as stored:
        source_file = _stored(upload, file_name, actor, stored, keeps_content=keeps_content)
        return ImportRun.objects.create(
            source_file=source_file,
            file_name=file_name,
            supplier_id=supplier_id,
            created_by=actor,
            sent_for=[] if access.manages_data else sorted(access.contributes_to),
            organisations=[supplier_id] if supplier_id else [],
        )


def _stored(
    upload: File, name: str, actor: User, stored: list[FieldFile], *, keeps_content: bool
) -> SourceFile:
    """The row of the content; ``stored`` gets the file if it is written here."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    sha256 = digest.hexdigest()
    with connection.cursor() as cursor:
        # Two uploads of one content at once: the second waits and finds the first one's row.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [sha256])
    source_file = SourceFile.objects.filter(sha256=sha256).first()
    if source_file is None:
        source_file = SourceFile(sha256=sha256, name=name, size=upload.size, uploaded_by=actor)
    storage = source_file.content.storage
    if keeps_content and not storage.exists(source_file.content.name or NOT_STORED):
        upload.seek(0)
        source_file.content.save(sha256, upload, save=False)
        stored.append(source_file.content)
    if source_file.pk is None or keeps_content:
        source_file.save()
    return source_file
