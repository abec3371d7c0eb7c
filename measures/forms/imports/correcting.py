"""A held row as a person corrects it: what it states, and what it belongs to."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.exceptions import TypedValueError
from measures.forms.typed_entries import read_entry
from measures.models import Indicator, StagedFigure
from measures.selectors.imports import mapping
from measures.services.imports.writing.correcting import RowCorrection
from measures.typed_values import Entry
from partners.forms import ReasonField

KEY = ("organisation", "indicator", "year", "region", "occupation", "target_group")
LABELS = {
    "organisation": _("Organisation"),
    "indicator": _("Indicator"),
    "year": _("Year"),
    "region": _("Land"),
    "occupation": _("Occupation"),
    "target_group": _("Target group"),
}


class RowCorrectionForm(forms.Form):
    value = forms.CharField(
        label=_("Value"),
        help_text=_("A number, or * (confidential), x (not applicable), … (follows later), k. A. (unknown)."),
        max_length=40,
    )

    def __init__(self, *args: Any, row: StagedFigure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = mapping.choices(set(KEY))
        for name in KEY:
            known = getattr(row, name)
            self.fields[name] = forms.ChoiceField(
                label=LABELS[name],
                choices=[("", gettext("please choose")), *choices[name]],
                initial="" if known is None else str(known),
            )
        self.shown = Entry(row.value, row.absence)
        self.fields["value"].initial = row.original if self.shown.is_empty else self.shown.text

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        indicator = Indicator.objects.filter(code=cleaned.get("indicator", "")).first()
        if indicator and "value" in cleaned:
            try:
                cleaned["entry"] = read_entry(cleaned["value"], decimals=indicator.decimals, shown=self.shown)
            except TypedValueError as error:
                self.add_error("value", str(error))
        return cleaned

    def corrected(self) -> RowCorrection:
        cleaned = self.cleaned_data
        return RowCorrection(
            organisation=cleaned["organisation"],
            indicator=cleaned["indicator"],
            year=int(cleaned["year"]),
            region=cleaned["region"],
            occupation=cleaned["occupation"],
            target_group=cleaned["target_group"],
            entry=cleaned["entry"],
        )


class CorrectionReasonForm(forms.Form):
    reason = ReasonField(
        label=_("Reason"),
        help_text=_(
            "Needed where submitted or approved figures change, and where a value asks for an explanation. "
            "Everybody who follows them reads it."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
