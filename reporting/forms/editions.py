"""Choosing which reports to have produced."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.editions.types import REPORT_TYPES, ReportType
from reporting.selectors.editions import ALL, Edition


@dataclass(frozen=True, slots=True)
class ChosenEdition:
    """A type of report and a scope: of one edition, or ``ALL``."""

    report_type: ReportType
    scope: str

    @classmethod
    def parse(cls, value: str) -> "ChosenEdition":
        code, _separator, scope = value.partition(":")
        return cls(REPORT_TYPES[code], scope)


def edition_choices(editions: Sequence[Edition]) -> list[tuple[Any, Any]]:
    """The reports of the whole Alliance first, then a group for each type that is about a part of it."""
    whole = [(_value(each), each.report_type.name) for each in editions if not each.report_type.has_scope]
    parts = [each for each in editions if each.report_type.has_scope]
    grouped = [
        (report_type.name, list(_scopes(report_type, list(found))))
        for report_type, found in groupby(parts, key=lambda each: each.report_type)
    ]
    return [*whole, *grouped]


def _scopes(report_type: ReportType, editions: list[Edition]) -> Iterable[tuple[str, Any]]:
    if len(editions) > 1:
        yield f"{report_type.code}:{ALL}", _("%(kind)s: all") % {"kind": report_type.name}
    for each in editions:
        yield _value(each), each.name


def _value(edition: Edition) -> str:
    return f"{edition.report_type.code}:{edition.scope}"


def offer(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    """Set what may be chosen in a field."""
    cast("forms.ChoiceField", form.fields[name]).choices = choices


class ReportRequestForm(forms.Form):
    """A year, and the report or reports of it."""

    year = forms.TypedChoiceField(label=_("Reporting year"), coerce=int)
    edition = forms.TypedChoiceField(label=_("Report"), coerce=ChosenEdition.parse)

    def __init__(
        self, given: Mapping[str, str] | None, *, years: Sequence[int], editions: Sequence[Edition]
    ) -> None:
        super().__init__(given)
        self.editions = editions
        offer(self, "year", [(str(year), str(year)) for year in years])
        offer(self, "edition", edition_choices(editions))

    @property
    def report_type(self) -> str:
        chosen: ChosenEdition = self.cleaned_data["edition"]
        return chosen.report_type.code

    @property
    def scopes(self) -> list[str]:
        """The Länder or umbrellas of the reports asked for."""
        return [each.scope for each in self._chosen]

    def names_except(self, scopes: Iterable[str]) -> list[str]:
        """What else was asked for."""
        known = set(scopes)
        return [each.name for each in self._chosen if each.scope not in known]

    @property
    def _chosen(self) -> list[Edition]:
        chosen: ChosenEdition = self.cleaned_data["edition"]
        return [
            each
            for each in self.editions
            if each.report_type == chosen.report_type and chosen.scope in (ALL, each.scope)
        ]
