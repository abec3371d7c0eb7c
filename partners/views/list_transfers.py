"""Long lists of the administration that a worker exports or imports: how far, what would change, the file."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from partners.enums import TransferStatus
from partners.exceptions import TooManyTransfersError, TransferNotReadyError
from partners.models import ListTransfer, User
from partners.services.list_transfers import requests
from partners.services.list_transfers.counting import percent_done
from partners.services.list_transfers.work import FORMATS
from partners.tasks import transfer_list_after_commit

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django_htmx.middleware import HtmxDetails

    from partners.middleware import PortalRequest

    class HtmxRequest(PortalRequest):
        htmx: HtmxDetails


MOST_SHOWN = 50


@require_safe
def list_transfers(request: "PortalRequest") -> "HttpResponse":
    """One's own of the last day, the latest first."""
    if not request.access.administers:
        raise PermissionDenied
    found = ListTransfer.objects.kept_for(request.access.user_id).defer("keys", "preview")[:MOST_SHOWN]
    return render(request, "partners/list_transfers/list.html", {"transfers": found})


@require_safe
def list_transfer(request: "HtmxRequest", pk: int) -> "HttpResponse":
    """The page of one; while a worker has it to do, it asks for its progress again and again."""
    try:
        transfer = _find(request, pk)
    except Http404:
        if not request.htmx:
            raise
        return HttpResponseClientRedirect(reverse("partners:list_transfers"))  # removed: stop asking
    app, model = transfer.list_of.split(".")
    context = {
        "transfer": transfer,
        "percent": percent_done(transfer) if transfer.is_pending else None,
        "list_address": reverse(f"admin:{app}_{model}_changelist"),
    }
    page = "_state" if request.htmx else "detail"
    return render(request, f"partners/list_transfers/{page}.html", context)


@require_safe
def list_transfer_file(request: "PortalRequest", pk: int) -> FileResponse:
    transfer = _find(request, pk)
    if not (transfer.is_export and transfer.status == TransferStatus.READY):
        raise Http404
    return FileResponse(
        transfer.file.open("rb"),
        as_attachment=True,
        filename=transfer.name,
        content_type=FORMATS[transfer.format]().get_content_type(),
    )


@require_POST
def list_transfer_confirm(request: "PortalRequest", pk: int) -> "HttpResponse":
    """Write an import whose preview is on the page."""
    transfer = _find(request, pk)
    assert isinstance(request.user, User)  # noqa: S101  # for the types: the middleware lets nobody else through
    try:
        with transaction.atomic():
            requests.confirm_import(transfer_id=transfer.pk, person=request.user)
            transfer_list_after_commit()
    except (TransferNotReadyError, TooManyTransfersError) as error:
        messages.info(request, str(error))
    return redirect("partners:list_transfer", transfer.pk)


@require_POST
def list_transfer_discard(request: "PortalRequest", pk: int) -> "HttpResponse":
    transfer = _find(request, pk)
    try:
        requests.discard(transfer_id=transfer.pk)
    except TransferNotReadyError as error:
        messages.info(request, str(error))
        return redirect("partners:list_transfer", transfer.pk)
    messages.success(request, _("It has been removed."))
    return redirect("partners:list_transfers")


def _find(request: "PortalRequest", pk: int) -> ListTransfer:
    """One's own; anybody else's is not found, nor is one's own without a part in the administration."""
    if not request.access.administers:
        raise Http404
    return get_object_or_404(ListTransfer.objects.kept_for(request.access.user_id).defer("keys"), pk=pk)
