from enum import StrEnum, nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """Which statements count: the approved ones, or those still in review as well. Drafts never do."""

    APPROVED = "approved", _("Approved values only")
    WITH_SUBMITTED = "with_submitted", _("Including submitted values")


class ReportStatus(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    PRODUCING = "producing", _("In production")
    READY = "ready", _("Waiting for release")
    SCHEDULED = "scheduled", _("Release decided")
    RELEASED = "released", _("Released")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    FAILED = "failed", _("Failed")

    # Not choices: groups of choices that queries and constraints share.
    pending = nonmember(("queued", "producing"))
    finished = nonmember(("ready", "scheduled", "released", "withdrawn"))
    decided = nonmember(("scheduled", "released", "withdrawn"))
    """Somebody has decided on the release: the data and documents no longer change."""
    published = nonmember(("released", "withdrawn"))
    """Everybody reads it; what was withdrawn stays readable and is marked."""


class ProductionStatus(models.TextChoices):
    """How far a document of a report is."""

    QUEUED = "queued", _("Waiting")
    PRODUCING = "producing", _("In production")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")

    # Not choices: a group of choices that queries share.
    pending = nonmember(("queued", "producing"))


class DocumentFormat(models.TextChoices):
    """What a document is; stored as the end of its file's name."""

    HTML = "html", _("HTML page")
    PDF = "pdf", _("PDF, accessible")
    XLSX = "xlsx", _("Excel workbook")
    CSV = "csv", _("Figures as CSV")
    CSVW = "csv-metadata.json", _("Data dictionary of the CSV file (CSVW)")
    JSON = "json", _("Figures with their data dictionary as JSON")
    SDMX = "sdmx.csv", _("Figures as SDMX-CSV")
    SDMX_STRUCTURE = "sdmx.json", _("Structure of the SDMX-CSV file (SDMX-JSON)")
    DCAT = "dcat.jsonld", _("Metadata for data catalogues (DCAT-AP.de)")

    # Not choices: groups of choices.
    for_reading = nonmember(("html", "pdf", "xlsx"))


MEDIA_TYPES = {
    DocumentFormat.HTML: "text/html",
    DocumentFormat.PDF: "application/pdf",
    DocumentFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DocumentFormat.CSV: "text/csv",
    DocumentFormat.CSVW: "application/csvm+json",
    DocumentFormat.JSON: "application/json",
    DocumentFormat.SDMX: "application/vnd.sdmx.data+csv",
    DocumentFormat.SDMX_STRUCTURE: "application/vnd.sdmx.structure+json",
    DocumentFormat.DCAT: "application/ld+json",
}
"""As IANA has them registered."""


class NarrativeStatus(models.TextChoices):
    """Where a version of a text that people write for a report stands."""

    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Waiting for review")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Sent back")

    # Not choices: groups of choices that queries and constraints share.
    open = nonmember(("draft", "submitted"))
    decided = nonmember(("accepted", "returned"))


class Recurrence(models.TextChoices):
    """How often a schedule has a report produced."""

    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")
    QUARTERLY = "quarterly", _("every quarter")
    YEARLY = "yearly", _("every year")


class YearOfReport(models.IntegerChoices):
    """Which year's report a schedule has produced, counted from the year in which it is due."""

    CURRENT = 0, _("the year in which it is due")
    PREVIOUS = -1, _("the year before")


class ScheduleEnd(models.TextChoices):
    """Why a schedule runs no longer."""

    NONE = "", _("runs")
    STOPPED = "stopped", _("stopped")
    NO_RIGHT = "no_right", _("stopped: its owner may no longer ask for this report")
    NO_TYPE = "no_type", _("stopped: there is no longer a report of this kind")

    # Not choices: a group of choices that the constraint needs.
    ended = nonmember(("stopped", "no_right", "no_type"))


class SendingInterval(models.TextChoices):
    """How often the link to a saved view comes by mail."""

    NEVER = "", _("not by mail")
    WEEKLY = "weekly", _("every week, on Monday")
    MONTHLY = "monthly", _("every month, on the first day")


class Language(models.TextChoices):
    GERMAN = "de", _("German")
    ENGLISH = "en", _("English")


class DocumentLanguage(models.TextChoices):
    """A document for readers is in one language; data for programs name everything in both."""

    GERMAN = "de", _("German")
    ENGLISH = "en", _("English")
    BOTH = "mul", _("German and English")


class ScopeKind(StrEnum):
    """What a report is of."""

    ALLIANCE = "alliance"
    LAND = "land"
    UMBRELLA = "umbrella"
