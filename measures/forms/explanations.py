"""The forms around explanations: giving them for queries, and judging them in review."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.checks import Finding
from measures.services.explanations import REFUSED_BEFORE


class ExplanationsForm(forms.Form):
    """A text for each query that waits for a reason; ``required`` where they are handed over now."""

    def __init__(
        self, data: Mapping[str, str] | None = None, *, findings: Collection[Finding], required: bool
    ) -> None:
        super().__init__(data)
        self.refused = {
            self.field_name(each.name): each.explained.text
            for each in findings
            if each.explained and each.explained.is_refused
        }
        for finding in findings:
            self.fields.setdefault(
                self.field_name(finding.name),
                forms.CharField(
                    label=finding.message,
                    help_text=finding.rule_text,
                    required=required,
                    max_length=2000,
                    widget=forms.Textarea(attrs={"rows": 2}),
                ),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, refused in self.refused.items():
            if cleaned.get(name, "").strip() == refused:
                self.add_error(name, REFUSED_BEFORE)
        return cleaned

    @staticmethod
    def field_name(finding: str) -> str:
        return f"explanation-{finding}"

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by the names of the findings."""
        return {name.removeprefix("explanation-"): text for name, text in self.cleaned_data.items() if text}


class JudgementForm(forms.Form):
    """Accepting an explanation, or refusing it with a reason."""

    ACCEPT, REFUSE = "accept", "refuse"

    verdict = forms.ChoiceField(
        label=_("Decision"),
        choices=[(ACCEPT, _("Accept the explanation")), (REFUSE, _("Refuse the explanation"))],
        widget=forms.RadioSelect,
    )
    refusal = forms.CharField(
        label=_("Why it is refused"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The organisation reads it and gives a new explanation, or corrects the value."),
    )

    @property
    def is_accepted(self) -> bool:
        return bool(self.cleaned_data["verdict"] == self.ACCEPT)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("verdict") == self.REFUSE and not cleaned.get("refusal", "").strip():
            self.add_error("refusal", _("Say why, so that the partner knows what to do."))
        return cleaned
