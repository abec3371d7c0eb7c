"""The Alliance's catalogue: what is promised, by whom, for whom, and how it is counted."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from measures.enums import (
    ContributionRole,
    LessonKind,
    MeasureKind,
    Quality,
    TargetGroupKind,
)
from measures.rules.target_groups import group_kept_trigger
from partners.enums import ASKED_KINDS
from partners.models import Organisation
from partners.models.organisations import FOUNDED
from partners.models.versioned import fully_versioned


class Bilingual(models.Model):
    """A code with a German and an English name; the language in use decides which is shown."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name_de = models.CharField(_("name (German)"), max_length=300)
    name_en = models.CharField(_("name (English)"), max_length=300)

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_de


class Phase(models.Model):
    """A term of the Alliance, as signed."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    alliance_de = models.CharField(_("name of the Alliance (German)"), max_length=200)
    alliance_en = models.CharField(_("name of the Alliance (English)"), max_length=200)
    homepage = models.URLField(_("home page"), blank=True)
    implementing_body = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("implementing body")
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                name="phase_ends_after_it_starts",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("A phase cannot end before it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def alliance(self) -> str:
        return self.alliance_en if get_language() == "en" else self.alliance_de


@fully_versioned("ObjectiveVersion", _("version of an objective"), _("versions of objectives"))
class Objective(Bilingual):
    class Meta(Bilingual.Meta):
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")


@fully_versioned("TargetGroupVersion", _("version of a target group"), _("versions of target groups"))
class TargetGroup(models.Model):
    """A subset of companies or young people. Groups overlap and are never added up; ``_T`` is everyone."""

    code = models.CharField(_("code"), max_length=12, primary_key=True)
    kind = models.CharField(_("kind"), max_length=12, choices=TargetGroupKind)
    name_de = models.CharField(_("name (German)"), max_length=300)
    name_en = models.CharField(_("name (English)"), max_length=300)
    note = models.TextField(_("note"), blank=True)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        ordering = ["position", "code"]
        triggers = [group_kept_trigger()]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_de


class Occupation(models.Model):
    """A KldB 2010 code as text, ``_T`` (all occupations) or ``_U`` (not assigned).

    ``level`` is the number of digits; 0 for the two special codes, which every level accepts.
    """

    code = models.CharField(_("code"), max_length=8, primary_key=True)
    level = models.PositiveSmallIntegerField(_("digits"))
    label_de = models.CharField(_("label (German)"), max_length=300)
    label_en = models.CharField(_("label (English)"), max_length=300, blank=True)
    is_from_file = models.BooleanField(
        _("label from a file"), default=False, help_text=_("Not in the list; a spreadsheet named it so.")
    )

    class Meta:
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="occupation_level_is_its_digits",
                condition=Q(code__in=["_T", "_U"], level=0)
                | Q(code__regex=r"^[0-9]{1,5}$", level=Length("code")),
                violation_error_message=_("An occupation is a KldB code of one to five digits."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.label_en if get_language() == "en" and self.label_en else self.label_de


class FundingSource(Bilingual):
    class Meta(Bilingual.Meta):
        verbose_name = _("funding source")
        verbose_name_plural = _("funding sources")


@fully_versioned("MeasureVersion", _("version of a measure"), _("versions of measures"))
class Measure(Bilingual):
    """Something the partners do together, with its objectives, groups and money."""

    kind = models.CharField(_("kind"), max_length=20, choices=MeasureKind)
    objectives = models.ManyToManyField(Objective, related_name="measures", verbose_name=_("objectives"))
    target_groups = models.ManyToManyField(
        TargetGroup, related_name="measures", blank=True, verbose_name=_("target groups")
    )
    since = models.PositiveSmallIntegerField(_("since"), null=True, blank=True)
    secured_until = models.CharField(_("secured until"), max_length=60, blank=True)

    class Meta(Bilingual.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            models.CheckConstraint(name="measure_kind_known", condition=Q(kind__in=MeasureKind.values))
        ]


@fully_versioned("MeasureContributionVersion", _("version of a contribution"), _("versions of contributions"))
class MeasureContribution(models.Model):
    """Who leads or carries a measure, and from when to when: a partner, or all partners of a kind."""

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="contributions", verbose_name=_("measure")
    )
    role = models.CharField(_("role"), max_length=8, choices=ContributionRole)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("organisation"),
    )
    organisation_kind = models.CharField(
        _("all of this kind"), max_length=30, choices=ASKED_KINDS, blank=True
    )
    valid_from = models.DateField(_("valid from"), default=FOUNDED)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["measure", "role", "organisation__sort_key"]
        constraints = [
            models.CheckConstraint(
                name="contribution_by_one_or_by_a_kind",
                condition=Q(organisation=None) ^ Q(organisation_kind=""),
                violation_error_message=_("Name either an organisation or a kind of organisation."),
            ),
            models.CheckConstraint(
                name="contribution_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("A contribution cannot end before it begins."),
            ),
            models.UniqueConstraint(
                fields=["measure", "role", "organisation", "organisation_kind", "valid_from"],
                name="contribution_unique",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.get_organisation_kind_display())


@fully_versioned("MeasureFundingVersion", _("version of a funding"), _("versions of funding"))
class MeasureFunding(models.Model):
    """Where a measure's money comes from; with a year and an amount in euros once they are known."""

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="funding", verbose_name=_("measure")
    )
    source = models.ForeignKey(
        FundingSource, on_delete=models.PROTECT, related_name="+", verbose_name=_("funding source")
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    amount = models.DecimalField(_("amount in euros"), max_digits=15, decimal_places=2, null=True, blank=True)
    quality = models.CharField(
        _("quality"), max_length=12, choices=Quality, default=Quality.FINAL, db_default=Quality.FINAL
    )
    note = models.TextField(_("note"), blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        ordering = ["measure", "source", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "source", "year"], name="funding_unique", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="funding_amount_has_its_year",
                condition=Q(amount=None) | Q(year__isnull=False),
                violation_error_message=_("An amount needs the year it was spent in."),
            ),
            models.CheckConstraint(
                name="funding_amount_not_negative",
                condition=Q(amount=None) | Q(amount__gte=0),
                violation_error_message=_("An amount cannot be negative."),
            ),
            models.CheckConstraint(name="funding_quality_known", condition=Q(quality__in=Quality.values)),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.source}"


class Product(Bilingual):
    """Something the Alliance made."""

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="products", verbose_name=_("measure")
    )
    year = models.PositiveSmallIntegerField(_("year"))

    class Meta(Bilingual.Meta):
        verbose_name = _("product")
        verbose_name_plural = _("products")


class Outcome(Bilingual):
    """Something that changed: through a measure, for an objective, or for the Alliance as a whole."""

    measure = models.ForeignKey(
        Measure,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="outcomes",
        verbose_name=_("measure"),
    )
    objective = models.ForeignKey(
        Objective,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="outcomes",
        verbose_name=_("objective"),
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)

    class Meta(Bilingual.Meta):
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")


class Lesson(Bilingual):
    """What the partners learnt, or what made them succeed."""

    kind = models.CharField(_("kind"), max_length=8, choices=LessonKind)

    class Meta(Bilingual.Meta):
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")


ObjectiveVersion = Objective.pgh_event_model  # type: ignore[attr-defined]  # pghistory.track makes it
TargetGroupVersion = TargetGroup.pgh_event_model  # type: ignore[attr-defined]  # as above
MeasureVersion = Measure.pgh_event_model  # type: ignore[attr-defined]  # as above
MeasureContributionVersion = MeasureContribution.pgh_event_model  # type: ignore[attr-defined]  # as above
MeasureFundingVersion = MeasureFunding.pgh_event_model  # type: ignore[attr-defined]  # as above
