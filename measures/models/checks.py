"""Plausibility checks as data, with every version of them; and whom a check leaves out for a time."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from measures.enums import CheckKind, CheckStatus, Severity
from measures.models.indicators import Indicator
from measures.querysets import CheckWaiverQuerySet, PlausibilityCheckQuerySet
from measures.triggers import never_truncated
from partners.models import Organisation
from partners.models.versioned import versioned


@versioned(
    "PlausibilityCheckVersion",
    _("version of a plausibility check"),
    _("versions of plausibility checks"),
    pghistory.InsertEvent("insert"),
    pghistory.UpdateEvent("update"),
)
class PlausibilityCheck(models.Model):
    """What is asked of the figures of a submission, how seriously, since when and in which words.

    ``parameters`` are those of the kind, as ``measures/checks/parameters.py`` describes them. Its change log
    are its versions: who and why is in the context of each.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=CheckKind)
    severity = models.CharField(_("severity"), max_length=6, choices=Severity)
    parameters = models.JSONField(_("parameters"), default=dict)
    text_de = models.CharField(_("text (German)"), max_length=300)
    text_en = models.CharField(_("text (English)"), max_length=300)
    status = models.CharField(_("status"), max_length=6, choices=CheckStatus, default=CheckStatus.DRAFT)
    valid_from = models.PositiveSmallIntegerField(_("first year"))
    valid_until = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)

    objects = PlausibilityCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("plausibility check")
        verbose_name_plural = _("plausibility checks")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="check_kind_known", condition=Q(kind__in=CheckKind.values)),
            models.CheckConstraint(name="check_severity_known", condition=Q(severity__in=Severity.values)),
            models.CheckConstraint(name="check_status_known", condition=Q(status__in=CheckStatus.values)),
            models.CheckConstraint(
                name="check_ends_after_it_starts",
                condition=Q(valid_until=None)
                | Q(valid_until__gte=F("valid_from"))
                | Q(status=CheckStatus.ENDED, valid_until=F("valid_from") - 1),
                violation_error_message=_("The last year cannot be before the first."),
            ),
            models.CheckConstraint(
                name="check_ended_has_its_last_year",
                condition=~Q(status=CheckStatus.ENDED) | Q(valid_until__isnull=False),
            ),
            models.CheckConstraint(name="check_explains_itself", condition=~Q(text_de="") & ~Q(text_en="")),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="stays_what_it_is", fields=["code", "kind"]),
            pgtrigger.Protect(
                name="no_way_back",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.status <> NEW.status AND (OLD.status = 'ended' OR NEW.status = 'draft')"
                ),
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            never_truncated(),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return self.text_en if get_language() == "en" else self.text_de

    @property
    def is_draft(self) -> bool:
        return self.status == CheckStatus.DRAFT

    @property
    def is_ended(self) -> bool:
        return self.status == CheckStatus.ENDED

    @property
    def is_active(self) -> bool:
        return self.status == CheckStatus.ACTIVE


PlausibilityCheckVersion = PlausibilityCheck.pgh_event_model  # type: ignore[attr-defined]  # pghistory.track makes it


class CheckWaiver(models.Model):
    """A check that does not count for an organisation, or for all, until a year: who decided it and why.

    It stays as it was given; ending it early adds who, when and why.
    """

    plausibility_check = models.ForeignKey(
        PlausibilityCheck, on_delete=models.PROTECT, related_name="waivers", verbose_name=_("check")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
        help_text=_("Empty: for all."),
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("indicator"),
        help_text=_("Empty: for all indicators of the check."),
    )
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    reason = models.TextField(_("reason"), max_length=2000)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        related_name="+",
        verbose_name=_("given by"),
    )
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ended by"),
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    end_reason = models.TextField(_("reason of the end"), max_length=2000, blank=True, default="")

    objects = CheckWaiverQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiver of a check")
        verbose_name_plural = _("waivers of checks")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="waiver_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="waiver_ends_after_it_starts",
                condition=Q(last_year__gte=F("first_year")),
                violation_error_message=_("The last year cannot be before the first."),
            ),
            models.CheckConstraint(
                name="waiver_end_has_who_when_and_why",
                condition=Q(ended_by=None, ended_at=None, end_reason="")
                | (Q(ended_by__isnull=False, ended_at__isnull=False) & ~Q(end_reason="")),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="waiver_never_changes",
                fields=[
                    "plausibility_check",
                    "organisation",
                    "indicator",
                    "first_year",
                    "last_year",
                    "reason",
                    "given_by",
                    "given_at",
                ],
            ),
            pgtrigger.Protect(
                name="ended_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.ended_at IS NOT NULL"),
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            never_truncated(),
        ]

    def __str__(self) -> str:
        return f"{self.plausibility_check_id}: {self.reason}"
