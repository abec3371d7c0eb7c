"""The filters of the dashboards as a form: checked, and shown with what may be chosen."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.enums import TOTAL
from reporting.aggregates.regions import region_label
from reporting.dashboards.choices import Choices
from reporting.dashboards.filters import FILTERS, Filters
from reporting.dashboards.options import Option
from reporting.dashboards.organisations import KnownOrganisation
from reporting.enums import Standing

FORMER_NAMES = {"jahr": "year", "land": "region", "zielgruppe": "target_group", "stand": "standing"}
"""The filters in addresses from before there were several views; links to them lead where they led."""

ISO = "%Y-%m-%d"


class FilterForm(forms.Form):
    """The filters that apply to a view. Whatever is left out keeps its default."""

    is_of_one = False
    """Whether the page is of a single organisation, which its address names and the view looks for."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)
    region = forms.ChoiceField(label=_("Land"), required=False)
    organisation = forms.ChoiceField(label=_("Umbrella or organisation"), required=False)
    measure = forms.ChoiceField(label=_("Measure"), required=False)
    target_group = forms.ChoiceField(label=_("Target group"), required=False)
    standing = forms.ChoiceField(label=_("Values"), choices=Standing.choices, required=False)
    as_of = forms.DateField(
        label=_("As of"),
        required=False,
        input_formats=[ISO],
        widget=forms.DateInput(attrs={"type": "date"}, format=ISO),
    )

    def __init__(
        self,
        given: Mapping[str, str],
        *,
        choices: Choices,
        applying: Collection[str] = FILTERS,
        options: Sequence[Option] = (),
        year: int | None = None,
    ) -> None:
        """``year``: the one that the address itself names; ``options``: those that only this view has."""
        asked = {FORMER_NAMES.get(name, name): value for name, value in given.items() if value}
        self.choices = choices
        known = {*applying, "year"} if year else applying
        self.not_applying = sorted(name for name in FILTERS if name in asked and name not in known)
        self.usual_year = year or choices.usual_year
        self.options = options
        defaults = {"year": str(self.usual_year), "target_group": TOTAL, "standing": Standing.APPROVED.value}
        defaults |= {option.name: option.default for option in options}
        super().__init__(defaults | asked | ({"year": str(year)} if year else {}))
        for name in set(self.fields) - set(applying):
            del self.fields[name]
        for option in options:
            self.fields[option.name] = forms.ChoiceField(
                label=option.label, choices=list(option.choices(choices)), required=False
            )
        self._choose("year", [(str(each), str(each)) for each in sorted(choices.years, reverse=True)])
        self._choose("region", self._regions())
        self._choose("organisation", self._organisations())
        self._choose("measure", self._measures())
        self._choose("target_group", self._groups())
        if "as_of" in self.fields:
            self.fields["as_of"].widget.attrs["max"] = timezone.localdate().isoformat()

    def clean_as_of(self) -> Any:
        day = self.cleaned_data["as_of"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day lies in the future."))
        return day

    def clean(self) -> None:
        """Statements that nobody has approved yet are those of the organisations one works for."""
        asks_submitted = self.cleaned_data.get("standing") == Standing.WITH_SUBMITTED
        if asks_submitted and not (self.choices.access.reads_all or self.is_of_one or self._is_own):
            self.add_error(
                "standing",
                _("Submitted values are shown for your own organisations only. Choose one of them."),
            )

    @property
    def is_understood(self) -> bool:
        """Whether everything asked for exists, applies here and may be seen."""
        return self.is_valid() and not self.not_applying

    @property
    def names_hidden_organisation(self) -> bool:
        """Whether an organisation was asked for that does not exist, or that the reader does not see."""
        return "organisation" in self.errors

    def problems(self) -> list[str]:
        """What was not understood, each in a sentence."""
        named = [
            f"{self.fields[name].label}: {error}" for name, errors in self.errors.items() for error in errors
        ]
        return named + [
            gettext("The filter “%(filter)s” does not apply to this view.")
            % {"filter": self.base_fields[name].label}
            for name in self.not_applying
        ]

    def filters(self) -> Filters:
        """What was asked for; what is not valid falls back to the default and is named by the form."""
        self.full_clean()
        valid = self.cleaned_data
        return Filters(
            year=valid.get("year") or self.usual_year,
            region=valid.get("region", ""),
            organisation=valid.get("organisation", ""),
            measure=valid.get("measure", ""),
            target_group=valid.get("target_group") or TOTAL,
            standing=Standing(valid.get("standing") or Standing.APPROVED),
            as_of=valid.get("as_of"),
            options=tuple(
                (option.name, valid[option.name])
                for option in self.options
                if valid.get(option.name, "") not in ("", option.default)
            ),
        )

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields.get(name)
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    @property
    def _is_own(self) -> bool:
        """Whether an organisation is chosen that is for the reader's eyes in every year.

        Views show several years, and an umbrella stands in each for its members of that year: some may have
        left it since.
        """
        tree, chosen = self.choices.organisations, self.cleaned_data.get("organisation") or ""
        return bool(chosen) and all(
            self.choices.access.sees_organisation(member)
            for year in self.choices.years
            for member in tree.with_members(tree.by_code[chosen].pk, year)
        )

    @property
    def _asked_year(self) -> int:
        """The year whose tree of organisations counts."""
        asked = str(self.data["year"])
        return int(asked) if asked in map(str, self.choices.years) else self.usual_year

    def _regions(self) -> list[tuple[Any, Any]]:
        regions = self.choices.regions.items()
        return [("", _("All Länder")), *((code, region_label(region)) for code, region in regions)]

    def _measures(self) -> list[tuple[Any, Any]]:
        return [("", _("All measures")), *((code, each.name) for code, each in self.choices.measures.items())]

    def _groups(self) -> list[tuple[Any, Any]]:
        groups = self.choices.groups.values()
        return [(each.code, _("All target groups") if each.code == TOTAL else each.name) for each in groups]

    def _organisations(self) -> list[tuple[Any, Any]]:
        """Umbrellas first, then everybody else below the name of theirs."""
        tree, year = self.choices.organisations, self._asked_year
        visible = tree.visible(self.choices.access, year)
        umbrellas = [each for each in visible if tree.has_members(each.pk, year)]
        others = [each for each in visible if not tree.has_members(each.pk, year)]

        def umbrella(each: KnownOrganisation) -> tuple[bool, str]:
            above = tree.umbrella_of(each.pk, year)
            return (False, above.name) if above else (True, str(_("Further partners")))

        grouped = [
            (name, [(each.code, each.name) for each in members])
            for (_is_last, name), members in groupby(sorted(others, key=umbrella), key=umbrella)
        ]
        first = [(_("Umbrellas"), [(each.code, each.name) for each in umbrellas])] if umbrellas else []
        return [("", _("All organisations")), *first, *grouped]
