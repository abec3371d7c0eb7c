"""The workflow of an import, in one place: its states, the actions possible in each, and how they look.

A worker takes an import from ``UPLOADED`` to what its reading found, and from ``APPLYING`` to what was asked
for. ``POSSIBLE`` lists the states in which an action of a person or a worker may begin.
"""

from collections.abc import Mapping
from enum import StrEnum, nonmember
from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportStatus(models.TextChoices):
    UPLOADED = "uploaded", _("Waiting to be read")
    NEEDS_ANSWERS = "needs_answers", _("Needs an answer")
    MAPPING = "mapping", _("Columns to confirm")
    READY = "ready", _("Ready to apply")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    UNDONE = "undone", _("Undone")
    REFUSED = "refused", _("Refused")
    DISCARDED = "discarded", _("Discarded")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Failed")

    # Not choices: groups of choices that queries, services and pages share.
    at_work = nonmember(("uploaded", "applying"))
    open = nonmember(("uploaded", "needs_answers", "mapping", "ready", "cancelled", "failed"))
    resumable = nonmember(("cancelled", "failed"))
    to_map = nonmember(("mapping", "needs_answers"))
    written = nonmember(("applied", "undone"))
    not_taken = nonmember(("refused", "failed", "cancelled"))
    unsuccessful = nonmember(("refused", "failed"))


class ImportAction(StrEnum):
    """What can be done with an import."""

    READ = "read"
    CONFIRM = "confirm"
    EXPLAIN = "explain"
    CORRECT = "correct"
    APPLY = "apply"
    APPLY_CORRECTED = "apply_corrected"
    UNDO = "undo"
    CARRY_OUT = "carry_out"
    REFRESH = "refresh"
    CANCEL = "cancel"
    RESUME = "resume"
    DISCARD = "discard"


S = ImportStatus
A = ImportAction

POSSIBLE: Mapping[ImportAction, tuple[str, ...]] = MappingProxyType(
    {
        A.READ: (S.UPLOADED.value,),
        A.CONFIRM: (*S.to_map, S.READY.value),
        A.EXPLAIN: (S.READY.value,),
        A.CORRECT: (S.READY.value, *S.written),
        A.APPLY: (S.READY.value,),
        A.APPLY_CORRECTED: S.written,
        A.UNDO: S.written,
        A.CARRY_OUT: (S.APPLYING.value,),
        A.REFRESH: (S.READY.value, S.APPLYING.value),
        A.CANCEL: S.at_work,
        A.RESUME: S.resumable,
        A.DISCARD: S.open,
    }
)
"""The states in which each action may begin."""

_AFTER_REFUSAL: Mapping[ImportAction, str] = MappingProxyType({A.CONFIRM: "no_table", A.RESUME: "too_costly"})
"""What can be done with a refused file, too, if it was refused for this reason: somebody points at the table
in it; it is read again when the machine is less busy."""


def is_possible(action: ImportAction, *, status: str, refusal: str = "") -> bool:
    """Whether the action may begin with an import in this state, refused for this reason if it was."""
    return status in POSSIBLE[action] or (
        status == ImportStatus.REFUSED and refusal != "" and _AFTER_REFUSAL.get(action) == refusal
    )


IMPORT_TONES: Mapping[str, str] = MappingProxyType(
    {
        S.UPLOADED: "info",
        S.NEEDS_ANSWERS: "warning",
        S.MAPPING: "neutral",
        S.READY: "success",
        S.APPLYING: "info",
        S.APPLIED: "success",
        S.UNDONE: "neutral",
        S.REFUSED: "danger",
        S.DISCARDED: "neutral",
        S.CANCELLED: "warning",
        S.FAILED: "danger",
    }
)
"""The colour family of the badge."""
