"""Reports by the clock: what is set up, setting up and stopping it."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partners.middleware import PortalRequest
from partners.sign_in.kept_forms import filled, keeps_posted_form
from reporting.exceptions import ReportError
from reporting.forms.schedules import ScheduleForm
from reporting.models import ReportSchedule
from reporting.permissions import may_stop_schedule
from reporting.selectors.schedules import editions_to_schedule, schedule_lines, schedules_for
from reporting.services.schedules import create_schedule, stop_schedule
from reporting.views.acting import person_of

SCHEDULES_ON_A_PAGE = 20


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_list(request: PortalRequest) -> HttpResponse:
    editions = editions_to_schedule(request.access)
    if not editions and (request.method == "POST" or not request.access.reads_all):
        raise PermissionDenied
    form = filled(
        request, ScheduleForm(request.POST if request.method == "POST" else None, editions=editions)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = create_schedule(owner=person_of(request), **form.settings)
        except ReportError as error:
            form.add_error("edition", str(error.message))
        else:
            moment = date_format(localtime(made.next_at), "SHORT_DATETIME_FORMAT")
            messages.success(
                request, _("The schedule is set up. It runs next on %(moment)s.") % {"moment": moment}
            )
            return redirect("reporting:schedule_list")
    page = Paginator(schedules_for(request.access), SCHEDULES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "lines": schedule_lines(request.access, list(page.object_list)),
        "form": form if editions else None,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "reporting/schedule_list.html", context, status=status)


@require_POST
def schedule_stop(request: PortalRequest, pk: int) -> HttpResponse:
    schedule = get_object_or_404(ReportSchedule.objects.visible_to(request.access), pk=pk)
    if not may_stop_schedule(request.access, schedule):
        raise PermissionDenied
    stop_schedule(schedule_id=schedule.pk)
    messages.success(request, _("The schedule has been stopped. What it had produced stays."))
    return redirect("reporting:schedule_list")
