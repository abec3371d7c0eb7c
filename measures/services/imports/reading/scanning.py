"""Files with malware: never opened, refused in words, and not kept."""

from functools import partial

from django.db import transaction

from measures.import_workflow import ImportStatus
from measures.models import ImportRun
from measures.services.imports.staging import filling
from partners.enums import SecurityEventKind
from partners.services.security_events import Sender, record

CODE = "malware"


def refuse(run: ImportRun, finding: str) -> None:
    """Refuse the import and remove the file, whoever sent it besides; what is left is the security event."""
    filling.clear(run)
    run.status = ImportStatus.REFUSED
    run.refusal = {"code": CODE, "params": {}}
    run.tables, run.sheets, run.questions = [], [], []
    source_file = run.source_file
    record(
        SecurityEventKind.MALWARE_FOUND,
        Sender(),
        person_id=run.created_by_id,
        target=f"{finding}, SHA-256 {source_file.sha256}",
    )
    if name := source_file.content.name:
        transaction.on_commit(partial(source_file.content.storage.delete, name))
        source_file.content = ""
        source_file.save(update_fields=["content"])
