"""Why a file is not taken, read or applied, in words for the person who sent it."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.exceptions import MeasuresError
from measures.selectors.imports.messages import ImportNotice, notice_text, refusal_text


class UploadRefusedError(MeasuresError):
    """The file is not even kept: it is empty or too large."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(refusal_text({"code": code, "params": params}))


class ImportNotReadyError(MeasuresError):
    message = _("This import has already been applied or discarded, or it is still being read.")


class ImportStoppedError(MeasuresError):
    """The work on an import ends without effect; ``notice`` holds the reason, for any language."""

    code: str

    def __init__(self, **params: str) -> None:
        self.notice: ImportNotice = {"code": self.code, "params": params}
        super().__init__(notice_text(self.notice))


class ImportCancelledError(ImportStoppedError):
    """Somebody asked for the work to stop."""

    code = "cancelled"


class ImportNoLongerAllowedError(ImportStoppedError):
    """Who asked for the work may not have it done any more."""

    code = "no_longer_allowed"


class ImportOutdatedError(ImportStoppedError):
    code = "outdated"


class ImportHoldsRowsError(ImportStoppedError):
    code = "holds_rows"


class ImportNeedsReasonError(ImportStoppedError):
    """Submissions in review or approved would change."""

    code = "needs_reason"

    def __init__(self, submissions: Sequence[str]) -> None:
        self.submissions = list(submissions)
        super().__init__(submissions=", ".join(self.submissions))


class ImportNotAllowedError(ImportStoppedError):
    """The file has figures of organisations this person may not act for."""

    code = "not_allowed"

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(names=", ".join(names))


class ImportBusyError(MeasuresError):
    message = _("This import is being worked on. Wait until that is done.")


class NothingToUndoError(MeasuresError):
    message = _("There is nothing left to undo here: it has been undone already, or other things rest on it.")


class ImportObstructedError(MeasuresError):
    """Some submission cannot be changed by this person now."""

    def __init__(self, submissions: Sequence[str]) -> None:
        super().__init__(
            gettext(
                "This cannot be undone now: the reporting round has closed, or the figures are in review or "
                "approved (%(submissions)s). Ask the data management team."
            )
            % {"submissions": ", ".join(submissions)}
        )


class StepHasDependentsError(MeasuresError):
    message = _("Other things rest on some of these figures. Check what, and undo the rest if you want.")


class RowNotHeldError(MeasuresError):
    message = _("This value has no errors any more, so there is nothing to correct.")


class QueriesOpenError(MeasuresError):
    message = _(
        "Some of these values replace what somebody else entered, differ much from last year's, or exceed "
        "their total. Give the reason why they are right."
    )


class NothingToApplyError(MeasuresError):
    message = _("No corrected value is waiting to be applied.")
