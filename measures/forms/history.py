"""What of the history is searched for; all of it is in the address."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.enums import Origin
from measures.models import Indicator
from measures.selectors.history.entries import HistoryKind, HistorySearch
from measures.selectors.history.sources import all_sources
from partners.models import Organisation, User

if TYPE_CHECKING:
    from measures.selectors.history.entries import Position

MOST_PEOPLE = 200


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget)


class HistorySearchForm(forms.Form):
    person = forms.CharField(
        label=_("Person, by name or e-mail address"), max_length=100, required=False, widget=forms.TextInput
    )
    organisation = forms.CharField(
        label=_("Organisation, by name or code"), max_length=100, required=False, widget=forms.TextInput
    )
    indicator = forms.ModelChoiceField(
        label=_("Indicator"),
        queryset=Indicator.objects.order_by("position"),
        to_field_name="code",
        required=False,
        empty_label=_("All indicators"),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("Everything")), *HistoryKind.choices]
    )
    event = forms.ChoiceField(label=_("Event"), required=False)
    origin = forms.ChoiceField(
        label=_("Origin of the figure"), required=False, choices=[("", _("Any")), *Origin.choices]
    )
    value = forms.DecimalField(
        label=_("Old or new value"),
        max_digits=18,
        decimal_places=4,
        required=False,
        localize=True,
        widget=forms.TextInput,
    )
    since = _day(_("From"))
    until = _day(_("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].choices = [("", _("All events")), *_events()]  # type: ignore[attr-defined]  # a choice field

    def clean_organisation(self) -> Organisation | None:
        words = self.cleaned_data["organisation"].split()
        if not words:
            return None
        exact = Organisation.objects.filter(code__iexact=" ".join(words)).first()
        found = [exact] if exact else list(_named(words)[:2])
        if len(found) == 1:
            return found[0]
        raise ValidationError(
            _("Several organisations are called that. Give the code or the whole name.")
            if found
            else _("There is no organisation of this name.")
        )

    def clean_person(self) -> list[int] | None:
        """Whose name or address has all the words; nobody is an answer, too."""
        words = self.cleaned_data["person"].split()
        if not words:
            return None
        found = User.objects.all()
        for word in words:
            found = found.filter(
                Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
            )
        return list(found.values_list("pk", flat=True).order_by()[:MOST_PEOPLE])

    def search(self, after: "Position | None" = None) -> HistorySearch:
        """What of it makes sense; the page says what does not."""
        asked = self.cleaned_data if self.is_bound else {}
        organisation, indicator = asked.get("organisation"), asked.get("indicator")
        until = asked.get("until")
        return HistorySearch(
            kind=asked.get("kind") or "",
            event=asked.get("event") or "",
            people=asked.get("person"),
            organisation=(organisation.pk, organisation.code) if organisation else None,
            indicator=indicator.pk if indicator else None,
            origin=asked.get("origin") or "",
            value=asked.get("value"),
            since=_beginning(asked.get("since")),
            before=_beginning(until + dt.timedelta(days=1)) if until and until < dt.date.max else None,
            after=after,
        )


def _named(words: list[str]) -> QuerySet[Organisation]:
    found = Organisation.objects.all()
    for word in words:
        found = found.filter(
            Q(code__icontains=word)
            | Q(name_de__icontains=word)
            | Q(name_en__icontains=word)
            | Q(short_name__icontains=word)
        )
    return found


def _events() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """All that can happen, by its kind; the value names both."""
    return [
        (source.kind.label, [(f"{source.kind.value}:{code}", label) for code, label in source.events()])
        for source in all_sources()
    ]


def _beginning(day: dt.date | None) -> dt.datetime | None:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min)) if day else None
