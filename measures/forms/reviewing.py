"""The forms around a review: marks on cells, answers to them, comments, steps for several submissions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from measures.selectors.entry_grid import EntryCell
from measures.services.review import MarkedCell
from measures.workflow import WORKFLOW, SubmissionAction

REMARK_LENGTH = 300


class MarksForm(forms.Form):
    """The cells that are ticked, each with its remark (``remark-NAME``)."""

    def __init__(self, data: Mapping[str, str], *, cells: Mapping[str, EntryCell]) -> None:
        super().__init__(data)
        ticked = data.getlist("mark") if hasattr(data, "getlist") else []
        self.cells = {name: cells[name] for name in ticked if name in cells}
        for name in self.cells:
            self.fields[f"remark-{name}"] = forms.CharField(required=False, max_length=REMARK_LENGTH)

    @property
    def marks(self) -> list[MarkedCell]:
        return [
            MarkedCell(
                item_id=cell.item.pk,
                region=cell.key.region,
                target_group=cell.key.target_group,
                remark=str(self.cleaned_data.get(f"remark-{name}", "")),
            )
            for name, cell in self.cells.items()
        ]

    def put_on(self, cells: Mapping[str, EntryCell]) -> None:
        """Show again what was ticked and written."""
        for name in self.cells:
            cells[name].is_marked = True
            cells[name].remark = str(self.data.get(f"remark-{name}", ""))


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=pgettext_lazy("to a mark", "Answer"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why the value is right as it is. The reviewers read it."),
    )


class CommentForm(forms.Form):
    """A comment on the submission or on one of its cells, with one file if wanted."""

    cell = forms.ChoiceField(label=_("Concerns"), required=False)
    text = forms.CharField(
        label=_("Comment"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "The organisation, its umbrella and the reviewers read it. It cannot be changed or deleted."
        ),
    )
    file = forms.FileField(
        label=_("Attachment"),
        required=False,
        allow_empty_file=True,  # refused where its content is looked at
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.xlsx"}),
    )

    def __init__(self, *args: Any, cells: Iterable[EntryCell], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("the whole submission")), *((cell.name, cell.label) for cell in cells)]
        self.fields["cell"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields["file"].help_text = _("PDF or Excel (.xlsx), up to %(limit)s.") % {
            "limit": filesizeformat(settings.ATTACHMENT_MAX_BYTES)
        }


class BatchForm(forms.Form):
    """Which step, for which of the submissions that the list showed."""

    action = forms.ChoiceField(
        choices=[(each.value, each.label) for each in sorted(WORKFLOW.by_somebody_else)]
    )
    submissions = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, data: Mapping[str, str], *, choices: list[int]) -> None:
        super().__init__(data)
        self.fields["submissions"].choices = [(pk, pk) for pk in choices]  # type: ignore[attr-defined]  # a choice field

    @property
    def step_action(self) -> SubmissionAction:
        return SubmissionAction(self.cleaned_data["action"])
