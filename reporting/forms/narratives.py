"""The forms of texts for reports: asking for one, writing it, deciding on it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.forms.meetings import bodies
from measures.forms.rounds import DayField
from partners.models import Organisation, User
from partners.permissions import access_for
from reporting.editions.narratives import NARRATIVE_PLACES
from reporting.editions.types import REPORT_TYPES
from reporting.snapshot.passages import links_that_lead_nowhere


class NarrativeForm(forms.Form):
    """Asking for a text: for which place of which report, of whom, by when."""

    report_type = forms.ChoiceField(label=_("Kind of report"))
    year = forms.TypedChoiceField(label=_("Reporting year"), coerce=int)
    place = forms.ChoiceField(label=_("Place in the report"))
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("The ministry itself"),
        help_text=_("Everybody who works for it may write the text."),
    )
    assignee = forms.EmailField(
        label=_("Asked to write"),
        required=False,
        help_text=_("The address of somebody with an account; the text is then on their start page."),
    )
    due_on = DayField(label=_("Due on"))

    def __init__(self, data: Mapping[str, Any] | None, *, years: Sequence[int]) -> None:
        super().__init__(data)
        written = {code for place in NARRATIVE_PLACES.values() for code in place.report_types}
        self._offer(
            "report_type", [(code, each.name) for code, each in REPORT_TYPES.items() if code in written]
        )
        self._offer("year", [(year, str(year)) for year in years])
        self._offer("place", [(code, place.name) for code, place in NARRATIVE_PLACES.items()])
        field = self.fields["organisation"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = bodies()

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_assignee(self) -> User | None:
        address = self.cleaned_data["assignee"]
        if not address:
            return None
        found = User.objects.filter(email__iexact=address, is_active=True).first()
        if found is None:
            raise ValidationError(gettext("Nobody has an account with this address."))
        return found

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        place = NARRATIVE_PLACES.get(given.get("place", ""))
        if place is None:
            return given
        if given.get("report_type") and given["report_type"] not in place.report_types:
            self.add_error("place", gettext("This kind of report does not have this place."))
        organisation, assignee = given.get("organisation"), given.get("assignee")
        if organisation and not place.is_of_partners:
            self.add_error("organisation", gettext("The ministry itself writes in this place."))
        if assignee and not may_write_for(assignee, organisation):
            self.add_error("assignee", gettext("This person does not work for that organisation."))
        return given


def may_write_for(person: User, organisation: Organisation | None) -> bool:
    """Whether a person has a right to write an organisation's texts, or the ministry's own."""
    access = access_for(person)
    return access.reviews if organisation is None else organisation.pk in access.acts_for


class NarrativeTextForm(forms.Form):
    """A text in one language, with what the page showed of it."""

    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14, "class": "portal-long-text"}),
        help_text=_(
            "Blank lines part paragraphs. A line beginning with # is a heading, lines beginning with - are a "
            "list. *Emphasis*, **strong**, [a link](https://www.example.org)."
        ),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        wrong = links_that_lead_nowhere(text)
        if wrong:
            raise ValidationError(
                gettext("Links lead to web pages, beginning with https:// – not: %(addresses)s.")
                % {"addresses": ", ".join(wrong)}
            )
        return text


class NarrativeDecisionForm(forms.Form):
    """Accepting a submitted text or sending it back."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("accept", _("Accept")), ("return", _("Send back"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where a text is sent back; its writers read it."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
