"""The filters of a request, read the same way on every page with numbers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext

from partners.middleware import PortalRequest
from reporting.dashboards.choices import Choices, load_choices
from reporting.dashboards.filters import Filters
from reporting.dashboards.options import Option
from reporting.forms.filters import FilterForm


@dataclass(frozen=True)
class RequestedFilters:
    form: FilterForm
    filters: Filters
    choices: Choices
    applying: Collection[str]

    @property
    def limits(self) -> list[str]:
        return self.choices.limits(self.filters, self.applying)


def read_filters(
    request: PortalRequest,
    applying: Collection[str],
    *,
    options: Sequence[Option] = (),
    year: int | None = None,
    is_of_one: bool = False,
) -> RequestedFilters:
    """An organisation that is unknown or not for the reader's eyes is not found; other errors are named.

    Without a year in the address it is the last whose round is closed. ``is_of_one``: the page is of a single
    organisation, which the view looks for itself.
    """
    choices = load_choices(request.access)
    if not choices.rounds:
        raise Http404(gettext("There is no reporting round yet."))
    form = FilterForm(request.GET.dict(), choices=choices, applying=applying, options=options, year=year)
    form.is_of_one = is_of_one
    filters = form.filters()
    if form.names_hidden_organisation:
        raise Http404
    return RequestedFilters(form, filters, choices, applying)
