"""What an import wrote, so that it can be undone exactly; and what rests on figures elsewhere."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.enums import Absence, ImportStepKind
from measures.models.catalogue import Occupation, TargetGroup
from measures.models.figures import FigureVersion
from measures.models.imports import ImportRun
from measures.models.rounds import Item
from measures.querysets import FigureUseQuerySet
from measures.triggers import figure_use_triggers, never_truncated
from partners.enums import RegionLevel
from partners.models import Region
from partners.models.versioned import versioned


class ImportStep(models.Model):
    """One writing of an import's figures, or its undoing. Undoing an undo is a step that undoes that one.

    The versions it wrote are those of ``context_id`` between ``first_version`` and ``last_version``.
    """

    import_run = models.ForeignKey(
        ImportRun, on_delete=models.PROTECT, related_name="steps", verbose_name=_("import")
    )
    kind = models.CharField(_("kind"), max_length=5, choices=ImportStepKind)
    undoes = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
        verbose_name=_("undoes"),
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    context_id = models.UUIDField(_("context of its versions"))
    first_version = models.BigIntegerField(_("first version"))
    last_version = models.BigIntegerField(_("last version"))
    figure_count = models.PositiveIntegerField(_("figures"))

    class Meta:
        verbose_name = _("step of an import")
        verbose_name_plural = _("steps of imports")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="import_step_kind_known", condition=Q(kind__in=ImportStepKind.values)
            ),
            models.CheckConstraint(
                name="import_step_undo_names_its_step",
                condition=Q(kind=ImportStepKind.APPLY, undoes=None)
                | Q(kind=ImportStepKind.UNDO, undoes__isnull=False),
            ),
            models.CheckConstraint(
                name="import_step_versions_in_order", condition=Q(last_version__gte=F("first_version"))
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_truncated(),
        ]

    def __str__(self) -> str:
        return f"{self.import_run}: {self.get_kind_display()}"


class TouchedItem(models.Model):
    """An item's levels and Datenstand before and after a step, where the step changed them."""

    step = models.ForeignKey(ImportStep, on_delete=models.PROTECT, related_name="touched_items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    region_level_before = models.CharField(max_length=12, choices=RegionLevel)
    region_level_after = models.CharField(max_length=12, choices=RegionLevel)
    occupation_level_before = models.PositiveSmallIntegerField()
    occupation_level_after = models.PositiveSmallIntegerField()
    data_as_of_before = models.DateField(null=True)
    data_as_of_after = models.DateField(null=True)

    class Meta:
        ordering = ["step", "item"]
        constraints = [models.UniqueConstraint(fields=["step", "item"], name="touched_item_unique")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_truncated(),
        ]

    def __str__(self) -> str:
        return f"{self.step_id}: {self.item_id}"


@versioned(
    "FigureExplanationVersion",
    _("version of an explanation"),
    _("versions of explanations"),
    pghistory.InsertEvent("insert"),
    pghistory.UpdateEvent("update"),
)
class FigureExplanation(models.Model):
    """Why a query's value is right. Holds for this cell, rule and value, whichever file repeats it.

    An empty cell has neither a value nor an absence. The review accepts or refuses what was explained; what
    is refused is a query again, and a new explanation is judged anew.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="explanations")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    target_group = models.ForeignKey(TargetGroup, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(_("rule"), max_length=40)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True, blank=True)
    absence = models.CharField(_("absence"), max_length=16, choices=Absence, null=True, blank=True)  # noqa: DJ001  # NULL: there is a value
    text = models.TextField(_("explanation"))
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        related_name="+",
        verbose_name=_("explained by"),
    )
    explained_at = models.DateTimeField(_("explained at"), default=timezone.now)
    is_accepted = models.BooleanField(_("accepted"), null=True, blank=True)
    refusal = models.TextField(
        _("why it was refused"), max_length=2000, blank=True, default="", db_default=""
    )
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("judged by"),
    )
    judged_at = models.DateTimeField(_("judged at"), null=True, blank=True)

    class Meta:
        verbose_name = _("explanation")
        verbose_name_plural = _("explanations")
        ordering = ["item", "rule"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "region", "occupation", "target_group", "rule"],
                name="figure_explanation_unique_cell_rule",
            ),
            models.CheckConstraint(
                name="figure_explanation_value_or_absence",
                condition=Q(value__isnull=True) | Q(absence__isnull=True),
            ),
            models.CheckConstraint(name="figure_explanation_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="figure_explanation_judged_by_whom_and_when",
                condition=Q(is_accepted=None, judged_by=None, judged_at=None)
                | Q(is_accepted__isnull=False, judged_by__isnull=False, judged_at__isnull=False),
            ),
            models.CheckConstraint(
                name="figure_explanation_judged_by_somebody_else",
                condition=Q(judged_by=None) | ~Q(judged_by=F("explained_by")),
                violation_error_message=_("Somebody else judges an explanation."),
            ),
            models.CheckConstraint(
                name="figure_explanation_refused_with_a_reason",
                condition=Q(refusal="") & (Q(is_accepted=None) | Q(is_accepted=True))
                | Q(is_accepted__isnull=False, is_accepted=False) & ~Q(refusal=""),
                violation_error_message=_("Say why, so that the partner knows what to do."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.text}"


FigureExplanationVersion = FigureExplanation.pgh_event_model  # type: ignore[attr-defined]  # pghistory.track makes it


class FigureUse(models.Model):
    """A version of a figure that a report's numbers were added up from.

    Kept here, so that undoing an import or correcting a figure can ask what rests on it. ``snapshot`` is the
    SHA-256 of the report's frozen data, ``year`` the year it reports on.
    """

    pk = models.CompositePrimaryKey("snapshot", "version")
    version = models.ForeignKey(
        FigureVersion,
        on_delete=models.PROTECT,
        related_name="uses",
        db_constraint=False,  # a trigger looks for all of a statement at once
        verbose_name=_("version"),
    )
    snapshot = models.CharField(_("SHA-256 of the snapshot"), max_length=64)
    year = models.PositiveSmallIntegerField(_("year of the report"))

    objects = FigureUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a figure")
        verbose_name_plural = _("uses of figures")
        triggers = figure_use_triggers()

    def __str__(self) -> str:
        return f"{self.year}: {self.version_id}"
