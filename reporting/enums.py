from enum import nonmember

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
    RELEASED = "released", _("Released")
    FAILED = "failed", _("Failed")

    # Not choices: groups of choices that queries and constraints share.
    pending = nonmember(("queued", "producing"))
    finished = nonmember(("ready", "released"))


class DocumentFormat(models.TextChoices):
    HTML = "html", _("HTML page")
    PDF = "pdf", _("PDF")


class Language(models.TextChoices):
    GERMAN = "de", _("German")
    ENGLISH = "en", _("English")
