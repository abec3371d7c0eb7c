"""What is counted, under which names, and what was promised of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from measures.enums import TOTAL, Breakdown, Favourable, IndicatorType, PeriodKind, SumsOver, Unit
from measures.models.catalogue import Bilingual, Measure
from measures.rules.target_groups import asked_groups_trigger
from measures.triggers import indicator_triggers
from partners.enums import ASKED_KINDS
from partners.models import Organisation
from partners.models.versioned import fully_versioned


@fully_versioned("IndicatorVersion", _("version of an indicator"), _("versions of indicators"))
class Indicator(Bilingual):
    """What is counted: its unit, its period, who is asked and what it may be summed over."""

    measure = models.ForeignKey(
        Measure,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("measure"),
        help_text=_("Empty for what is asked of every measure alike."),
    )
    unit = models.CharField(_("unit"), max_length=20, choices=Unit)
    decimals = models.PositiveSmallIntegerField(_("decimal places"), default=0)
    type = models.CharField(_("type"), max_length=8, choices=IndicatorType)
    period = models.CharField(_("period"), max_length=20, choices=PeriodKind)
    sums_over = ArrayField(
        models.CharField(max_length=20, choices=SumsOver),
        default=list,
        blank=True,
        verbose_name=_("summed over"),
    )
    breakdown = ArrayField(
        models.CharField(max_length=20, choices=Breakdown),
        default=list,
        blank=True,
        verbose_name=_("broken down by"),
    )
    target_groups = ArrayField(
        models.CharField(max_length=12),
        default=list,
        blank=True,
        verbose_name=_("asked by target groups"),
        help_text=_("The codes of those that make sense for it, where it is broken down by target group."),
    )
    asked_of = ArrayField(
        models.CharField(max_length=30, choices=ASKED_KINDS),
        default=list,
        blank=True,
        verbose_name=_("asked of"),
    )
    may_be_negative = models.BooleanField(_("may be negative"), default=False)
    counts_persons = models.BooleanField(
        _("counts persons"), default=False, help_text=_("Small numbers are withheld in public.")
    )
    favourable = models.CharField(
        _("favourable direction"), max_length=4, choices=Favourable, default=Favourable.UP
    )
    is_recorded = models.BooleanField(
        _("recorded as figures"),
        default=True,
        help_text=_("No: recorded elsewhere, such as expenditure with a measure's funding."),
    )
    definition_de = models.TextField(_("definition (German)"), blank=True)
    definition_en = models.TextField(_("definition (English)"), blank=True)
    source_de = models.CharField(_("source (German)"), max_length=200, blank=True)
    source_en = models.CharField(_("source (English)"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(Bilingual.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                name="indicator_stock_not_over_years",
                condition=~Q(type=IndicatorType.STOCK) | ~Q(sums_over__contains=[SumsOver.YEARS]),
                violation_error_message=_("A stock is never summed over years."),
            ),
            models.CheckConstraint(name="indicator_unit_known", condition=Q(unit__in=Unit.values)),
            models.CheckConstraint(name="indicator_period_known", condition=Q(period__in=PeriodKind.values)),
            models.CheckConstraint(name="indicator_decimals_at_most_four", condition=Q(decimals__lte=4)),
            models.CheckConstraint(
                name="indicator_by_target_group_names_them",
                condition=~Q(breakdown__contains=[Breakdown.TARGET_GROUP]) | Q(target_groups__len__gte=1),
                violation_error_message=_(
                    "An indicator that is broken down by target group names the groups it is asked by."
                ),
            ),
        ]
        triggers = [*indicator_triggers(), asked_groups_trigger()]

    def is_asked_by(self, target_group: str) -> bool:
        """Whether a figure of this indicator may be about this target group."""
        return target_group == TOTAL or (
            Breakdown.TARGET_GROUP in self.breakdown and target_group in self.target_groups
        )

    @property
    def counted(self) -> str:
        return PeriodKind(self.period).counted(self.type)

    @property
    def definition(self) -> str:
        return self.definition_en if get_language() == "en" else self.definition_de

    @property
    def source(self) -> str:
        return self.source_en if get_language() == "en" else self.source_de


@fully_versioned("IndicatorAliasVersion", _("version of another name"), _("versions of other names"))
class IndicatorAlias(models.Model):
    """Another name under which spreadsheets speak of an indicator, compared after normalisation."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("indicator")
    )
    name = models.CharField(_("name"), max_length=300)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name"], name="indicator_alias_unique_name")]

    def __str__(self) -> str:
        return self.name


@fully_versioned(
    "SeriesBreakVersion", _("version of a break in the series"), _("versions of breaks in the series")
)
class SeriesBreak(models.Model):
    """From a year on an indicator is counted in another way: it does not continue the years before."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="series_breaks", verbose_name=_("indicator")
    )
    year = models.PositiveSmallIntegerField(_("first year counted in the new way"))
    reason_de = models.CharField(_("what has changed (German)"), max_length=300)
    reason_en = models.CharField(_("what has changed (English)"), max_length=300)

    class Meta:
        verbose_name = _("break in the series")
        verbose_name_plural = _("breaks in the series")
        ordering = ["indicator", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year"],
                name="series_break_unique_indicator_year",
                violation_error_message=_("This indicator already has a break in this year."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.year}"

    @property
    def reason(self) -> str:
        return self.reason_en if get_language() == "en" else self.reason_de


@fully_versioned("TargetVersion", _("version of a target"), _("versions of targets"))
class Target(models.Model):
    """A promised number for one year: of an indicator, or of a ratio of two."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="targets", verbose_name=_("indicator")
    )
    denominator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("divided by"),
        help_text=_("Set for a ratio: both sums are formed first, then divided."),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("target value"), max_digits=18, decimal_places=4)
    baseline_year = models.PositiveSmallIntegerField(_("baseline year"), null=True, blank=True)
    baseline = models.DecimalField(
        _("baseline value"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    is_ceiling = models.BooleanField(
        _("ceiling"), default=False, help_text=_("“up to”: shown as utilisation")
    )
    is_yearly = models.BooleanField(_("promised for every year"), default=False)
    commitment = models.CharField(_("commitment"), max_length=12, blank=True)
    responsible = models.ManyToManyField(
        Organisation, related_name="targets", blank=True, verbose_name=_("responsible")
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["year", "indicator"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "denominator", "year"],
                name="target_unique_indicator_year",
                nulls_distinct=False,
                violation_error_message=_("This indicator already has a target for this year."),
            ),
            models.CheckConstraint(
                name="target_baseline_has_its_year",
                condition=Q(baseline=None, baseline_year=None)
                | Q(baseline__isnull=False, baseline_year__isnull=False),
                violation_error_message=_("A baseline needs both its year and its value."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.year}"


IndicatorVersion = Indicator.pgh_event_model  # type: ignore[attr-defined]  # pghistory.track makes it
IndicatorAliasVersion = IndicatorAlias.pgh_event_model  # type: ignore[attr-defined]  # as above
SeriesBreakVersion = SeriesBreak.pgh_event_model  # type: ignore[attr-defined]  # as above
TargetVersion = Target.pgh_event_model  # type: ignore[attr-defined]  # as above
