from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.enums import TOTAL
from measures.models import TargetGroup
from partners.models import Region
from reporting.aggregates.overview import Selection
from reporting.enums import Standing


class SelectionForm(forms.Form):
    """The filter of the dashboard and of the pages below it. Whatever is left out keeps its default."""

    jahr = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)
    land = forms.ChoiceField(label=_("Land"), required=False)
    zielgruppe = forms.ChoiceField(label=_("Target group"), required=False)
    stand = forms.ChoiceField(label=_("Values"), choices=Standing.choices, required=False)

    def __init__(
        self,
        given: dict[str, str],
        *,
        years: Sequence[int],
        year: int,
        regions: Sequence[Region],
        groups: Sequence[TargetGroup],
    ) -> None:
        defaults = {"jahr": str(year), "land": "", "zielgruppe": TOTAL, "stand": Standing.APPROVED.value}
        super().__init__(defaults | {name: value for name, value in given.items() if value})
        self.year = year
        self._choose("jahr", [(str(each), str(each)) for each in sorted(years, reverse=True)])
        self._choose("land", [("", _("All Länder")), *((region.code, region.name) for region in regions)])
        self._choose(
            "zielgruppe",
            [(group.code, _("All target groups") if group.code == TOTAL else group.name) for group in groups],
        )

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # the fields are declared above
        field.choices = choices

    def selection(self) -> Selection:
        """What was asked for; what is not valid falls back to the default and is named by the form."""
        self.full_clean()
        valid = self.cleaned_data
        return Selection(
            year=valid.get("jahr") or self.year,
            region=valid.get("land", ""),
            target_group=valid.get("zielgruppe") or TOTAL,
            standing=Standing(valid.get("stand") or Standing.APPROVED),
        )
