from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrPromise


class ReportError(Exception):
    """A report cannot be made or released; the message is for people."""

    def __init__(self, message: "str | StrPromise") -> None:
        super().__init__(message)
        self.message = message


class SnapshotVersionError(ReportError):
    """A stored snapshot is of a schema version that this program cannot read or render."""


class ReleaseNotPossibleError(ReportError):
    """The report is not released; ``message`` is why."""

    message: "str | StrPromise" = _(
        "Nothing was released: the report does not wait for a release, or no longer does."
    )

    def __init__(self) -> None:
        super().__init__(self.message)


class ReportNotSeenError(ReleaseNotPossibleError):
    """The person did not name the version they have seen, or it is another one by now."""

    message = _(
        "Nothing was released: what you decided on is not the report as it stands now. Please look at it and "
        "decide again."
    )


class OwnReportError(ReleaseNotPossibleError):
    """The person prepared the report, or figures or texts in it."""

    message = _(
        "Somebody else has to release this report: you asked for it, or you recorded, imported or submitted "
        "figures in it, or wrote in one of its texts."
    )


class ManifestKeyError(ReleaseNotPossibleError):
    """The installation has no key to sign releases with, or one that is none."""

    message = _(
        "Nothing was released: this installation has no key to sign releases with. Please ask those who run "
        "the portal (MANIFEST_SIGNING_KEY)."
    )


class DocumentsAlteredError(ReportError):
    """Files of the report are gone, or are not those that were made."""

    def __init__(self, names: "Iterable[str]") -> None:
        super().__init__(
            _(
                "These documents are gone, or are no longer as they were made: %(names)s. Ask those who run "
                "the portal to restore them, or have the report made again."
            )
            % {"names": ", ".join(names)}
        )


class NarrativeError(ReportError):
    """A text for a report does not take the step; ``message`` is why."""

    @classmethod
    def changed_meanwhile(cls) -> "NarrativeError":
        return cls(
            _("Nothing was saved: somebody else has changed this text since you opened it. Below is theirs.")
        )

    @classmethod
    def not_open(cls) -> "NarrativeError":
        return cls(_("Nothing was changed: this text is not in the state for that step, or no longer is."))

    @classmethod
    def own_text(cls) -> "NarrativeError":
        return cls(_("Somebody else has to decide on this text: you wrote in it."))

    @classmethod
    def asked_already(cls) -> "NarrativeError":
        return cls(_("This text has already been asked for."))

    @classmethod
    def nothing_written(cls) -> "NarrativeError":
        return cls(_("Nothing was saved: there is no text."))

    @classmethod
    def reason_needed(cls) -> "NarrativeError":
        return cls(_("Say why the text is sent back."))


class ChecklistError(ReleaseNotPossibleError):
    """Errors of the checklist, or warnings that nobody has accepted."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__()
        self.reasons = reasons

    message = _("Nothing was released: the checklist has errors, or warnings that nobody has accepted.")


class SavedViewError(Exception):
    """A view is not kept or changed as wanted; ``message`` is why."""

    def __init__(self, message: "str | StrPromise") -> None:
        super().__init__(message)
        self.message = message

    @classmethod
    def name_taken(cls) -> "SavedViewError":
        return cls(_("You have already saved a view under this name."))

    @classmethod
    def too_many(cls) -> "SavedViewError":
        return cls(_("You have saved as many views as can be kept. Delete one first."))
