"""Meetings: the list, one with its resolutions, and keeping them as a data steward."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from measures.exceptions import MeetingChangedMeanwhileError
from measures.forms.meetings import MeetingForm, SeenForm
from measures.models import Meeting, Resolution
from measures.permissions import may_change_meetings
from measures.selectors.meetings.commitments import commitments_to_decide, open_commitments
from measures.selectors.meetings.listed import listed_meetings
from measures.selectors.meetings.resolutions import with_commitments
from measures.services.meetings.keeping import change_meeting, create_meeting
from partners.middleware import PortalRequest
from partners.sign_in.kept_forms import filled, keeps_posted_form


def demand_keeper(request: PortalRequest) -> None:
    if not may_change_meetings(request.access):
        raise PermissionDenied


def find_meeting(request: PortalRequest, pk: int) -> Meeting:
    """The meeting, if this person may see it; to everybody else it does not exist."""
    meeting: Meeting = get_object_or_404(Meeting.objects.visible_to(request.access), pk=pk)
    return meeting


@require_safe
def meeting_list(request: PortalRequest) -> HttpResponse:
    meetings = listed_meetings(request.access)
    context = {
        "upcoming": [each for each in meetings if not each.is_past][::-1],
        "past": [each for each in meetings if each.is_past],
        "own": open_commitments(request.access),
        "to_decide": commitments_to_decide(request.access),
        "may_change": may_change_meetings(request.access),
    }
    return render(request, "measures/meetings/list.html", context)


@require_safe
def meeting_detail(request: PortalRequest, pk: int) -> HttpResponse:
    meeting = find_meeting(request, pk)
    resolutions = Resolution.objects.filter(meeting=meeting).with_state()
    context = {
        "meeting": meeting,
        "organisations": meeting.organisations.order_by("sort_key"),
        "people": meeting.people.order_by("last_name", "first_name"),
        "resolutions": with_commitments(resolutions),
        "may_change": may_change_meetings(request.access),
    }
    return render(request, "measures/meetings/meeting.html", context)


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_create(request: PortalRequest) -> HttpResponse:
    demand_keeper(request)
    form = filled(request, MeetingForm(request.POST or None))
    if form.is_valid():
        meeting = create_meeting(values=form.values, lists=form.listed)
        messages.success(request, _("The meeting has been saved."))
        return redirect("measures:meeting_detail", meeting.pk)
    return _form_page(request, form, {})


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_change(request: PortalRequest, pk: int) -> HttpResponse:
    demand_keeper(request)
    meeting = find_meeting(request, pk)
    form = filled(request, MeetingForm(request.POST or None, instance=meeting))
    if form.is_valid():
        try:
            change_meeting(meeting_id=pk, seen=form.was_seen, values=form.values, lists=form.listed)
        except MeetingChangedMeanwhileError as error:
            return changed_meanwhile(request, form, error, "measures/meetings/meeting_form.html")
        messages.success(request, _("The meeting has been saved."))
        return redirect("measures:meeting_detail", pk)
    return _form_page(request, form, {"meeting": get_object_or_404(Meeting, pk=pk)})


def changed_meanwhile(request: PortalRequest, form: SeenForm, error: Exception, page: str) -> HttpResponse:
    """What was typed stays on the page, which now counts as seen; the reader decides."""
    model = type(form.instance)
    now = get_object_or_404(model, pk=form.instance.pk)
    form.show_as_seen(now.sequence)
    form.add_error(None, str(error))
    context = {"form": form, model.__name__.lower(): now}
    return render(request, page, context, status=HTTPStatus.CONFLICT)


def _form_page(request: PortalRequest, form: MeetingForm, context: dict[str, Any]) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "measures/meetings/meeting_form.html", {"form": form, **context}, status=status)
