"""Opening a round and changing it: dates, reminders, and which indicators are asked of whom."""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from measures.enums import Breakdown
from measures.models import Indicator
from measures.selectors.due import AskedIndicator
from measures.selectors.round_plans import RoundPlan
from partners.enums import ASKED_KINDS
from partners.forms import ReasonField

MOST_REMINDERS = 10
FURTHEST_REMINDER = 365  # days from the due date
FIRST_YEAR, LAST_YEAR = 1990, 2199


class DayField(forms.DateField):
    """A day, typed or picked; far from the ends of the calendar, behind which nothing can be reckoned."""

    default_error_messages = {"range": _("Choose a day between 1990 and 2199.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"widget": widget, **kwargs})

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["range"], code="range")


class DaysField(forms.CharField):
    """Numbers of days, with commas or spaces between them."""

    default_error_messages = {
        "days": _("Write whole numbers of days from 0 to 365, with commas between them."),
        "many": _("At most ten reminders, please."),
    }

    def to_python(self, value: Any) -> list[int]:  # type: ignore[override]  # a list is the point
        if isinstance(value, list):
            return value
        found = [part for part in re.split(r"[\s,;]+", super().to_python(value) or "") if part]
        if any(not re.fullmatch(r"[0-9]{1,3}", part) or int(part) > FURTHEST_REMINDER for part in found):
            raise ValidationError(self.error_messages["days"], code="days")
        if len(found) > MOST_REMINDERS:
            raise ValidationError(self.error_messages["many"], code="many")
        return sorted({int(part) for part in found})

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value


@dataclass(frozen=True)
class Tick:
    """A box to tick in the table of what is asked; ``label`` names it to whoever does not see the table."""

    name: str
    value: str
    label: str
    is_ticked: bool


@dataclass(frozen=True)
class AskedRow:
    """An indicator with a box for each kind of organisation and for each breakdown it has, else None."""

    indicator: Indicator
    kinds: list[Tick]
    breakdowns: list[Tick | None]


class RoundForm(forms.Form):
    """Everything a data steward decides about a round; ``plan`` is it, once the form is valid.

    A new round names its year, which is none of ``taken_years``; for a change, the reason is asked.
    """

    year = forms.IntegerField(
        label=_("Reporting year"), min_value=2014, max_value=2100, help_text=_("The year the figures are of.")
    )
    opens_on = DayField(label=_("First day of recording"))
    closes_on = DayField(label=_("Last day of recording"))
    due_on = DayField(
        label=_("Due date"),
        help_text=_("The day until which partners are asked to submit; the last day of recording or before."),
    )
    remind_before = DaysField(
        label=_("Reminders: days before the due date"),
        required=False,
        max_length=100,
        help_text=_("Such as 28, 14, 7. 0 is the due date itself."),
    )
    remind_after = DaysField(
        label=_("Reminders: days after the due date"),
        required=False,
        max_length=100,
        help_text=_("To those who have not submitted by then."),
    )
    reason = ReasonField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Why the running round changes. It stands in the log."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        given: RoundPlan,
        indicators: Sequence[Indicator],
        taken_years: Collection[int] | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(given))
        self.given = given
        self.indicators = indicators
        self.taken_years = taken_years or ()
        del self.fields["year" if taken_years is None else "reason"]
        for indicator in indicators:
            self.fields[f"asked-{indicator.pk}"] = forms.MultipleChoiceField(
                choices=ASKED_KINDS, required=False
            )
            self.fields[f"breakdown-{indicator.pk}"] = forms.MultipleChoiceField(
                choices=[(code, code) for code in indicator.breakdown], required=False
            )

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year in self.taken_years:
            raise ValidationError(_("There is a round for this year already."))
        return year

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens_on, closes_on, due_on = (cleaned.get(name) for name in ("opens_on", "closes_on", "due_on"))
        if opens_on and closes_on and closes_on < opens_on:
            self.add_error("closes_on", _("A round cannot close before it opens."))
        elif opens_on and closes_on and due_on and not opens_on <= due_on <= closes_on:
            self.add_error("due_on", _("The due date lies between the first and the last day of recording."))
        if not any(cleaned.get(f"asked-{indicator.pk}") for indicator in self.indicators):
            raise ValidationError(_("Tick at least one indicator for one kind of organisation."))
        return cleaned

    @property
    def plan(self) -> RoundPlan:
        cleaned = self.cleaned_data
        return RoundPlan(
            year=cleaned.get("year", self.given.year),
            opens_on=cleaned["opens_on"],
            closes_on=cleaned["closes_on"],
            due_on=cleaned["due_on"],
            reminder_days=_reminder_days(cleaned["remind_before"], cleaned["remind_after"]),
            asked=tuple(
                AskedIndicator(
                    indicator.pk,
                    tuple(cleaned[f"asked-{indicator.pk}"]),
                    tuple(cleaned[f"breakdown-{indicator.pk}"]),
                )
                for indicator in self.indicators
                if cleaned[f"asked-{indicator.pk}"]
            ),
        )

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if "-" not in name]

    @property
    def kind_labels(self) -> list[str]:
        return [str(label) for _kind, label in ASKED_KINDS]

    @property
    def breakdown_labels(self) -> list[str]:
        return [str(label) for label in Breakdown.labels]

    def rows(self) -> Iterator[AskedRow]:
        for indicator in self.indicators:
            kinds = self._ticked(f"asked-{indicator.pk}")
            breakdowns = self._ticked(f"breakdown-{indicator.pk}")
            yield AskedRow(
                indicator,
                [self._tick("asked", indicator, kind, str(label), kinds) for kind, label in ASKED_KINDS],
                [
                    self._tick("breakdown", indicator, each.value, str(each.label), breakdowns)
                    if each.value in indicator.breakdown
                    else None
                    for each in Breakdown
                ],
            )

    def _ticked(self, name: str) -> Sequence[str]:
        return self[name].value() or ()

    @staticmethod
    def _tick(name: str, indicator: Indicator, value: str, label: str, ticked: Sequence[str]) -> Tick:
        return Tick(f"{name}-{indicator.pk}", value, f"{indicator.name}: {label}", value in ticked)


class RoundReasonForm(forms.Form):
    """Closing a round early."""

    reason = ReasonField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the log of the round."),
    )


class ReopenForm(RoundReasonForm):
    closes_on = DayField(label=_("New last day of recording"))
    field_order = ["closes_on", "reason"]


class ExtensionForm(forms.Form):
    """A later last day for one organisation; without a day an extension is withdrawn."""

    until = DayField(
        label=_("Extended until"),
        required=False,
        help_text=_("The last day on which this organisation may record. Empty: the extension is withdrawn."),
    )
    reason = ReasonField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The organisation reads it: “extended until …, because …”."),
    )


def _initial(plan: RoundPlan) -> dict[str, Any]:
    return {
        "year": plan.year,
        **plan.dates,
        "remind_before": sorted((-days for days in plan.reminder_days if days <= 0), reverse=True),
        "remind_after": sorted(days for days in plan.reminder_days if days > 0),
        **{f"asked-{each.indicator_id}": list(each.kinds) for each in plan.asked},
        **{f"breakdown-{each.indicator_id}": list(each.breakdown) for each in plan.asked},
    }


def _reminder_days(before: Sequence[int], after: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted({-days for days in before} | set(after)))
