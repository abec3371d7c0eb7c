from measures.services.imports.apply import (
    apply_import,
    confirm_mapping,
    discard_import,
    needs_reason,
    refresh_import,
)
from measures.services.imports.errors import (
    ImportHoldsRowsError,
    ImportNeedsReasonError,
    ImportNotAllowedError,
    ImportNotReadyError,
    ImportOutdatedError,
    UploadRefusedError,
)
from measures.services.imports.files import receive_file
from measures.services.imports.stage import claim_owed_imports, mark_import_failed, read_import

__all__ = [
    "ImportHoldsRowsError",
    "ImportNeedsReasonError",
    "ImportNotAllowedError",
    "ImportNotReadyError",
    "ImportOutdatedError",
    "UploadRefusedError",
    "apply_import",
    "claim_owed_imports",
    "confirm_mapping",
    "discard_import",
    "mark_import_failed",
    "needs_reason",
    "read_import",
    "receive_file",
    "refresh_import",
]
