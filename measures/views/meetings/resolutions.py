"""Resolutions: the list with its filter and as a file, one of them, and keeping them."""

import csv
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from measures.exceptions import CommitmentStaysError, MeetingChangedMeanwhileError
from measures.forms.meetings import ResolutionFilterForm, ResolutionForm
from measures.models import Meeting, Resolution
from measures.permissions import may_change_meetings
from measures.selectors.meetings.files import CSV_COLUMNS, csv_lines
from measures.selectors.meetings.resolutions import resolutions, with_commitments
from measures.services.meetings.keeping import change_resolution, create_resolution
from measures.views.meetings.meetings import changed_meanwhile, demand_keeper, find_meeting
from measures.views.submissions import PAGE_SIZE, signed_in
from partners.middleware import PortalRequest
from partners.sign_in.kept_forms import filled, keeps_posted_form


@require_safe
def resolution_list(request: PortalRequest) -> HttpResponse:
    form = ResolutionFilterForm(request.GET, access=request.access)
    page = Paginator(resolutions(request.access, form.chosen), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "measures/meetings/resolutions.html", {"form": form, "page": page})


@require_safe
def resolution_csv(request: PortalRequest) -> HttpResponse:
    """The list as the filter has it, a line for each commitment."""
    form = ResolutionFilterForm(request.GET, access=request.access)
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="resolutions.csv"'},
    )
    writer = csv.writer(response)
    writer.writerow(CSV_COLUMNS)
    writer.writerows(csv_lines(resolutions(request.access, form.chosen)))
    return response


@require_safe
def resolution_detail(request: PortalRequest, pk: int) -> HttpResponse:
    visible = with_commitments(Resolution.objects.visible_to(request.access).with_state())
    resolution = get_object_or_404(visible, pk=pk)
    sees_meeting = Meeting.objects.visible_to(request.access).filter(pk=resolution.meeting_id).exists()
    context = {
        "resolution": resolution,
        "sees_meeting": sees_meeting,
        "measures": resolution.measures.order_by("code"),
        "indicators": resolution.indicators.select_related("measure").order_by("position"),
        "targets": resolution.targets.select_related("indicator__measure").order_by("year"),
        "may_change": may_change_meetings(request.access),
    }
    return render(request, "measures/meetings/resolution.html", context)


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def resolution_create(request: PortalRequest, pk: int) -> HttpResponse:
    demand_keeper(request)
    meeting = find_meeting(request, pk)
    form = filled(request, ResolutionForm(request.POST or None))
    if form.is_valid():
        resolution = create_resolution(
            meeting_id=pk,
            values=form.values,
            lists=form.listed,
            responsible=form.responsible_ids,
            actor=signed_in(request),
        )
        messages.success(request, _("The resolution has been saved."))
        return redirect("measures:resolution_detail", resolution.pk)
    return _form_page(request, form, {"meeting": meeting})


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def resolution_change(request: PortalRequest, pk: int) -> HttpResponse:
    demand_keeper(request)
    resolution = get_object_or_404(Resolution.objects.visible_to(request.access), pk=pk)
    form = filled(request, ResolutionForm(request.POST or None, instance=resolution))
    if form.is_valid():
        try:
            change_resolution(
                resolution_id=pk,
                seen=form.was_seen,
                values=form.values,
                lists=form.listed,
                responsible=form.responsible_ids,
                actor=signed_in(request),
            )
        except MeetingChangedMeanwhileError as error:
            return changed_meanwhile(request, form, error, "measures/meetings/resolution_form.html")
        except CommitmentStaysError as error:
            form.add_error("responsible", str(error))
        else:
            messages.success(request, _("The resolution has been saved."))
            return redirect("measures:resolution_detail", pk)
    return _form_page(request, form, {"resolution": get_object_or_404(Resolution, pk=pk)})


def _form_page(request: PortalRequest, form: ResolutionForm, context: dict[str, Any]) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "measures/meetings/resolution_form.html", {"form": form, **context}, status=status)
