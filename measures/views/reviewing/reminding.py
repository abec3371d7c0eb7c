"""Reminding organisations in one's own words: choosing them, writing, looking at the mail, sending."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from measures.forms.board import ReminderForm
from measures.permissions import may_remind
from measures.selectors.board.rows import BoardRow, completed
from measures.selectors.notices.previews import previews_of
from measures.services.notices.personal import Reminded, remind
from measures.views.reviewing.board import chosen_board
from measures.views.submissions import signed_in
from partners.middleware import PortalRequest
from partners.sign_in.kept_forms import filled, keeps_posted_form, stands_on

ALL = "all"
CHOSEN = "chosen"
"""In an address: those it is about, by their numbers."""
PREVIEW, SEND, EDIT = "preview", "send", "edit"


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def review_remind(request: PortalRequest) -> HttpResponse:
    """First the words, then the mail as it will be, then it is sent; what was chosen is sent along.

    Its own address, by which another language or a new sign-in lead back, names those that were chosen.
    """
    if not (request.access.manages_data or request.access.coordinates):
        raise PermissionDenied
    rows = _chosen(request)
    if not rows:
        messages.error(request, _("Nothing is ticked. Tick the organisations it is about."))
        return _to_board(request)
    stands_on(request, _address(request, rows))
    step = request.POST.get("step", "")
    form = filled(request, ReminderForm(request.POST if step in {PREVIEW, SEND, EDIT} else None))
    if not form.is_valid() or step == EDIT:
        is_refused = form.is_bound and step != EDIT
        status = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
        context = {"form": form, "rows": rows}
        return render(request, "measures/board/remind.html", context, status=status)
    if step == SEND:
        _report(
            request,
            remind(
                submission_ids=[each.submission.pk for each in rows],
                access=request.access,
                actor=signed_in(request),
                text=form.cleaned_data["text"],
            ),
        )
        return _to_board(request)
    text = form.cleaned_data["text"]
    context = {
        "rows": rows,
        "text": text,
        "previews": previews_of(rows, signed_in(request), text),
        "people": {contact.email for each in rows for contact in each.contacts},
    }
    return render(request, "measures/board/preview.html", context)


def _chosen(request: PortalRequest) -> list[BoardRow]:
    """Those that are ticked, or all that the board shows with its filters; only who may be reminded."""
    _form, board = chosen_board(request)
    possible = [each for each in board.everybody if may_remind(request.access, each.submission)]
    if request.POST.get("choice") == ALL:
        shown = {each.submission.pk for each in board.rows}
        return completed(each for each in possible if each.submission.pk in shown)
    ticked = {*request.POST.getlist("submissions"), *request.GET.get(CHOSEN, "").split("-")}
    return completed(each for each in possible if str(each.submission.pk) in ticked)


def _address(request: PortalRequest, rows: list[BoardRow]) -> str:
    asked = request.GET.copy()
    asked[CHOSEN] = "-".join(str(each.submission.pk) for each in rows)
    return f"{request.path}?{asked.urlencode()}"


def _report(request: PortalRequest, outcome: Reminded) -> None:
    if outcome.done:
        text = ngettext(
            "%(count)d organisation has been reminded.",
            "%(count)d organisations have been reminded.",
            len(outcome.done),
        )
        messages.success(request, text % {"count": len(outcome.done)})
    if outcome.already:
        names = ", ".join(each.organisation.short_name for each in outcome.already)
        messages.warning(request, _("Reminded once today already: %(names)s.") % {"names": names})
    if outcome.left_out:
        names = ", ".join(each.organisation.short_name for each in outcome.left_out)
        messages.warning(
            request,
            _("Not reminded, because they have submitted or nobody records there: %(names)s.")
            % {"names": names},
        )


def _to_board(request: PortalRequest) -> HttpResponseRedirect:
    """The board with the choice it had."""
    asked = request.GET.copy()
    asked.pop(CHOSEN, None)
    filters = asked.urlencode()
    return redirect(f"{reverse('measures:review_missing')}{'?' if filters else ''}{filters}")
