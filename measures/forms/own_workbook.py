"""Which of the portal's own workbooks is wanted."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.models import Submission
from partners.permissions import Access


class OwnWorkbookForm(forms.Form):
    """A choice among the submissions this person may bring figures in for today."""

    submission = forms.TypedChoiceField(label=_("Reporting round and organisation"), coerce=int)

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        submissions = Submission.objects.to_fill_in(access).select_related("round", "organisation")
        field = cast("forms.TypedChoiceField", self.fields["submission"])
        field.choices = [
            (submission.pk, f"{submission.round.year}, {submission.organisation.short_name}")
            for submission in submissions
        ]

    @property
    def has_choice(self) -> bool:
        return bool(cast("forms.TypedChoiceField", self.fields["submission"]).choices)
