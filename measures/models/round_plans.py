"""What a round asks of whom, and the log of what was done to it."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.enums import Breakdown, RoundAction
from measures.models.indicators import Indicator
from measures.models.rounds import ReportingRound, Submission
from measures.triggers import never_truncated
from partners.enums import ASKED_KINDS
from partners.models.versioned import fully_versioned


@fully_versioned(
    "RoundIndicatorVersion",
    _("version of what a round asks of an indicator"),
    _("versions of what a round asks of an indicator"),
)
class RoundIndicator(models.Model):
    """An indicator that a round asks for: of which kinds of organisations, broken down by what."""

    round = models.ForeignKey(
        ReportingRound, on_delete=models.PROTECT, related_name="asked", verbose_name=_("reporting round")
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("indicator")
    )
    asked_of = ArrayField(models.CharField(max_length=30, choices=ASKED_KINDS), verbose_name=_("asked of"))
    breakdown = ArrayField(
        models.CharField(max_length=20, choices=Breakdown),
        default=list,
        blank=True,
        verbose_name=_("broken down by"),
    )

    class Meta:
        verbose_name = _("indicator of a round")
        verbose_name_plural = _("indicators of rounds")
        ordering = ["round", "indicator__position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "indicator"], name="round_indicator_unique"),
            models.CheckConstraint(
                name="round_indicator_is_asked_of_known_kinds",
                condition=Q(asked_of__len__gte=1)
                & Q(asked_of__contained_by=[kind for kind, _label in ASKED_KINDS]),
            ),
            models.CheckConstraint(
                name="round_indicator_breakdown_known",
                condition=Q(breakdown__contained_by=Breakdown.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.indicator.code}"

    @property
    def kind_labels(self) -> list[str]:
        return [str(label) for kind, label in ASKED_KINDS if kind in self.asked_of]

    @property
    def breakdown_labels(self) -> list[str]:
        return [str(each.label) for each in Breakdown if each.value in self.breakdown]


class RoundEvent(models.Model):
    """Something that was done to a round or to the window of one submission. Rows are added, never changed.

    The dates are those of the round afterwards, ``extended_until`` that of the submission. ``details`` holds
    what has changed, as ``measures/selectors/round_log.py`` writes and reads it. Without an actor it was the
    system: the catalogue's rounds.
    """

    round = models.ForeignKey(
        ReportingRound, on_delete=models.PROTECT, related_name="events", verbose_name=_("reporting round")
    )
    submission = models.ForeignKey(
        Submission,
        on_delete=models.DO_NOTHING,  # a submission that is dropped from its round leaves its number
        db_constraint=False,
        null=True,
        blank=True,
        related_name="round_events",
        verbose_name=_("submission"),
    )
    action = models.CharField(_("action"), max_length=12, choices=RoundAction)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    due_on = models.DateField(_("due on"))
    extended_until = models.DateField(_("extended until"), null=True, blank=True)
    details = models.JSONField(_("what has changed"), default=dict, blank=True)

    class Meta:
        verbose_name = _("change of a round")
        verbose_name_plural = _("changes of rounds")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="round_event_action_known", condition=Q(action__in=RoundAction.values)
            ),
            models.CheckConstraint(
                name="round_event_has_a_reason",
                condition=~Q(action__in=RoundAction.needing_reason) | ~Q(reason=""),
                violation_error_message=_("Say why, so that everybody can follow what happened."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_truncated(),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.get_action_display()}"


RoundIndicatorVersion = RoundIndicator.pgh_event_model  # type: ignore[attr-defined]  # pghistory.track makes it
