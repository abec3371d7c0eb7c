"""What was found by the checks that take too long for a page: of every stored figure, and of the secrecy."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.triggers import never_truncated
from reporting.models.reports import Snapshot


class FigureVerification(models.Model):
    """What checking every stored figure and file found; empty: nothing.

    It says something about each report that was finished when it began.
    """

    began_at = models.DateTimeField(_("begun at"))
    ended_at = models.DateTimeField(_("checked at"), default=timezone.now)
    problems = models.JSONField(_("problems"), default=list)

    class Meta:
        verbose_name = _("verification of figures")
        verbose_name_plural = _("verifications of figures")
        ordering = ["-began_at", "-pk"]
        triggers = [never_truncated()]

    def __str__(self) -> str:
        return f"{self.began_at}: {len(self.problems)}"


class DisclosureAudit(models.Model):
    """What the last audit found of all that the editions of a snapshot print.

    ``earlier`` names the releases that it was made together with, in their order, and ``software_version``
    the program that made it: with others it says nothing. ``findings``: kind of leak, indicator and year,
    never the number.
    """

    snapshot = models.OneToOneField(
        Snapshot, on_delete=models.PROTECT, related_name="audit", verbose_name=_("snapshot")
    )
    earlier = ArrayField(models.CharField(max_length=64), default=list)
    software_version = models.CharField(_("version of the program"), max_length=40)
    findings = models.JSONField(_("findings"), default=list)
    at = models.DateTimeField(_("checked at"), default=timezone.now)

    class Meta:
        verbose_name = _("audit of a snapshot")
        verbose_name_plural = _("audits of snapshots")
        ordering = ["-at"]
        triggers = [never_truncated()]

    def __str__(self) -> str:
        return f"{self.snapshot}: {len(self.findings)}"
