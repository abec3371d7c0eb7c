"""Asking for an export or import, confirming it, taking it back, forgetting it in time."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import get_language

from partners.enums import SecurityEventKind, TransferDirection, TransferStatus
from partners.exceptions import TooManyTransfersError, TransferNotReadyError
from partners.files.storage import removed_on_failure
from partners.models import ListTransfer, User
from partners.services.security_events import Sender, record

MOST_PENDING = 3
"""Exports and imports that one person may have waiting; they are done one after the other."""


@dataclass(frozen=True)
class Asked:
    """Which list, in which format, and the name of the file."""

    list_of: str
    file_format: str
    name: str


def belongs_in_the_queue(row_count: int) -> bool:
    """The one rule about where the work is done: what takes longer than a page should goes to a worker."""
    return row_count > settings.LIST_ROWS_IN_A_REQUEST


@transaction.atomic
def request_export(*, person: User, asked: Asked, keys: Sequence[int], sender: Sender) -> ListTransfer:
    """Have these records exported. Whoever owns the transaction wakes the worker after it."""
    _leave_room_for_others(person)
    list_of, file_format = asked.list_of, asked.file_format
    record(
        SecurityEventKind.EXPORTED,
        sender,
        person_id=person.pk,
        target=f"{list_of}: {len(keys)}, {file_format}",
    )
    return ListTransfer.objects.create(
        person=person,
        direction=TransferDirection.EXPORT,
        list_of=list_of,
        format=file_format,
        language=_language(),
        name=asked.name,
        keys=list(keys),
        row_count=len(keys),
    )


def request_import(*, person: User, asked: Asked, upload: UploadedFile) -> ListTransfer:
    """Store the file and have a worker look at what it would change. It changes nothing until confirmed."""
    with removed_on_failure() as stored, transaction.atomic():
        _leave_room_for_others(person)
        transfer = ListTransfer(
            person=person,
            direction=TransferDirection.IMPORT,
            list_of=asked.list_of,
            format=asked.file_format,
            language=_language(),
            name=asked.name,
        )
        upload.seek(0)
        transfer.file.save(f"{asked.list_of}.{asked.file_format}", upload, save=False)
        stored.append(transfer.file)
        transfer.save()
    return transfer


@transaction.atomic
def confirm_import(*, transfer_id: int, person: User) -> None:
    """Have an import written whose preview was seen."""
    _leave_room_for_others(person)
    transfer = _locked(transfer_id)
    if transfer.is_export or transfer.status != TransferStatus.READY:
        raise TransferNotReadyError
    transfer.status, transfer.attempts = TransferStatus.CONFIRMED, 0
    transfer.waiting_since = timezone.now()
    transfer.save(update_fields=["status", "attempts", "waiting_since"])


@transaction.atomic
def discard(*, transfer_id: int) -> None:
    """Forget an export or import with its file. What is being written can no longer be stopped."""
    _delete(_locked(transfer_id))


def remove_expired() -> int:
    """Forget what is older than a day; what a worker has in hand now goes next time."""
    removed = 0
    for pk in list(ListTransfer.objects.expired().values_list("pk", flat=True)):
        with transaction.atomic():
            transfer = ListTransfer.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
            if transfer is not None:
                _delete(transfer)
                removed += 1
    return removed


def _locked(transfer_id: int) -> ListTransfer:
    """Refused at once where a worker writes it, or somebody pressed a button a moment before."""
    rows = ListTransfer.objects.select_for_update(of=("self",), skip_locked=True)
    transfer = rows.filter(pk=transfer_id).first()
    if transfer is None:
        raise TransferNotReadyError
    return transfer


def _delete(transfer: ListTransfer) -> None:
    file = transfer.file
    transfer.delete()
    transaction.on_commit(lambda: _remove(file))


def _remove(file: FieldFile) -> None:
    if file:
        with contextlib.suppress(OSError):  # what stays behind is reported by night
            file.storage.delete(file.name or "")


def _leave_room_for_others(person: User) -> None:
    """Lock the person first, so that two requests at once do not both count themselves in."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if ListTransfer.objects.pending().filter(person=person).count() >= MOST_PENDING:
        raise TooManyTransfersError


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
