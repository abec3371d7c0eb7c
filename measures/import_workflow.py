"""The way of an import, in one place: its states, what can be done in which of them, and how they look.

A worker takes an import from ``UPLOADED`` to what its reading found, and from ``APPLYING`` to what was asked
for. ``POSSIBLE`` says where a person's or a worker's deed may begin.
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


class ImportDeed(StrEnum):
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
D = ImportDeed

POSSIBLE: Mapping[ImportDeed, tuple[str, ...]] = MappingProxyType(
    {
        D.READ: (S.UPLOADED.value,),
        D.CONFIRM: (*S.to_map, S.READY.value),
        D.EXPLAIN: (S.READY.value,),
        D.CORRECT: (S.READY.value, *S.written),
        D.APPLY: (S.READY.value,),
        D.APPLY_CORRECTED: S.written,
        D.UNDO: S.written,
        D.CARRY_OUT: (S.APPLYING.value,),
        D.REFRESH: (S.READY.value, S.APPLYING.value),
        D.CANCEL: S.at_work,
        D.RESUME: S.resumable,
        D.DISCARD: S.open,
    }
)
"""From which states. A refused file can be pointed at or read again, too, if its reason allows it."""

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
