"""The forms of recording and review: the comment or reason that goes with a step, and filters of lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.workflow import ListedStatus, Step
from partners.forms import ReasonField

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class SubmitForm(forms.Form):
    """Handing over, with a word to the reviewers if wanted."""

    comment = forms.CharField(
        label=_("Comment on the whole submission"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Reviewers read it."),
    )


class ReasonForm(forms.Form):
    reason = ReasonField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The partner reads it: say what to correct and where."),
    )


class WordsForm(forms.Form):
    """Words that may go with a step."""

    reason = ReasonField(
        label=_("What you want to say"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The reviewers read it; it becomes the reason when they send the submission back."),
    )


def reason_form(step: Step, data: Mapping[str, str] | None = None) -> forms.Form:
    """The form for the words of a step: demanded, possible, or none."""
    if step.needs_reason:
        return ReasonForm(data)
    return WordsForm(data) if step.takes_words else forms.Form(data)


class CorrectionForm(forms.Form):
    reason = ReasonField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What has to be corrected. What was approved stays in force until the next approval."),
    )


@dataclass(frozen=True)
class Chosen:
    """What a list of submissions is to show; ``year`` None: of all rounds."""

    words: str
    year: int | None
    status: str


class SubmissionFilterForm(forms.Form):
    """Which submissions a list shows."""

    ALL = "all"

    q = forms.CharField(
        label=_("Organisation, by name or code"), max_length=100, required=False, widget=forms.TextInput
    )
    year = forms.ChoiceField(label=_("Reporting round"))
    status = forms.ChoiceField(required=False, widget=forms.HiddenInput)

    usual_status = ALL
    groups: ClassVar[Mapping[str, "StrPromise"]] = {ALL: _("All")}
    """What chips offer besides the single states."""

    def __init__(self, data: Mapping[str, str], *, years: Sequence[int], running: int | None) -> None:
        self.usual_year = self.ALL if running is None else str(running)
        usual = {"year": self.usual_year, "status": self.usual_status}
        super().__init__({**usual, **{key: data[key] for key in data if data[key]}})
        self.fields["year"].choices = [(self.ALL, _("All")), *((str(year), str(year)) for year in years)]  # type: ignore[attr-defined]  # a choice field
        self.fields["status"].choices = [*self.groups.items(), *ListedStatus.choices]  # type: ignore[attr-defined]  # a choice field

    @property
    def chosen(self) -> "Chosen":
        """What is asked for; what makes no sense is as if it were not asked for."""
        self.is_valid()
        cleaned = self.cleaned_data
        year = str(cleaned.get("year") or self.usual_year)
        return Chosen(
            words=cleaned.get("q", ""),
            year=None if year == self.ALL else int(year),
            status=cleaned.get("status") or self.usual_status,
        )


class ReviewFilterForm(SubmissionFilterForm):
    """Without a choice, what waits for review."""

    WAITING = "waiting"

    usual_status = WAITING
    groups: ClassVar[Mapping[str, "StrPromise"]] = {
        WAITING: _("Waiting for review"),
        SubmissionFilterForm.ALL: _("All"),
    }
