"""Views of the dashboards that a person keeps: saving, changing, doing without."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners.middleware import PortalRequest
from partners.sign_in.kept_forms import filled, keeps_posted_form, stands_on
from reporting.dashboards.filters import YEAR
from reporting.dashboards.links import view_url
from reporting.dashboards.registry import view_of
from reporting.exceptions import SavedViewError
from reporting.forms.saved_views import SavedViewForm, SaveViewForm
from reporting.models import SavedView
from reporting.selectors.saved_views import SavedViewLine, saved_views_of
from reporting.services.saved_views import change_view, delete_view, save_view
from reporting.views.acting import person_of
from reporting.views.filters import read_filters


@dataclass(frozen=True)
class _SavedEntry:
    line: SavedViewLine
    form: SavedViewForm


@require_safe
def saved_view_list(request: PortalRequest) -> HttpResponse:
    return _list(request)


@require_POST
def saved_view_create(request: PortalRequest, code: str) -> HttpResponse:
    """Keep the view under the filters in the address."""
    view = view_of(code)
    if view is None:
        raise Http404
    asked = read_filters(request, view.applying, options=view.options)
    here = view_url(view, asked.filters)
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the view a name to save it."))
        return redirect(here)
    kept = view.applying if form.cleaned_data["keeps_year"] else view.applying - {YEAR}
    try:
        save_view(
            person=person_of(request),
            name=form.cleaned_data["name"],
            view=view.code,
            query=asked.filters.query(kept),
        )
    except SavedViewError as error:
        messages.error(request, error.message)
        return redirect(here)
    messages.success(
        request, _("“%(name)s” is on your start page now.") % {"name": form.cleaned_data["name"]}
    )
    return redirect(here)


@keeps_posted_form
@require_POST
def saved_view_change(request: PortalRequest, pk: int) -> HttpResponse:
    saved = _own(request, pk)
    form = filled(request, _form(saved, request))
    if form.is_valid():
        try:
            change_view(saved_id=saved.pk, **form.cleaned_data)
        except SavedViewError as error:
            form.add_error("name", str(error.message))
        else:
            messages.success(request, _("Your choice has been saved."))
            return redirect("reporting:saved_view_list")
    return _list(request, changed=(saved.pk, form))


@require_POST
def saved_view_delete(request: PortalRequest, pk: int) -> HttpResponse:
    saved = _own(request, pk)
    delete_view(saved_id=saved.pk)
    messages.success(request, _("“%(name)s” has been deleted.") % {"name": saved.name})
    return redirect("reporting:saved_view_list")


def _list(request: PortalRequest, changed: tuple[int, SavedViewForm] | None = None) -> HttpResponse:
    """All of one's own, each with its form; ``changed``: the one whose form has errors to show."""
    here = reverse("reporting:saved_view_list")
    stands_on(request, here)

    def form_of(saved: SavedView) -> SavedViewForm:
        if changed and changed[0] == saved.pk:
            return changed[1]
        return filled(request, _form(saved), reverse("reporting:saved_view_change", args=[saved.pk]))

    entries = [_SavedEntry(line, form_of(line.saved)) for line in saved_views_of(request.access)]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if changed else HTTPStatus.OK
    return render(
        request, "reporting/saved_view_list.html", {"entries": entries, "here": here}, status=status
    )


def _own(request: PortalRequest, pk: int) -> SavedView:
    return get_object_or_404(SavedView.objects.of(request.access), pk=pk)


def _form(saved: SavedView, request: PortalRequest | None = None) -> SavedViewForm:
    """The names of its fields carry the view's number: the page holds a form of each."""
    return SavedViewForm(
        request.POST if request else None,
        prefix=f"view-{saved.pk}",
        initial={"name": saved.name, "is_pinned": saved.is_pinned, "interval": saved.interval},
    )
