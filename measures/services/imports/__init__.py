from measures.services.imports.aliases import delete_alias
from measures.services.imports.apply import (
    apply_import,
    discard_import,
    needs_reason,
    refresh_import,
)
from measures.services.imports.confirming import (
    confirm_mapping,
    correct_reading,
    forget_profiles,
    may_be_mapped,
)
from measures.services.imports.dependents import dependents_of
from measures.services.imports.errors import (
    ImportBusyError,
    ImportCancelledError,
    ImportHoldsRowsError,
    ImportNeedsReasonError,
    ImportNotAllowedError,
    ImportNotReadyError,
    ImportObstructedError,
    ImportOutdatedError,
    NothingToApplyError,
    NothingToUndoError,
    QueriesOpenError,
    RowNotHeldError,
    StepHasDependentsError,
    UploadRefusedError,
)
from measures.services.imports.explanations import explain_queries, has_open_queries
from measures.services.imports.files import receive_file
from measures.services.imports.folders import remove_leftovers
from measures.services.imports.mending import apply_mended, mend_row
from measures.services.imports.owed import (
    cancel_import,
    claim_owed_imports,
    mark_import_failed,
    resume_import,
)
from measures.services.imports.profiles import delete_profile
from measures.services.imports.requests import carry_out_request, request_apply, request_undo
from measures.services.imports.stage import read_import
from measures.services.imports.undo import undo_step

__all__ = [
    "ImportBusyError",
    "ImportCancelledError",
    "ImportHoldsRowsError",
    "ImportNeedsReasonError",
    "ImportNotAllowedError",
    "ImportNotReadyError",
    "ImportObstructedError",
    "ImportOutdatedError",
    "NothingToApplyError",
    "NothingToUndoError",
    "QueriesOpenError",
    "RowNotHeldError",
    "StepHasDependentsError",
    "UploadRefusedError",
    "apply_import",
    "apply_mended",
    "cancel_import",
    "carry_out_request",
    "claim_owed_imports",
    "confirm_mapping",
    "correct_reading",
    "delete_alias",
    "delete_profile",
    "dependents_of",
    "discard_import",
    "explain_queries",
    "forget_profiles",
    "has_open_queries",
    "mark_import_failed",
    "may_be_mapped",
    "mend_row",
    "needs_reason",
    "read_import",
    "receive_file",
    "refresh_import",
    "remove_leftovers",
    "request_apply",
    "request_undo",
    "resume_import",
    "undo_step",
]
