import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partners.enums import OrganisationKind, is_entitled
from partners.models.regions import Region
from partners.models.versioned import fully_versioned
from partners.querysets import AffiliationQuerySet, MandateQuerySet, OrganisationQuerySet
from partners.triggers import organisation_triggers

HAS_ROLES = _(
    "There are people here who review, audit or manage data, which this kind of organisation does not do."
)
FOUNDED = dt.date(2014, 12, 1)  # the Alliance began; nothing is recorded from before


class DateRange(Func):
    """PostgreSQL's ``daterange``; both ends belong to it, an open end is NULL."""

    function = "DATERANGE"
    output_field = DateRangeField()


@fully_versioned("OrganisationVersion", _("version of an organisation"), _("versions of organisations"))
class Organisation(models.Model):
    """A partner of the Alliance, or a member of one."""

    code = models.CharField(_("code"), max_length=20)
    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind)
    name_de = models.CharField(_("name (German)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=100)
    sort_key = models.CharField(_("sort key"), max_length=200, editable=False)
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        related_name="organisations",
        verbose_name=_("region"),
        help_text=_("The Land of a chamber or a Land; the whole country for everyone else."),
    )
    seat = models.CharField(_("seat"), max_length=100, blank=True)
    role_de = models.CharField(_("role in the Alliance (German)"), max_length=100, blank=True)
    role_en = models.CharField(_("role in the Alliance (English)"), max_length=100, blank=True)
    is_partner = models.BooleanField(
        _("partner of the Alliance"), default=False, help_text=_("Signed the Alliance itself.")
    )
    valid_from = models.DateField(_("valid from"), default=FOUNDED)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
        help_text=_("Where a merged organisation lives on. Its own past stays readable."),
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="organisation_unique_code"),
            models.CheckConstraint(
                name="organisation_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("An organisation cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="organisation_kind_known", condition=Q(kind__in=OrganisationKind.values)
            ),
        ]
        triggers = organisation_triggers()

    def __str__(self) -> str:
        return self.short_name

    def clean(self) -> None:
        """Name the rule in a form; the database keeps it."""
        if self.pk is None or self.kind not in OrganisationKind.values:
            return
        roles = self.memberships.values_list("role", flat=True).distinct()
        if any(not is_entitled(self.kind, role) for role in roles):
            raise ValidationError({"kind": HAS_ROLES})

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_de

    @property
    def role(self) -> str:
        return self.role_en if get_language() == "en" else self.role_de


@fully_versioned("OrganisationAliasVersion", _("version of another name"), _("versions of other names"))
class OrganisationAlias(models.Model):
    """Another name under which spreadsheets speak of an organisation, compared after normalisation."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name"], name="organisation_alias_unique_name")]

    def __str__(self) -> str:
        return self.name


@fully_versioned("AffiliationVersion", _("version of an affiliation"), _("versions of affiliations"))
class Affiliation(models.Model):
    """Who belongs to whom, and when: the dated tree of the Alliance."""

    member = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="affiliations", verbose_name=_("member")
    )
    umbrella = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="member_affiliations", verbose_name=_("umbrella")
    )
    valid_from = models.DateField(_("valid from"), default=FOUNDED)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["umbrella__sort_key", "member__sort_key"]
        constraints = [
            models.CheckConstraint(
                name="affiliation_not_with_itself",
                condition=~Q(member=F("umbrella")),
                violation_error_message=_("An organisation cannot be its own umbrella."),
            ),
            models.CheckConstraint(
                name="affiliation_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("An affiliation cannot end before it begins."),
            ),
            ExclusionConstraint(
                name="affiliation_one_umbrella_at_a_time",
                expressions=[
                    (F("member"), RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_until", Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This organisation already has an umbrella in that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} → {self.umbrella}"


@fully_versioned("MandateVersion", _("version of a mandate"), _("versions of mandates"))
class Mandate(models.Model):
    """Who may upload figures for whom, and when: an IT service provider or a Land for chambers.

    It holds for the principal alone, not for its members, and for uploading alone.
    """

    agent = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="mandates", verbose_name=_("agent")
    )
    principal = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="given_mandates", verbose_name=_("uploads for")
    )
    valid_from = models.DateField(_("valid from"), default=timezone.localdate)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["agent__sort_key", "principal__sort_key", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="mandate_not_with_itself",
                condition=~Q(agent=F("principal")),
                violation_error_message=_("An organisation needs no mandate for itself."),
            ),
            models.CheckConstraint(
                name="mandate_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("A mandate cannot end before it begins."),
            ),
            ExclusionConstraint(
                name="mandate_once_at_a_time",
                expressions=[
                    (F("agent"), RangeOperators.EQUAL),
                    (F("principal"), RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_until", Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This mandate is already there for that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent} → {self.principal}"


OrganisationVersion = Organisation.pgh_event_model  # type: ignore[attr-defined]  # pghistory.track makes it
OrganisationAliasVersion = OrganisationAlias.pgh_event_model  # type: ignore[attr-defined]  # as above
AffiliationVersion = Affiliation.pgh_event_model  # type: ignore[attr-defined]  # as above
MandateVersion = Mandate.pgh_event_model  # type: ignore[attr-defined]  # as above
