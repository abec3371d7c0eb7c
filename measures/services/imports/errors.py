"""Why a file is not taken, read or applied, in words for the person who sent it."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.exceptions import MeasuresError
from measures.services.imports.messages import refusal_text


class UploadRefusedError(MeasuresError):
    """The file is not even kept: it is empty or too large."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(refusal_text({"code": code, "params": params}))


class ImportNotReadyError(MeasuresError):
    message = _("This import has already been applied or discarded, or it is still being read.")


class ImportOutdatedError(MeasuresError):
    message = _(
        "What is stored has changed since the preview was made. The preview is up to date again: "
        "please check it once more."
    )


class ImportHoldsRowsError(MeasuresError):
    message = _("Some values are held. Mend the file and upload it again, or apply the good values only.")


class ImportNeedsReasonError(MeasuresError):
    """Submissions in review or approved would change."""

    def __init__(self, submissions: Sequence[str]) -> None:
        self.submissions = list(submissions)
        super().__init__(
            gettext("Say why: this changes figures that have been submitted or approved (%(submissions)s).")
            % {"submissions": ", ".join(self.submissions)}
        )


class ImportNotAllowedError(MeasuresError):
    """The file has figures of organisations this person may not act for."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(refusal_text({"code": "not_allowed", "params": {"names": ", ".join(names)}}))
