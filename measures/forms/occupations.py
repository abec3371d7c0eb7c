"""What of the occupations of an indicator a page shows: searched for, of an area, in which columns."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from measures.selectors.recording.occupations import OccupationChoice


class OccupationFilterForm(forms.Form):
    """Everything chosen is in the address; what makes no sense there counts as not chosen."""

    q = forms.CharField(
        label=_("Occupation, by name or code"), max_length=100, required=False, widget=forms.TextInput
    )
    area = forms.ChoiceField(label=_("Occupational area"), required=False)
    region = forms.ChoiceField(label=_("Land"), required=False)
    digits = forms.ChoiceField(label=_("Level of the occupations"), required=False)
    filled = forms.BooleanField(label=_("Only with values"), required=False)
    g = forms.MultipleChoiceField(
        label=_("Target groups beside the value for all"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: MultiValueDict[str, str],
        *,
        areas: Sequence[tuple[str, str]],
        regions: Sequence[tuple[str, str]],
        digits: Sequence[int],
        groups: Mapping[str, str],
    ) -> None:
        super().__init__(data)
        offered = {
            "area": [("", _("all areas")), *areas],
            "region": regions,
            "digits": [(str(each), _levels(each)) for each in digits],
            "g": list(groups.items()),
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field
        for name in ("region", "digits", "g"):
            if len(offered[name]) <= (0 if name == "g" else 1):
                del self.fields[name]

    @property
    def is_narrowed(self) -> bool:
        """Whether more than a search is chosen."""
        return any(self.data.get(name) for name in self.fields if name != "q")

    @property
    def chosen(self) -> OccupationChoice:
        self.is_valid()
        cleaned = self.cleaned_data
        return OccupationChoice(
            words=cleaned.get("q", ""),
            area=cleaned.get("area", ""),
            is_filled_only=cleaned.get("filled", False),
            groups=tuple(cleaned.get("g", ())),
            digits=int(cleaned.get("digits") or 0),
            region=cleaned.get("region", ""),
            page=str(self.data.get("page", "1")),
        )


def _levels(digits: int) -> str:
    names = {
        1: _("areas (1 digit)"),
        2: _("main groups (2 digits)"),
        3: _("groups (3 digits)"),
        4: _("subgroups (4 digits)"),
        5: _("types (5 digits)"),
    }
    return str(names[digits])
