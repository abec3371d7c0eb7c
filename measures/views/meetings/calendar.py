"""A person's calendar: its private address, and what a calendar program gets there."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.models import CalendarFeed, Meeting, Resolution
from measures.renderers.calendar import render_calendar
from measures.selectors.meetings.calendars import calendar_entries
from measures.services.meetings.feeds import create_feed, person_of_feed, revoke_feed
from measures.views.submissions import signed_in
from partners.middleware import PortalRequest
from partners.permissions import access_for


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: PortalRequest) -> HttpResponse:
    """Whether there is an address; with POST a new one, which is shown this once."""
    address = ""
    if request.method == "POST":
        token = create_feed(user=signed_in(request))
        path = reverse("measures:calendar_file", args=[get_language() or "de", token])
        address = request.build_absolute_uri(path)
    feed = CalendarFeed.objects.filter(user=signed_in(request)).first()
    return render(request, "measures/meetings/calendar.html", {"feed": feed, "address": address})


@require_POST
def calendar_revoke(request: PortalRequest) -> HttpResponse:
    if revoke_feed(user=signed_in(request)):
        messages.success(request, _("The address is revoked. Calendars that know it get nothing any more."))
    return redirect("measures:calendar")


@login_not_required
@require_safe
def calendar_file(request: PortalRequest, language: str, token: str) -> HttpResponse:
    """For calendar programs, which do not sign in: the address is the proof. Rights are those of now."""
    person = person_of_feed(token)
    if person is None or language not in dict(settings.LANGUAGES):
        raise Http404

    def address_of(thing: Meeting | Resolution) -> str:
        name = "meeting_detail" if isinstance(thing, Meeting) else "resolution_detail"
        return request.build_absolute_uri(reverse(f"measures:{name}", args=[thing.pk]))

    with override(language):
        entries = calendar_entries(access_for(person), address_of)
        content = render_calendar(
            entries, name=_("Alliance for Initial and Further Training"), language=language
        )
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
