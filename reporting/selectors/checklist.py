"""What stands in the way of a release: errors block it, warnings are accepted with a reason or corrected.

Each check is one function that finds something in a report or nothing. Another one is added to ``CHECKS``.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from measures.models import ApprovedFigure, Indicator, SubmissionEvent
from measures.workflow import SubmissionStatus
from reporting.checks.files import altered_documents
from reporting.editions.narratives import NARRATIVE_PLACES
from reporting.editions.types import Structure
from reporting.enums import Language, ProductionStatus, ReportStatus
from reporting.exceptions import DocumentsAlteredError, ReportError
from reporting.frozen.contents import NarrativeData
from reporting.frozen.schema import Amount
from reporting.frozen.texts import remarks_of, texts_of
from reporting.frozen.values import Remark
from reporting.models import FigureVerification, ProgressReport, WarningAcknowledgement
from reporting.selectors.disclosure import in_words, listed, valid_audit
from reporting.selectors.narratives import open_narratives
from reporting.snapshot.sources import control_totals

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What a check found: ``text`` for people, and ``facts`` by which it is known again in any language."""

    text: str
    facts: tuple[Any, ...] = ()
    is_error: bool = False


@dataclass(frozen=True, slots=True)
class ReleaseCheck:
    code: str
    title: "StrOrPromise"
    find: Callable[[ProgressReport], Obstacle | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistLine:
    """A check with what it found; ``text`` is empty where that was nothing."""

    title: "StrOrPromise"
    text: str = ""
    finding: str = ""
    is_error: bool = False
    accepted: WarningAcknowledgement | None = None

    @property
    def blocks(self) -> bool:
        """Whether the report cannot be released as long as this is so."""
        return bool(self.text) and (self.is_error or self.accepted is None)

    @property
    def is_open_warning(self) -> bool:
        return bool(self.text) and not self.is_error and self.accepted is None

    @property
    def tone(self) -> str:
        if not self.text:
            return "success"
        return "danger" if self.is_error else "warning"


def checklist(report: ProgressReport) -> list[ChecklistLine]:
    """Of a report that this program cannot read, why it cannot."""
    try:
        _readable = report.data
    except ReportError as error:
        return [ChecklistLine(title=_("The report can be shown"), text=str(error.message), is_error=True)]
    accepted = {each.finding: each for each in report.acknowledgements.select_related("person")}
    return [_line(check, check.find(report), accepted) for check in CHECKS]


def blocking(report: ProgressReport) -> list[str]:
    """Why the report cannot be released, in words."""
    return [line.text for line in checklist(report) if line.blocks]


def _line(
    check: ReleaseCheck, found: Obstacle | None, accepted: dict[str, WarningAcknowledgement]
) -> ChecklistLine:
    if found is None:
        return ChecklistLine(title=check.title)
    digest = hashlib.sha256(repr(found.facts).encode()).hexdigest()[:16]
    finding = f"{check.code}:{digest}"
    return ChecklistLine(
        title=check.title,
        text=found.text,
        finding=finding,
        is_error=found.is_error,
        accepted=None if found.is_error else accepted.get(finding),
    )


def _documents(report: ProgressReport) -> Obstacle | None:
    documents = list(report.documents.all())
    made = {(document.language, document.format) for document in documents}
    planned = list(report.productions.values_list("language", "format", "status"))
    missing = [
        f"{document_format} ({language})"
        for language, document_format, status in planned
        if status != ProductionStatus.DONE or (language, document_format) not in made
    ]
    if missing or not made:
        names = listed(missing) or "–"
        return Obstacle(_("Documents are missing: %(names)s") % {"names": names}, is_error=True)
    altered = [document.file_name for document, _difference in altered_documents(documents)]
    return Obstacle(str(DocumentsAlteredError(altered).message), is_error=True) if altered else None


def _participation(report: ProgressReport) -> Obstacle | None:
    """The agreed share that may be missing is a setting; an interim report comes before the end anyway.

    A report that lists no participants, as that of a Land, is judged by the values due in it.
    """
    groups = report.data.participation
    if groups:
        due, there = sum(group.due for group in groups), sum(group.approved for group in groups)
    else:
        amounts = [each.amount for indicator in report.data.indicators for each in indicator.years[-1:]]
        due, there = sum(amount.due for amount in amounts), sum(map(_stated, amounts))
    missing = due - there
    if not missing:
        return None
    text = _lacking_submissions(missing) if groups else _lacking_values(missing)
    text %= {
        "missing": missing,
        "due": due,
        "percent": round(100 * missing / due),
        "most": settings.REPORT_MISSING_PERCENT,
    }
    is_too_much = 100 * missing > settings.REPORT_MISSING_PERCENT * due
    return Obstacle(text, (missing, due), is_error=is_too_much and report.report_type != "interim")


def _stated(amount: Amount) -> int:
    """How many organisations gave a value, or said why they have none."""
    return amount.reported + sum(each.count for each in amount.absences)


def _lacking_submissions(missing: int) -> str:
    return ngettext(
        "%(missing)s of %(due)s submissions is not approved (%(percent)s percent; up to %(most)s percent "
        "may be).",
        "%(missing)s of %(due)s submissions are not approved (%(percent)s percent; up to %(most)s percent "
        "may be).",
        missing,
    )


def _lacking_values(missing: int) -> str:
    return ngettext(
        "%(missing)s of %(due)s values due is not approved (%(percent)s percent; up to %(most)s percent "
        "may be).",
        "%(missing)s of %(due)s values due are not approved (%(percent)s percent; up to %(most)s percent "
        "may be).",
        missing,
    )


def _control_totals(report: ProgressReport) -> Obstacle | None:
    """Of all that the snapshot rests on, whatever of it this report prints.

    Those of indicators with small numbers are not frozen, so they are looked up.
    """
    if report.snapshot is None:
        return None
    frozen = report.snapshot.frozen
    years = sorted({each.year for indicator in frozen.indicators for each in indicator.years})
    protected = Indicator.objects.filter(
        code__in=[indicator.code for indicator in frozen.indicators if indicator.is_protected]
    )
    used = ApprovedFigure.objects.filter(
        item__indicator__in=protected, item__submission__round__year__in=years
    )
    looked_up = control_totals(used, years, list(protected))
    off = [total for total in (*frozen.control_totals, *looked_up) if total.ok is False]
    if not off:
        return None
    places = [f"{total.file}, {total.sheet}, {total.cell}" for total in off]
    return Obstacle(
        _("Totals stated in files differ from the sums of their parts: %(places)s")
        % {"places": listed(places)},
        is_error=True,
    )


def _translations(report: ProgressReport) -> Obstacle | None:
    if report.type is None or Language.ENGLISH not in report.type.languages:
        return None
    data = report.data
    if report.type.structure is not Structure.PRACTICE:
        data = replace(data, practice=None)
    lacking = [text.de or text.en for text in texts_of(data) if bool(text.de) != bool(text.en)]
    written = [_named_place(each) for each in data.narratives if bool(each.de) != bool(each.en)]
    missing = list(dict.fromkeys([*written, *lacking]))
    if missing:
        return Obstacle(
            _("These are there in German or in English alone: %(texts)s") % {"texts": listed(missing)},
            is_error=True,
        )
    remarks = list(dict.fromkeys(_named_remark(each) for each in remarks_of(data)))
    if not remarks:
        return None
    return Obstacle(
        _(
            "Organisations wrote these in one language. In the report of the other language they stand as "
            "they are, marked with their language: %(texts)s"
        )
        % {"texts": listed(remarks)},
        tuple(remarks),
    )


def _named_remark(remark: Remark) -> str:
    return f"{remark.by.de}: {remark.text}" if remark.by else remark.text


def _named_place(narrative: NarrativeData) -> str:
    """What somebody wrote, by its place and by whose it is."""
    place = NARRATIVE_PLACES.get(narrative.section)
    name = str(place.name) if place else narrative.section
    return _named(name, narrative.organisation.de if narrative.organisation else "")


def _named(place: str, organisation: str) -> str:
    return f"{place} ({organisation})" if organisation else place


def _verification(report: ProgressReport) -> Obstacle | None:
    """A check of everything counts for the reports that were finished when it began."""
    last = FigureVerification.objects.first()
    if last is None or report.finished_at is None or last.began_at < report.finished_at:
        return Obstacle(
            _(
                "The stored figures have not been checked since the report was finished. Load this page "
                "again in a moment, or have it done by the button below."
            ),
            is_error=True,
        )
    if not last.problems:
        return None
    return Obstacle(
        _("Checking the stored figures found differences (%(moment)s): %(problems)s")
        % {
            "moment": date_format(localtime(last.ended_at), "SHORT_DATETIME_FORMAT"),
            "problems": listed(last.problems),
        },
        is_error=True,
    )


def _disclosure(report: ProgressReport) -> Obstacle | None:
    """The audit is of what all editions of the snapshot print, whatever this one shows of it."""
    if report.snapshot is None:
        return None
    audit = valid_audit(report.snapshot)
    if audit is None:
        return Obstacle(
            _(
                "The audit has not been made yet together with all that is released by now. Load this page "
                "again in a moment, or have it made by the button below."
            ),
            is_error=True,
        )
    text = in_words(report.snapshot, audit)
    return Obstacle(text, is_error=True) if text else None


def _changes_since(report: ProgressReport) -> Obstacle | None:
    """Approvals after the data were frozen are not in the report."""
    if report.snapshot is None:
        return None
    years = {figure.year for each in report.data.indicators for figure in each.years} or {report.year}
    since = SubmissionEvent.objects.filter(
        at__gt=report.snapshot.taken_at,
        to_status=SubmissionStatus.APPROVED,
        submission__round__year__in=years,
    ).count()
    if not since:
        return None
    text = ngettext(
        "Since the data were frozen %(count)s submission has been approved; the report lacks it.",
        "Since the data were frozen %(count)s submissions have been approved; the report lacks them.",
        since,
    )
    return Obstacle(text % {"count": since}, (since,))


def _gaps(report: ProgressReport) -> Obstacle | None:
    gaps = [
        indicator.name.de
        for indicator in report.data.headlines
        if indicator.years[-1].amount.value is None and any(year.promised for year in indicator.years)
    ]
    if not gaps:
        return None
    return Obstacle(
        _("Something was promised for these, and there is no value: %(names)s") % {"names": listed(gaps)},
        tuple(gaps),
    )


def _narratives(report: ProgressReport) -> Obstacle | None:
    if report.snapshot is None:
        return None
    missing = open_narratives(report.report_type, report.year, report.snapshot.taken_at)
    if not missing:
        return None
    texts = [
        _("%(name)s, due on %(day)s")
        % {
            "name": _named(each.place_name, each.organisation.short_name if each.organisation else ""),
            "day": date_format(each.due_on, "SHORT_DATE_FORMAT"),
        }
        for each in missing
    ]
    return Obstacle(
        _(
            "These texts were asked for and had not been accepted in both languages when the data were "
            "frozen: %(texts)s"
        )
        % {"texts": listed(texts)},
        tuple((each.pk, each.due_on.isoformat()) for each in missing),
    )


def _former_release(report: ProgressReport) -> Obstacle | None:
    """A second release without a note of what it corrects."""
    former = ProgressReport.objects.of_edition(report).filter(status=ReportStatus.RELEASED)
    last = former.exclude(pk=report.pk).order_by("-release").first()
    if last is None or report.corrects_id == last.pk:
        return None
    return Obstacle(
        _("Release %(number)s of %(day)s is replaced, and there is no note of what was corrected.")
        % {
            "number": last.release,
            "day": date_format(localtime(last.released_at), "SHORT_DATE_FORMAT"),
        },
        (last.pk,),
    )


CHECKS: tuple[ReleaseCheck, ...] = (
    ReleaseCheck("documents", gettext_lazy("All documents are there"), _documents),
    ReleaseCheck("verification", gettext_lazy("The stored figures keep their rules"), _verification),
    ReleaseCheck("participation", gettext_lazy("Enough submissions are approved"), _participation),
    ReleaseCheck("control_totals", gettext_lazy("Totals in files agree with their parts"), _control_totals),
    ReleaseCheck("translations", gettext_lazy("Everything is there in both languages"), _translations),
    ReleaseCheck("narratives", gettext_lazy("All texts asked for are accepted"), _narratives),
    ReleaseCheck("disclosure", gettext_lazy("Small numbers of persons are protected"), _disclosure),
    ReleaseCheck("changes", gettext_lazy("Nothing was approved since the data were frozen"), _changes_since),
    ReleaseCheck("gaps", gettext_lazy("Everything that something was promised for has a value"), _gaps),
    ReleaseCheck(
        "former_release", gettext_lazy("It is the first release or says what it corrects"), _former_release
    ),
)
