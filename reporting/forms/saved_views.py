"""Keeping views of the dashboards."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.enums import SendingInterval


class SaveViewForm(forms.Form):
    """Keeping the view on the screen."""

    name = forms.CharField(label=_("Name"), max_length=100)
    keeps_year = forms.BooleanField(
        label=_("Always show this year, not the newest"), required=False, initial=False
    )


class SavedViewForm(forms.Form):
    """What becomes of a view that was kept."""

    name = forms.CharField(label=_("Name"), max_length=100)
    is_pinned = forms.BooleanField(label=_("Show on the start page"), required=False)
    interval = forms.ChoiceField(label=_("Link by mail"), choices=SendingInterval.choices, required=False)

    def clean_interval(self) -> SendingInterval:
        return SendingInterval(self.cleaned_data["interval"])
