"""What goes with the numbers of a view into its workbook: what they are, under which filters, by whom."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext

from reporting.dashboards.data import View, ViewData
from reporting.renderers import wording


def about(view: View, data: ViewData, limits: Sequence[str]) -> list[tuple[str, str]]:
    return list(_about(view, data, limits))


def _about(view: View, data: ViewData, limits: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield gettext("View"), str(view.title)
    yield gettext("Question"), str(view.question)
    yield gettext("Filters"), " · ".join(limits)
    yield gettext("Exported"), wording.moment(timezone.now())
    if data.completeness:
        yield gettext("Completeness"), data.completeness
    for note in data.notes:
        yield gettext("Note"), note
    for definition in data.definitions:
        parts = (definition.counted, definition.text, definition.source)
        yield definition.name, " – ".join(filter(None, parts))
