"""Deciding on releases: when, why a warning is accepted, what was wrong, and who reads before."""

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.forms.rounds import DayField
from partners.forms import MailAddressField
from reporting.editions.recurrence import on_the_clock
from reporting.enums import Language
from reporting.services.releases.previews import LONGEST

_LONGEST_TEXT = 2000


def _long_text(label, **more) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=_LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}), **more
    )


class ReleaseForm(forms.Form):
    """At once, or at a moment of the clocks in Germany."""

    day = DayField(label=_("Publish on"), required=False, help_text=_("Leave both empty to publish at once."))
    time = forms.TimeField(
        label=_("At"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("As clocks in Germany show it, in summer and winter."),
    )

    def clean(self) -> None:
        data = self.cleaned_data
        day, time = data.get("day"), data.get("time")
        if "day" in self.errors or "time" in self.errors:
            return
        if bool(day) is not (time is not None):
            self.add_error("time" if day else "day", _("Give both the day and the time, or neither."))
        data["publish_at"] = on_the_clock(day, time) if day and time is not None else None


class WarningForm(forms.Form):
    """Why a warning is no reason not to release the report."""

    finding = forms.CharField(widget=forms.HiddenInput)
    reason = _long_text(_("Reason"))


class NoteForm(forms.Form):
    """What readers get to know, in both languages."""

    german = _long_text(_("For readers, in German"))
    english = _long_text(_("For readers, in English"))


class PreviewForm(forms.Form):
    """Somebody who reads the report before its release."""

    name = forms.CharField(label=_("Name"), max_length=100)
    email = MailAddressField(label=_("E-mail address"))
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    days = forms.IntegerField(label=_("Days for reading"), min_value=1, max_value=LONGEST.days, initial=14)


class SubscriptionForm(forms.Form):
    """An address for mails about releases."""

    email = MailAddressField(label=_("E-mail address"))
