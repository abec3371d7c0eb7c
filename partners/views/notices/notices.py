"""What concerns a person: notices, which of them come by mail, and doing without by a link in one."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.forms import NoticePreferencesForm
from partners.models import Notice, User
from partners.selectors.notice_groups import GroupKey, groups_of, in_group, unfolded
from partners.selectors.notices import as_seen_by, bounce_of, may_see, notices_of, preferences_of
from partners.services.notices.unsubscribing import person_of, unsubscribe
from partners.services.notices.writing import mark_read, set_preferences
from partners.sign_in.kept_forms import filled, keeps_posted_form
from partners.views.links import without_referrer

if TYPE_CHECKING:
    from django.http import HttpRequest

    from partners.middleware import PortalRequest

PAGE_SIZE, GROUPS_ON_A_PAGE = 50, 25
UNREAD = "unread"


@require_safe
def notice_list(request: "PortalRequest") -> HttpResponse:
    """One's own notices in groups, all or the unread ones; those of one group one below the other."""
    user = _person(request)
    is_unread_only = request.GET.get("show") == UNREAD
    context: dict[str, Any] = {
        "is_unread_only": is_unread_only,
        "unread": user.unread_notices,
        "bounce": bounce_of(user.email),
    }
    if key := GroupKey.asked_for(request.GET):
        notices = in_group(notices_of(user, unread_only=is_unread_only), key)
        shown = Paginator(notices, PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {
            "page": shown,
            "group": key,
            "notices": as_seen_by(request.access, list(shown.object_list)),
        }
    else:
        groups = groups_of(user, unread_only=is_unread_only)
        page = Paginator(groups, GROUPS_ON_A_PAGE).get_page(request.GET.get("page"))
        chosen = list(page.object_list)
        context |= {
            "page": page,
            "groups": unfolded(user, request.access, chosen, unread_only=is_unread_only),
        }
    return render(request, "partners/notices/list.html", context)


@require_POST
def notice_open(request: "PortalRequest", pk: int) -> HttpResponse:
    """Mark one as read and go to what it is about, or back to the list where that is not theirs now."""
    notice = get_object_or_404(Notice, pk=pk, person=_person(request))
    mark_read(user=_person(request), notice_id=notice.pk)
    is_only_marked = request.POST.get("then") == "stay"
    if is_only_marked or not may_see(request.access, notice):
        return redirect(_list_again(request))
    return redirect(notice.address)


@require_POST
def notices_read(request: "PortalRequest") -> HttpResponse:
    """All of them, or those of the group that the form names."""
    group = GroupKey.asked_for(request.POST)
    mark_read(user=_person(request), group=group)
    if group is None:
        messages.success(request, _("All notices are marked as read."))
    return redirect(_list_again(request))


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def notice_preferences(request: "PortalRequest") -> HttpResponse:
    """Which kinds come by mail, and in which language."""
    user = _person(request)
    form = NoticePreferencesForm(
        request.POST if request.method == "POST" else None, user=user, preferences=preferences_of(user)
    )
    form = filled(request, form)
    if form.is_valid():
        set_preferences(user=user, unwanted=form.unwanted, language=form.cleaned_data["language"])
        messages.success(request, _("Your choice has been saved."))
        return redirect("partners:notice_preferences")
    context = {"form": form, "bounce": bounce_of(user.email)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "partners/notices/preferences.html", context, status=status)


@csrf_exempt  # the reader's mail program sends the form (RFC 8058); the token stands for the person
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice_unsubscribe(request: "HttpRequest", token: str) -> HttpResponse:
    """Do without mails that are not legally due: asked first where a person opens the link."""
    person = person_of(token)
    if person is None:
        raise Http404
    is_done = request.method == "POST"
    if is_done:
        unsubscribe(person)
    return without_referrer(render(request, "partners/notices/unsubscribe.html", {"is_done": is_done}))


def _list_again(request: "PortalRequest") -> str:
    """The list as it was: its page, and whether it showed the unread ones alone."""
    asked = request.GET.urlencode()
    return f"{reverse('partners:notice_list')}{'?' if asked else ''}{asked}"


def _person(request: "PortalRequest") -> User:
    """The person at the screen; the sign-in middleware has let nobody else through."""
    return cast("User", request.user)
