"""What the board of a round shows, and the words of a reminder."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.selectors.board.rows import MISSING, STATES, WITHOUT, BoardChoice
from partners.enums import ASKED_KINDS
from partners.models import Region

LONGEST_REMINDER = 2000


class BoardFilterForm(forms.Form):
    """Which organisations of which round; what makes no sense is as if it were not asked for."""

    q = forms.CharField(
        label=_("Organisation, by name or code"), max_length=100, required=False, widget=forms.TextInput
    )
    year = forms.TypedChoiceField(label=_("Reporting round"), coerce=int, required=False)
    umbrella = forms.CharField(
        label=_("Umbrella"), max_length=100, required=False, widget=forms.Select(choices=[])
    )
    region = forms.ChoiceField(label=_("Land"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *ASKED_KINDS])
    status = forms.ChoiceField(required=False, choices=list(STATES.items()), widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, str], *, years: Sequence[int], running: int) -> None:
        self.running = running
        super().__init__({"year": str(running), **{key: data[key] for key in data if data[key]}})
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]  # a choice field
        regions = Region.objects.exclude(code="_U").order_by("code")
        self.fields["region"].choices = [("", _("All")), *((each.code, each.name) for each in regions)]  # type: ignore[attr-defined]  # as above

    @property
    def choice(self) -> BoardChoice:
        self.is_valid()
        cleaned = self.cleaned_data
        return BoardChoice(
            year=cleaned.get("year") or self.running,
            words=cleaned.get("q", ""),
            umbrella=cleaned.get("umbrella", ""),
            region=cleaned.get("region", ""),
            kind=cleaned.get("kind", ""),
            status=cleaned.get("status") or MISSING,
        )

    def offer(self, umbrellas: Sequence[str]) -> None:
        """The umbrellas of the round, known once it has been looked up."""
        names = list(umbrellas)
        chosen = self.cleaned_data.get("umbrella", "")
        if chosen not in ("", WITHOUT, *names):
            names.append(chosen)
        self.fields["umbrella"].widget.choices = [
            ("", _("All")),
            *((name, name) for name in names),
            (WITHOUT, _("Without an umbrella")),
        ]


class ReminderForm(forms.Form):
    text = forms.CharField(
        label=_("Your text"),
        max_length=LONGEST_REMINDER,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Organisation, round and due date stand before it, in the language of each recipient."),
    )
