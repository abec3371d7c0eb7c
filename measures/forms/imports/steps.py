"""The forms of the import pages: a file, and the reason for applying it."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.forms import ReasonField
from partners.models import Organisation
from partners.permissions import Access

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".txt")


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Spreadsheet"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )
    supplier = forms.ModelChoiceField(
        label=_("Organisation the file comes from"),
        help_text=_("Needed only if the file itself does not say whose figures it holds."),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("as the file says"),
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suppliers = Organisation.objects.valid()
        if not access.manages_data:
            suppliers = suppliers.filter(pk__in=access.uploads_for)
        field = self.fields["supplier"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type checker
        field.queryset = suppliers
        if len(access.contributes_to) == 1 and not access.manages_data:
            field.initial = next(iter(access.contributes_to))
        self.fields["file"].help_text = gettext(
            "Excel, OpenDocument or CSV (%(suffixes)s), up to %(limit)s."
        ) % {
            "suffixes": ", ".join(SUFFIXES),
            "limit": filesizeformat(settings.IMPORT_MAX_UPLOAD_BYTES),
        }

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        suffix = PurePath(upload.name or "").suffix.lower()
        if suffix not in SUFFIXES:
            raise forms.ValidationError(
                gettext("Files of the type “%(suffix)s” cannot be read. Please upload one of %(suffixes)s.")
                % {"suffix": suffix or upload.name, "suffixes": ", ".join(SUFFIXES)}
            )
        return upload


HOLD, ALL = "hold", "all"


class ApplyForm(forms.Form):
    """``holds`` asks what becomes of the good values where others are held."""

    holds = forms.ChoiceField(
        label=_("What to do with the faulty values"),
        choices=[
            (
                HOLD,
                _("Apply the good values; correct the faulty ones here and apply them later"),
            ),
            (ALL, _("All or nothing: apply only once no value has errors any more")),
        ],
        initial=HOLD,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = ReasonField(
        label=_("Reason"),
        help_text=_(
            "Everybody who follows these figures can read it. It also explains what was asked above."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, needs_reason: bool, holds_rows: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_reason:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]
        if not holds_rows:
            del self.fields["holds"]

    @property
    def holds_errors(self) -> bool:
        return self.cleaned_data.get("holds") != ALL


class ExplainForm(forms.Form):
    text = forms.CharField(
        label=_("Explanation"),
        help_text=_("Holds for these values; when they are sent again unchanged, nobody is asked again."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give an explanation.")},
    )


class UndoForm(forms.Form):
    reason = ReasonField(
        label=_("Reason"),
        help_text=_("Everybody who follows these figures can read it."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    only_independent = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason
