"""The forms around plausibility checks: what can be set of each kind, waivers, explanations."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from measures.checks import ParametersError, plain, read_parameters
from measures.checks.parameters import PARAMETERS, Compared, MissingStrategy, demand_known
from measures.enums import Absence, CheckKind, Severity
from measures.models import Indicator, PlausibilityCheck
from measures.selectors.checks.described import COMPARED, LABELS, MISSING
from measures.services.checks import CheckPlan, WaiverPlan
from partners.models import Organisation

FIRST_YEAR, LAST_YEAR = 2014, 2100
RESERVED = ("neu", "ausnahme")
"""What addresses name something else with."""


class YearField(forms.IntegerField):
    def __init__(self, **more: Any) -> None:
        super().__init__(min_value=FIRST_YEAR, max_value=LAST_YEAR, **more)


def reason_field(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), help_text=help_text
    )


IN_THE_LOG = _("It stands in the change log, which everybody reads who is signed in.")


class KindForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of check"), choices=CheckKind.choices)


class CheckForm(forms.Form):
    """Everything a steward decides about a check of a kind; ``plan`` is it, once the form is valid."""

    code = forms.SlugField(
        label=pgettext_lazy("check", "Code"),
        max_length=40,
        help_text=_("A short name of small letters, digits and underscores. It stays as it is."),
    )
    severity = forms.ChoiceField(
        label=_("Severity"),
        choices=Severity.choices,
        initial=Severity.QUERY,
        help_text=_(
            "An error has to be corrected, a query corrected or explained, a note is for information."
        ),
    )
    text_de = forms.CharField(
        label=_("Text (German)"),
        max_length=300,
        help_text=_("What has to be true, in one sentence."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    text_en = forms.CharField(
        label=_("Text (English)"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    valid_from = YearField(label=_("Counts from reporting year"))
    valid_until = YearField(
        label=_("Until reporting year"), required=False, help_text=_("Empty: until it is ended.")
    )
    reason = reason_field(IN_THE_LOG)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        kind: str,
        indicators: Sequence[Indicator],
        check: PlausibilityCheck | None = None,
        year: int | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(check, year))
        self.kind = kind
        self.indicators = indicators
        own = _parameter_fields(kind, indicators)
        if check is not None:
            del self.fields["code"]
            parameters = read_parameters(kind, check.parameters)
            for name, value in plain(parameters).items():
                if name in own:
                    own[name].initial = value
        order = [*(["code"] if check is None else []), "text_de", "text_en", "severity", *own]
        self.fields.update(own)
        self.order_fields([*order, "valid_from", "valid_until", "reason"])

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if code in RESERVED or not code.replace("-", "_").islower():
            raise forms.ValidationError(_("Please choose another code, of small letters."))
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        last, first = cleaned.get("valid_until"), cleaned.get("valid_from")
        if last and first and last < first:
            self.add_error("valid_until", _("The last year cannot be before the first."))
        if not self.errors:
            self._check_parameters()
        return cleaned

    def _check_parameters(self) -> None:
        try:
            demand_known(read_parameters(self.kind, self.parameters), [each.code for each in self.indicators])
        except ParametersError as error:
            self.add_error(error.field if error.field in self.fields else None, str(error))

    @property
    def parameters(self) -> dict[str, Any]:
        """What was set; what was left empty is as by default."""
        given = {name: self.cleaned_data.get(name) for name in _parameter_fields(self.kind, self.indicators)}
        return {
            name: str(value) if hasattr(value, "as_tuple") else value
            for name, value in given.items()
            if value not in (None, "", [])
        }

    @property
    def plan(self) -> CheckPlan:
        cleaned = self.cleaned_data
        return CheckPlan(
            severity=cleaned["severity"],
            parameters=self.parameters,
            text_de=cleaned["text_de"],
            text_en=cleaned["text_en"],
            valid_from=cleaned["valid_from"],
            valid_until=cleaned["valid_until"],
        )


def _initial(check: PlausibilityCheck | None, year: int | None) -> dict[str, Any]:
    if check is None:
        return {"valid_from": year}
    names = ("severity", "text_de", "text_en", "valid_from", "valid_until")
    return {name: getattr(check, name) for name in names}


def _parameter_fields(kind: str, indicators: Sequence[Indicator]) -> dict[str, forms.Field]:
    """A field for each thing that can be set of the kind; a formula names its indicators itself."""
    names = [*PARAMETERS[kind].__struct_fields__]
    if kind == CheckKind.FORMULA:
        names.remove("indicators")
    return {name: _field(name, indicators) for name in names}


FORMULA_HELP = _(
    "Codes of indicators, compared with <=, >= or =, such as: placed + in_school <= appeared <= invited. "
    "Also 2 * code, code[GROUP] for one target group and code.last_year."
)
HELP = {
    "relative": _("0.5 is half of it. Empty: any share."),
    "absolute": _("Empty: any difference."),
    "tolerance": _("What rounding allows is added by itself."),
    "threshold": _("3.5 is recommended (Iglewicz and Hoaglin 1993)."),
}


Known = Sequence[tuple[str, str]]
"""The indicators that can be chosen: code and name."""


def _several(known: Known, more: dict[str, Any]) -> forms.Field:
    return forms.MultipleChoiceField(choices=known, widget=forms.SelectMultiple(attrs={"size": 8}), **more)


def _choice(words: Mapping[Any, Any], first: Any, more: dict[str, Any]) -> forms.Field:
    choices = [(each.value, label) for each, label in words.items()]
    return forms.ChoiceField(choices=choices, initial=first.value, **more)


FIELDS: Mapping[str, Callable[[Known, dict[str, Any]], forms.Field]] = {
    "indicators": lambda known, more: _several(known, more | {"help_text": _("None chosen: all of them.")}),
    "required": _several,
    "member_indicator": lambda known, more: forms.ChoiceField(choices=[("", _("the same")), *known], **more),
    "formula": lambda _known, more: forms.CharField(
        max_length=400,
        help_text=FORMULA_HELP,
        widget=forms.Textarea(attrs={"rows": 3}),
        **more | {"required": True},
    ),
    "missing": lambda _known, more: _choice(MISSING, MissingStrategy.SKIP, more),
    "compared": lambda _known, more: _choice(COMPARED, Compared.VALUE, more),
    "minimum_values": lambda _known, more: forms.IntegerField(min_value=3, max_value=500, **more),
    "only_after_stated": lambda _known, more: forms.BooleanField(initial=True, **more),
    "absences": lambda _known, more: forms.MultipleChoiceField(
        choices=Absence.choices, widget=forms.CheckboxSelectMultiple, **more
    ),
}
"""The fields of settings that are no plain numbers."""


def _field(name: str, indicators: Sequence[Indicator]) -> forms.Field:
    more: dict[str, Any] = {"label": LABELS[name], "required": False}
    if name in FIELDS:
        return FIELDS[name]([(each.code, each.name) for each in indicators], more)
    return forms.DecimalField(max_digits=18, decimal_places=4, help_text=HELP.get(name, ""), **more)


class CheckReasonForm(forms.Form):
    """Why a check is activated, or a waiver ended."""

    reason = reason_field(IN_THE_LOG)


class EndCheckForm(CheckReasonForm):
    last_year = YearField(
        label=_("Last reporting year it counts for"),
        required=False,
        help_text=_("Empty: it counts for no year, not even for those before."),
    )
    field_order = ("last_year", "reason")


class WaiverForm(forms.Form):
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    indicator = forms.ChoiceField(label=_("Indicator"), required=False)
    first_year = YearField(label=_("From reporting year"))
    last_year = YearField(label=_("Until reporting year"))
    reason = reason_field(_("It is shown wherever the waiver applies, and in the change log."))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        organisations: Iterable[Organisation],
        indicators: Iterable[Indicator],
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        for name, known, none in (
            ("organisation", [(each.pk, each.short_name) for each in organisations], _("all organisations")),
            ("indicator", [(each.pk, each.name) for each in indicators], _("all indicators of the check")),
        ):
            cast("forms.ChoiceField", self.fields[name]).choices = [("", none), *known]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_year"), cleaned.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", _("The last year cannot be before the first."))
        return cleaned

    @property
    def plan(self) -> WaiverPlan:
        cleaned = self.cleaned_data
        return WaiverPlan(
            organisation_id=int(cleaned["organisation"]) if cleaned["organisation"] else None,
            indicator_id=int(cleaned["indicator"]) if cleaned["indicator"] else None,
            first_year=cleaned["first_year"],
            last_year=cleaned["last_year"],
            reason=cleaned["reason"],
        )
