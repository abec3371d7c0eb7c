"""What a reader asked to see, read the same way on every page with numbers."""

from dataclasses import dataclass

from django.http import HttpRequest

from reporting.aggregates.overview import Selection
from reporting.forms import SelectionForm
from reporting.selectors.selection import SelectionChoices, load_selection_choices


@dataclass(frozen=True)
class RequestedSelection:
    form: SelectionForm
    selection: Selection
    choices: SelectionChoices

    @property
    def limits(self) -> list[str]:
        return self.choices.limits(self.selection)


def read_selection(request: HttpRequest, *, year: int | None = None) -> RequestedSelection:
    """Without a year in the address it is the latest with approved figures."""
    choices = load_selection_choices()
    form = SelectionForm(
        request.GET.dict() | ({"jahr": str(year)} if year else {}),
        years=choices.years,
        year=year or choices.latest_year,
        regions=choices.laender,
        groups=list(choices.groups.values()),
    )
    return RequestedSelection(form, form.selection(), choices)
