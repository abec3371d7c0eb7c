"""The work on an export or import, for a worker that has its turn.

The list's resource, with its columns and rules, is the one that the administration uses in a request.
"""

import contextlib
import itertools
import logging
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from import_export.formats import base_formats

from partners.enums import TransferProblem, TransferStatus
from partners.files.storage import removed_on_failure
from partners.models import ListTransfer
from partners.permissions import access_for
from partners.services.list_transfers.counting import RowCounter
from partners.services.list_transfers.differences import CountedResult, ListDiff, account_of
from partners.services.list_transfers.memory import memory_of_at_most

logger = logging.getLogger(__name__)

TRIES = 2
RECORDS_AT_ONCE = 500
ENCODING = "utf-8-sig"
"""Of text files that come in: with the mark that Excel puts in front, and without."""


class ListCSV(base_formats.CSV):
    def create_dataset(self, in_stream: str | bytes, **kwargs: Any) -> Any:
        """A file that holds what no column of text does cannot be read; so says the page or the worker."""
        if (b"\0" if isinstance(in_stream, bytes) else "\0") in in_stream:  # type: ignore[operator]  # of its type
            raise ValueError("NUL in a text file")
        return super().create_dataset(in_stream, **kwargs)


FORMATS = {"xlsx": base_formats.XLSX, "csv": ListCSV}


class TransferFailedError(Exception):
    """The work ends here, for a reason that a person can be given."""

    def __init__(self, problem: TransferProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def do(transfer: ListTransfer) -> None:
    """Do what is next for it. What ends with the worker is done once more, then given up."""
    if transfer.attempts >= TRIES:
        fail(transfer, TransferProblem.BROKEN_OFF)
        return
    transfer.attempts += 1
    transfer.begun_at = timezone.now()
    ListTransfer.objects.filter(pk=transfer.pk).update(attempts=transfer.attempts, begun_at=transfer.begun_at)
    try:
        with translation.override(transfer.language), memory_of_at_most(settings.LIST_MEMORY_BYTES):
            _demand_right(transfer)
            if transfer.is_export:
                _export(transfer)
            elif transfer.status == TransferStatus.WAITING:
                _preview(transfer)
            else:
                _apply(transfer)
    except TransferFailedError as error:
        fail(transfer, error.problem)
    except DiscardedError:
        logger.info("An export or import was discarded while it was worked on")


def fail(transfer: ListTransfer, problem: TransferProblem) -> None:
    ListTransfer.objects.pending().filter(pk=transfer.pk).update(
        status=TransferStatus.FAILED, problem=problem, preview=transfer.preview
    )


def may_be_tried_again(transfer: ListTransfer) -> bool:
    return transfer.attempts < TRIES


def _demand_right(transfer: ListTransfer) -> None:
    """Rights may have ended since it was asked for."""
    model = apps.get_model(transfer.list_of)
    code = (
        settings.IMPORT_EXPORT_EXPORT_PERMISSION_CODE
        if transfer.is_export
        else settings.IMPORT_EXPORT_IMPORT_PERMISSION_CODE
    )
    codename = get_permission_codename(code, model._meta)  # noqa: SLF001  # the documented way to a model's facts
    right = f"{model._meta.app_label}.{codename}"  # noqa: SLF001  # as above
    if not (access_for(transfer.person).administers and transfer.person.has_perm(right)):
        raise TransferFailedError(TransferProblem.NOT_ALLOWED)


def _export(transfer: ListTransfer) -> None:
    resource, file_format = _resource(transfer), FORMATS[transfer.format]()
    dataset = resource.export(
        queryset=_in_order(resource, transfer.keys, RowCounter(transfer)),
        force_native_type=file_format.is_binary(),
    )
    content = file_format.export_data(dataset)
    with removed_on_failure() as stored, _still_pending(transfer) as mine:
        data = content.encode() if isinstance(content, str) else content
        mine.file.save(f"{mine.list_of}.{mine.format}", ContentFile(data), save=False)
        stored.append(mine.file)
        mine.status = TransferStatus.READY
        mine.save(update_fields=["file", "status"])


def _in_order(resource: Any, keys: Sequence[int], progress: RowCounter) -> Iterator[Any]:
    """The records as the page listed them, some at a time. One that was deleted since is left out."""
    for some in _batches(keys):
        found = resource.get_queryset().in_bulk(some)
        for key in some:
            if key in found:
                yield found[key]
            progress()


def _batches(keys: Sequence[int]) -> Iterator[list[int]]:
    left = iter(keys)
    while some := list(itertools.islice(left, RECORDS_AT_ONCE)):
        yield some


def _preview(transfer: ListTransfer) -> None:
    result = _imported(transfer, dry_run=True)
    transfer.preview = account_of(result)
    if transfer.preview["error_count"]:
        raise TransferFailedError(TransferProblem.ERRORS)
    with _still_pending(transfer) as mine:
        mine.status, mine.preview = TransferStatus.READY, transfer.preview
        mine.save(update_fields=["status", "preview"])


def _apply(transfer: ListTransfer) -> None:
    """Write it and note that it is done, in one transaction: a worker that dies leaves neither."""
    with _still_pending(transfer) as mine:
        result = _imported(transfer, dry_run=False)
        transfer.preview = account_of(result)
        if transfer.preview["error_count"]:
            raise TransferFailedError(TransferProblem.ERRORS)
        _log(transfer, result)
        mine.status, mine.preview = TransferStatus.DONE, transfer.preview
        mine.save(update_fields=["status", "preview"])


def _imported(transfer: ListTransfer, *, dry_run: bool) -> Any:
    dataset, resource = _dataset(transfer), _resource(transfer)
    if dry_run:
        transfer.row_count = len(dataset)
        ListTransfer.objects.filter(pk=transfer.pk).update(row_count=transfer.row_count)
    resource.get_diff_class = lambda: ListDiff
    resource.get_result_class = lambda: partial(CountedResult, RowCounter(transfer))
    return resource.import_data(
        dataset,
        dry_run=dry_run,
        raise_errors=False,
        rollback_on_validation_errors=True,
        retain_instance_in_row_result=not dry_run,
        file_name=transfer.name,
        user=transfer.person,
    )


def _dataset(transfer: ListTransfer) -> Any:
    file_format = FORMATS[transfer.format](encoding=ENCODING)
    with transfer.file.open("rb") as file:
        content = file.read()
    try:
        dataset = file_format.create_dataset(content)
    except Exception as error:  # the libraries for spreadsheets raise whatever they like
        if isinstance(error, MemoryError):
            raise
        raise TransferFailedError(TransferProblem.UNREADABLE) from error
    if not dataset:
        raise TransferFailedError(TransferProblem.UNREADABLE)
    if len(dataset) > settings.LIST_MOST_ROWS:
        raise TransferFailedError(TransferProblem.TOO_MANY)
    return dataset


def _resource(transfer: ListTransfer) -> Any:
    return _administration_of(transfer).resource_classes[0]()


def _administration_of(transfer: ListTransfer) -> Any:
    return admin.site.get_model_admin(apps.get_model(transfer.list_of))


def _log(transfer: ListTransfer, result: Any) -> None:
    """The entries of the administration's own log, as an import in a request leaves them."""
    changed: dict[str, list[Any]] = {}
    for row in result.rows:
        changed.setdefault(row.import_type, []).append(row.instance)
    _administration_of(transfer)._create_log_entries(transfer.person_id, changed)  # noqa: SLF001  # has no public name


@contextlib.contextmanager
def _still_pending(transfer: ListTransfer) -> Iterator[ListTransfer]:
    """The row under a lock, in the transaction of what the block does; it may have been discarded."""
    with transaction.atomic():
        mine = ListTransfer.objects.select_for_update(of=("self",)).pending().filter(pk=transfer.pk).first()
        if mine is None:
            raise DiscardedError
        yield mine


class DiscardedError(Exception):
    """Nobody waits for it any more."""
