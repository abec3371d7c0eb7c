"""The figures: current, in every version, and as approved; and what files state as their sums."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Now
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from measures.enums import TOTAL, Absence, ControlScope, Origin, Quality
from measures.figure_rules import KEY
from measures.models.catalogue import Occupation, TargetGroup
from measures.models.imports import ImportRun
from measures.models.indicators import Indicator
from measures.models.rounds import Item
from measures.querysets import ControlTotalQuerySet, FigureQuerySet
from measures.rules.totals import APPROVED, CURRENT, MAIN_GROUP_DIGITS, total_triggers
from measures.triggers import approved_figure_triggers, figure_triggers, never_truncated
from partners.models import Organisation, Region

_KEY = [column.removesuffix("_id") for column in KEY]

# As ``measures/rules/totals.py`` has it: few of very many figures are totals by themselves.
_IS_TOTAL = Q(LessThanOrEqual(Length("occupation"), MAIN_GROUP_DIGITS))


class FigureContent(models.Model):
    """The key of a figure within its item, and what was stated: a value or a reason for none."""

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("region")
    )
    occupation = models.ForeignKey(
        Occupation,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        default=TOTAL,
        verbose_name=_("occupation"),
    )
    target_group = models.ForeignKey(
        TargetGroup,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        default=TOTAL,
        verbose_name=_("target group"),
    )
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True, blank=True)
    absence = models.CharField(_("absence"), max_length=16, choices=Absence, null=True, blank=True)  # noqa: DJ001  # NULL: there is a value
    quality = models.CharField(
        _("quality"), max_length=12, choices=Quality, default=Quality.FINAL, db_default=Quality.FINAL
    )
    is_below_half_unit = models.BooleanField(_("less than half a unit"), default=False, db_default=False)
    is_uncertain = models.BooleanField(_("uncertain"), default=False, db_default=False)
    note = models.TextField(_("note"), blank=True, default="", db_default="")

    class Meta:
        abstract = True


@pghistory.track(
    pghistory.InsertEvent("insert"),
    pghistory.UpdateEvent("update"),
    pghistory.DeleteEvent("delete"),
    model_name="FigureVersion",
    obj_field=None,
    append_only=True,
    level=pghistory.Statement,
    meta={
        "indexes": [
            models.Index(fields=[*_KEY, "-pgh_id"], name="figure_version_by_key"),
            # For the search of the history; both grow at their end, so that writing hardly notices them.
            models.Index(fields=["pgh_created_at", "pgh_id"], name="figure_version_by_time"),
            models.Index(fields=["pgh_context"], name="figure_version_by_context"),
            models.Index(
                fields=["value", "-pgh_created_at", "-pgh_id"],
                name="figure_version_by_value",
                condition=Q(value__isnull=False),
            ),
            models.Index(
                fields=["item", "target_group", "occupation", "region", "-pgh_id"],
                condition=_IS_TOTAL,
                name="figure_version_of_totals",
            ),
        ],
        "triggers": [never_truncated()],
        "verbose_name": _("version of a figure"),
        "verbose_name_plural": _("versions of figures"),
    },
)
class Figure(FigureContent):
    """The current statement on one key, and where it came from.

    Every insert, update and delete leaves a ``FigureVersion``, by ORM or SQL. ``sheet``, ``cell`` and
    ``original`` are the place and the text of the cell in the file of ``import_run``.
    """

    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="figures", db_index=False, verbose_name=_("item")
    )
    origin = models.CharField(
        _("origin"), max_length=8, choices=Origin, default=Origin.SYSTEM, db_default=Origin.SYSTEM
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered at"), db_default=Now())
    import_run = models.ForeignKey(
        ImportRun,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,  # what an import wrote is found by its steps
        related_name="figures",
        verbose_name=_("import"),
    )
    sheet = models.CharField(_("sheet"), max_length=100, blank=True, default="", db_default="")
    cell = models.CharField(_("cell"), max_length=12, blank=True, default="", db_default="")
    original = models.CharField(_("original text"), max_length=200, blank=True, default="", db_default="")

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            models.UniqueConstraint(fields=_KEY, name="figure_unique_key"),
            models.CheckConstraint(
                name="figure_value_or_absence",
                condition=Q(value__isnull=False, absence__isnull=True)
                | Q(value__isnull=True, absence__isnull=False),
                violation_error_message=_("A figure has either a value or a reason for having none."),
            ),
            models.CheckConstraint(
                name="figure_absence_known", condition=Q(absence__isnull=True) | Q(absence__in=Absence.values)
            ),
            models.CheckConstraint(name="figure_quality_known", condition=Q(quality__in=Quality.values)),
            models.CheckConstraint(name="figure_origin_known", condition=Q(origin__in=Origin.values)),
            models.CheckConstraint(
                name="figure_below_half_unit_is_zero",
                condition=Q(is_below_half_unit=False) | Q(value=0),
                violation_error_message=_("“Less than half a unit” goes with the value 0."),
            ),
            models.CheckConstraint(
                name="figure_import_names_its_cell",
                condition=~Q(origin=Origin.IMPORT) | (Q(import_run__isnull=False) & ~Q(cell="")),
            ),
            models.CheckConstraint(
                name="figure_entry_names_its_person",
                condition=~Q(origin__in=Origin.by_people) | Q(entered_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["item", "target_group", "occupation"],
                condition=_IS_TOTAL,
                name="figure_of_totals",
            )
        ]
        triggers = [*figure_triggers(), *total_triggers(CURRENT)]

    def __str__(self) -> str:
        return f"{self.item_id} {self.region_id} {self.occupation_id} {self.target_group_id}"


class ApprovedFigure(FigureContent):
    """A figure as approved, and in which version. Reports and open data read this table alone."""

    item = models.ForeignKey(
        Item,
        on_delete=models.PROTECT,
        related_name="approved_figures",
        db_index=False,
        verbose_name=_("item"),
    )
    version = models.ForeignKey(
        "measures.FigureVersion",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("version"),
    )

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("approved figure")
        verbose_name_plural = _("approved figures")
        constraints = [
            models.UniqueConstraint(fields=_KEY, name="approved_figure_unique_key"),
            models.CheckConstraint(
                name="approved_figure_value_or_absence",
                condition=Q(value__isnull=False, absence__isnull=True)
                | Q(value__isnull=True, absence__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["item", "target_group", "occupation"],
                condition=_IS_TOTAL,
                name="approved_figure_of_totals",
            )
        ]
        triggers = [*approved_figure_triggers(), *total_triggers(APPROVED)]

    def __str__(self) -> str:
        return f"{self.item_id} {self.region_id} {self.occupation_id} {self.target_group_id}"


class ControlTotal(models.Model):
    """A total over organisations or regions that a file states: compared with the sum, never added."""

    import_run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="control_totals", verbose_name=_("import")
    )
    sheet = models.CharField(_("sheet"), max_length=100)
    cell = models.CharField(_("cell"), max_length=12)
    scope = models.CharField(_("adds up"), max_length=14, choices=ControlScope)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="+", verbose_name=_("indicator")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
        help_text=_("Whose regions are added up; empty for a total over organisations."),
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("region"))
    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, related_name="+", verbose_name=_("occupation")
    )
    target_group = models.ForeignKey(
        TargetGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("target group")
    )
    stated = models.DecimalField(_("stated"), max_digits=18, decimal_places=4)
    sum = models.DecimalField(_("sum"), max_digits=18, decimal_places=4, null=True)
    tolerance = models.DecimalField(
        _("tolerance"), max_digits=18, decimal_places=4, default=0, help_text=_("What rounding allows.")
    )
    is_ok = models.BooleanField(
        _("agrees"), null=True, help_text=_("Unknown where parts are absent and the sum cannot be checked.")
    )

    objects = ControlTotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("control total")
        verbose_name_plural = _("control totals")
        ordering = ["import_run", "sheet", "cell"]
        constraints = [
            models.UniqueConstraint(fields=["import_run", "sheet", "cell"], name="control_total_unique_cell"),
            models.CheckConstraint(
                name="control_total_agrees_or_not",
                condition=Q(is_ok=None)
                | Q(is_ok=True, sum__range=(F("stated") - F("tolerance"), F("stated") + F("tolerance")))
                | Q(is_ok=False, sum__gt=F("stated") + F("tolerance"))
                | Q(is_ok=False, sum__lt=F("stated") - F("tolerance")),
            ),
            models.CheckConstraint(
                name="control_total_scope_known", condition=Q(scope__in=ControlScope.values)
            ),
            models.CheckConstraint(
                name="control_total_regions_are_somebodys",
                condition=Q(scope=ControlScope.ORGANISATIONS) | Q(organisation__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"


FigureVersion = Figure.pgh_event_model  # type: ignore[attr-defined]  # pghistory.track makes it
