"""Errors that a person can act on. Each carries a message that a page can show."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_stubs_ext import StrOrPromise


class MeasuresError(Exception):
    """An error that a person can understand and act on; ``message`` explains it in their language."""

    message: "StrOrPromise" = ""

    def __init__(self, message: "StrOrPromise" = "") -> None:
        self.message = message or self.message
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class TypedValueError(MeasuresError):
    """What was typed is no value the portal understands."""


class SubmissionNotEditableError(MeasuresError):
    message = _(
        "This submission is no longer a draft, so its figures cannot be changed. "
        "Ask for it to be sent back or start a correction."
    )


class RoundClosedError(MeasuresError):
    message = _("The reporting round is not open. Ask the data management team to record a late delivery.")


class RoundRefusedError(MeasuresError):
    """A round cannot be opened, changed, closed or reopened in this way; the message says why."""


class RoundChangedMeanwhileError(RoundRefusedError):
    """What opening or changing a round would do is not what the person has seen."""

    message = _(
        "Nothing was done: what this would do has changed since you looked. Please look at it again and "
        "decide."
    )


class SubmissionBusyError(MeasuresError):
    """Another change holds the submission for longer than a page waits."""

    message = _(
        "The submission is being changed by an import or by somebody else. "
        "What you have entered is kept in the field: please save it again in a moment."
    )


class FigureRefusedError(MeasuresError):
    """The value breaks a rule of its indicator or item."""


class StepNotPossibleError(MeasuresError):
    """The submission is no longer in a state from which this step of the review leads on."""

    message = _("This is no longer possible: the submission has moved on in the meantime.")


class SubmissionChangedMeanwhileError(StepNotPossibleError):
    """The submission is not in the version that the person has decided on."""

    message = _("Nothing was done: the submission has changed since you opened it. Please decide again.")


class VersionMissingError(SubmissionChangedMeanwhileError):
    message = _(
        "Nothing was done: the request does not name the version of the submission it decides on. Please "
        "look at the submission and decide here."
    )


class SeparateDutiesError(StepNotPossibleError):
    """The person prepared what the step decides on."""

    message = _(
        "Somebody else has to endorse or approve this submission: you recorded, imported or submitted some "
        "of it, you waived or changed a check that was an error for it, or you belong to the organisation. "
        "Anybody else with the role may."
    )


class SecondPersonError(StepNotPossibleError):
    """Two people approve so many submissions; neither may have prepared any of them."""

    message = _(
        "So many submissions are approved at once by two people: one proposes, another reviewer confirms in "
        "time, and neither has prepared any of them."
    )


class CheckRefusedError(MeasuresError):
    """A check or a waiver cannot be added, changed or ended in this way; the message says why."""


class ExplanationRefusedError(MeasuresError):
    """An explanation cannot be given or judged now; the message says why."""


class AttachmentRefusedError(MeasuresError):
    """A file that is not taken with a comment."""


class ReasonMissingError(MeasuresError):
    message = _("Say why, so that everybody can follow what happened.")


class ApprovalHeldError(StepNotPossibleError):
    """Errors, queries nobody has explained, or refused explanations; ``findings`` has each of them."""

    message = _(
        "The checks found something that must be corrected, explained or waived before the figures can be "
        "approved."
    )

    def __init__(self, findings: "Sequence[Any]") -> None:
        super().__init__()
        self.findings = list(findings)


class SubmissionHasFindingsError(MeasuresError):
    """Checks found errors, or queries nobody has explained; ``findings`` has each of them."""

    message = _("The checks found something that must be corrected or explained before you submit.")

    def __init__(self, findings: "Sequence[Any]") -> None:
        super().__init__()
        self.findings = list(findings)


class MarkingBusyError(MeasuresError):
    """Marking a file costs as much as reading it: one at a time for each person."""

    message = _("A file is being marked for you already. Please wait until its download has begun.")


class MeetingChangedMeanwhileError(MeasuresError):
    message = _("Somebody else has changed this in the meantime. Please look at it and save again.")


class CommitmentStaysError(MeasuresError):
    """An organisation stays responsible, because it has reported or the ministry has decided."""

    message = _(
        "An organisation that has reported, or on which has been decided, stays. Drop its part instead."
    )


class CommitmentReportedMeanwhileError(MeasuresError):
    message = _("The organisation has reported again in the meantime. Please read it and decide then.")


class CommitmentOfOneselfError(MeasuresError):
    message = _("You have reported on this commitment yourself. Somebody else decides on it.")
