"""Setting up a schedule."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.forms.rounds import DayField
from reporting.enums import Recurrence, YearOfReport
from reporting.forms.editions import ChosenEdition, edition_choices, offer
from reporting.selectors.editions import Edition


class ScheduleForm(forms.Form):
    """Which report, of which year, and when. Times are those of the clocks in Germany."""

    edition = forms.TypedChoiceField(label=_("Report"), coerce=ChosenEdition.parse)
    year_of_report = forms.TypedChoiceField(
        label=_("Reporting year"),
        choices=YearOfReport.choices,
        coerce=lambda value: YearOfReport(int(value)),
        initial=YearOfReport.PREVIOUS,
    )
    recurrence = forms.TypedChoiceField(
        label=_("How often"), choices=Recurrence.choices, coerce=Recurrence, initial=Recurrence.YEARLY
    )
    first_on = DayField(label=_("For the first time on"))
    time = forms.TimeField(
        label=_("Time of day"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("As clocks in Germany show it, in summer and winter."),
    )

    def __init__(self, given: Mapping[str, str] | None, *, editions: Sequence[Edition]) -> None:
        super().__init__(given)
        offer(self, "edition", edition_choices(editions))

    @property
    def settings(self) -> dict[str, Any]:
        """What the service asks for."""
        settings = dict(self.cleaned_data)
        chosen: ChosenEdition = settings.pop("edition")
        return {"report_type": chosen.report_type.code, "scope": chosen.scope, **settings}
