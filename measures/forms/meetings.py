"""Meetings, resolutions, and the follow-up of commitments."""

from collections.abc import Collection, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from measures.enums import CommitmentState
from measures.forms.rounds import DayField
from measures.models import Commitment, Indicator, Measure, Meeting, Resolution, Target
from measures.selectors.meetings.resolutions import ResolutionChoice
from partners.enums import OrganisationKind
from partners.models import Organisation, User
from partners.permissions import Access


def bodies(*also: int) -> QuerySet[Organisation]:
    """The partners of the Alliance and the Länder of today, and those named already."""
    today = Organisation.objects.valid(timezone.localdate())
    partners = today.filter(Q(is_partner=True) | Q(kind=OrganisationKind.LAND))
    return Organisation.objects.filter(Q(pk__in=partners) | Q(pk__in=also)).order_by("sort_key")


class TickedField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class OrganisationsField(TickedField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.short_name)


class TargetsField(TickedField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.indicator.name} {obj.year}"


class PeopleField(forms.CharField):
    """Addresses of people with an account, one on each line; who is named already may have none any more."""

    widget = forms.Textarea(attrs={"rows": 3})
    named: Collection[User] = ()

    def to_python(self, value: Any) -> list[User]:  # type: ignore[override]  # a list is the point
        lines = [line.strip().lower() for line in (super().to_python(value) or "").splitlines()]
        wanted = list(dict.fromkeys(line for line in lines if line))
        for address in wanted:
            validate_email(address)
        people = User.objects.annotate(small=Lower("email")).filter(small__in=wanted)
        found = {user.email.lower(): user for user in people if user.is_active or user in self.named}
        missing = [address for address in wanted if address not in found]
        if missing:
            raise ValidationError(
                _("Nobody has an account with this address: %(addresses)s"),
                params={"addresses": ", ".join(missing)},
            )
        return [found[address] for address in wanted]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(str(user.email) for user in value) if isinstance(value, list) else value


class Seen(forms.Form):
    """A form that knows which state of the thing its page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def show_as_seen(self, present: int | None) -> None:
        """Shown again with what was typed, it counts as seen in the present state."""
        sent = cast("MultiValueDict[str, Any]", self.data)
        self.data = MultiValueDict(dict(sent.lists()) | {"seen": ["" if present is None else str(present)]})


class SeenForm(Seen, forms.ModelForm):
    """Of something that has a ``sequence``."""

    lists: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.sequence

    @property
    def was_seen(self) -> int:
        """The ``sequence`` that was shown; -1 for none, which is never up to date."""
        seen = self.cleaned_data["seen"]
        return -1 if seen is None else int(seen)

    @property
    def values(self) -> dict[str, Any]:
        left_out = {"seen", "responsible", *self.lists}
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}

    @property
    def listed(self) -> dict[str, Any]:
        return {name: list(self.cleaned_data[name]) for name in self.lists}


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MeetingForm(SeenForm):
    lists = ("organisations", "people")

    day = DayField(label=_("Day"))
    organisations = OrganisationsField(
        label=_("Organisations that take part"), queryset=Organisation.objects.none(), required=False
    )
    people = PeopleField(
        label=_("People who take part"),
        required=False,
        help_text=_("E-mail addresses of accounts, one on each line. They see the meeting in any case."),
    )

    class Meta:
        model = Meeting
        fields = [
            "title_de",
            "title_en",
            "day",
            "begins",
            "ends",
            "place",
            "is_cancelled",
            "audience",
            "organisations",
            "people",
            "guests",
            "agenda",
            "minutes",
        ]
        widgets = {
            "begins": TimeInput(),
            "ends": TimeInput(),
            "agenda": forms.Textarea(attrs={"rows": 6}),
            "minutes": forms.Textarea(attrs={"rows": 12}),
            "guests": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "begins": _("Without a time it is a whole day."),
            "guests": _("Others who take part, by name."),
            "minutes": _("Whoever sees the meeting reads them."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = list(self.instance.organisations.values_list("pk", flat=True)) if self.instance.pk else []
        self.fields["organisations"].queryset = bodies(*chosen)  # type: ignore[attr-defined]  # a model field
        if self.instance.pk:
            named = list(self.instance.people.order_by("last_name", "email"))
            self.fields["people"].initial = self.fields["people"].named = named  # type: ignore[attr-defined]  # as above


class ResolutionForm(SeenForm):
    lists = ("measures", "indicators", "targets")

    due_on = DayField(label=_("Due on"), required=False)
    responsible = OrganisationsField(
        label=_("Responsible"),
        queryset=Organisation.objects.none(),
        help_text=_("Each of them has a commitment of its own and reports on it."),
    )
    measures = TickedField(label=_("Measures"), queryset=Measure.objects.none(), required=False)
    indicators = TickedField(label=_("Indicators"), queryset=Indicator.objects.none(), required=False)
    targets = TargetsField(label=_("Targets"), queryset=Target.objects.none(), required=False)

    class Meta:
        model = Resolution
        fields = [
            "title_de",
            "title_en",
            "text_de",
            "text_en",
            "due_on",
            "responsible",
            "measures",
            "indicators",
            "targets",
            "is_reported",
        ]
        widgets = {
            "text_de": forms.Textarea(attrs={"rows": 4}),
            "text_en": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.instance.pk is not None
        chosen = list(self.instance.commitments.values_list("organisation", flat=True)) if known else []
        querysets: Mapping[str, QuerySet[Any]] = {
            "responsible": bodies(*chosen),
            "measures": Measure.objects.order_by("code"),
            "indicators": Indicator.objects.order_by("position"),
            "targets": Target.objects.select_related("indicator").order_by("indicator__position", "year"),
        }
        for name, queryset in querysets.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]  # model fields
        self.fields["responsible"].initial = chosen

    @property
    def responsible_ids(self) -> list[int]:
        return [organisation.pk for organisation in self.cleaned_data["responsible"]]


class ReportForm(forms.Form):
    """What an organisation reports of its commitment."""

    state = forms.ChoiceField(
        label=_("How far it is"),
        choices=[(each, CommitmentState(each).label) for each in CommitmentState.reportable],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What was done"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Addresses of pages, titles of publications, figures."),
    )


class DecisionForm(Seen):
    """The state that a data steward sets, and why; ``seen``: the newest report that the page showed."""

    state = forms.ChoiceField(label=_("Decision"), choices=CommitmentState.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The organisation reads it. With a resolution that is reported it stands in the report."),
    )

    def __init__(self, data: Any = None, *, commitment: Commitment, newest_report: int | None) -> None:
        super().__init__(data, initial={"state": commitment.state, "seen": newest_report})


class ResolutionFilterForm(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *CommitmentState.choices]
    )
    organisation = forms.ChoiceField(label=_("Responsible"), required=False)
    measure = forms.ChoiceField(label=_("Measure"), required=False)
    q = forms.CharField(label=_("Title"), required=False, max_length=100)
    overdue = forms.BooleanField(label=_("Overdue alone"), required=False)

    def __init__(self, data: Mapping[str, str], *, access: Access) -> None:
        super().__init__(data)
        visible = Resolution.objects.visible_to(access).values("pk")
        responsible = Organisation.objects.filter(commitments__resolution__in=visible)
        responsible = responsible.distinct().order_by("sort_key")
        named = [(each.code, each.short_name) for each in responsible]
        self.fields["organisation"].choices = [("", _("All")), *named]  # type: ignore[attr-defined]  # a choice field
        measures = [(each.code, each.name) for each in Measure.objects.order_by("code")]
        self.fields["measure"].choices = [("", _("All")), *measures]  # type: ignore[attr-defined]  # a choice field

    @property
    def chosen(self) -> ResolutionChoice:
        """What is not understood narrows nothing."""
        self.is_valid()
        data = self.cleaned_data
        return ResolutionChoice(
            state=data.get("state", ""),
            organisation=data.get("organisation", ""),
            measure=data.get("measure", ""),
            overdue=bool(data.get("overdue")),
            wanted=data.get("q", ""),
        )
