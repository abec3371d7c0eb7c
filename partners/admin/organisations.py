from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, QuerySet, Subquery
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export import fields, widgets
from tablib import Dataset

from partners.admin.exchange import CodedResource, DayWidget, ExchangeMixin, RegionWidget
from partners.admin.forms import PlainListsMixin, RefusalMixin, StableCodeMixin
from partners.models import Affiliation, Mandate, Organisation, OrganisationAlias, Region
from partners.models.organisations import HAS_ROLES
from partners.sorting import organisation_sort_key
from partners.triggers import RULE

REFUSALS = {
    "item_owners_are_an_antichain": gettext_lazy(
        "In a round of that time both are asked for the same indicator, or someone below or above them is. "
        "Let the affiliation begin after that round's year."
    ),
    RULE: HAS_ROLES,
}


class UmbrellaField(fields.Field):
    """Whom an organisation belongs to today."""

    ANNOTATION = "umbrella_code"

    def get_value(self, instance: Organisation) -> str:
        return getattr(instance, self.ANNOTATION, "") or ""


class OrganisationResource(CodedResource):
    region = fields.Field("region", "region", RegionWidget(Region, "code"))
    successor = fields.Field("successor", "successor", widgets.ForeignKeyWidget(Organisation, "code"))
    valid_from = fields.Field("valid_from", "valid_from", DayWidget())
    valid_until = fields.Field("valid_until", "valid_until", DayWidget())
    umbrella = UmbrellaField(column_name="umbrella")
    alias_model = OrganisationAlias
    refusals = REFUSALS
    owner = "organisation"

    class Meta(CodedResource.Meta):
        model = Organisation
        fields = [
            "code",
            "kind",
            "name_de",
            "name_en",
            "short_name",
            "region",
            "seat",
            "role_de",
            "role_en",
            "is_partner",
            "valid_from",
            "valid_until",
            "successor",
            "umbrella",
            "aliases",
        ]
        export_order = fields

    def with_related(self, queryset: QuerySet[Organisation]) -> QuerySet[Organisation]:
        today = Affiliation.objects.valid(timezone.localdate()).filter(member=OuterRef("pk"))
        umbrella = Subquery(today.values("umbrella__code")[:1])
        return (
            super()
            .with_related(queryset)
            .select_related("region", "successor")
            .annotate(**{UmbrellaField.ANNOTATION: umbrella})
        )

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        today = Affiliation.objects.valid(timezone.localdate())
        self.umbrellas = dict(today.values_list("member__code", "umbrella__code"))

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """Refuse another umbrella: a spreadsheet has no column for its first day."""
        super().before_import_row(row, **kwargs)
        if "umbrella" not in row:
            return
        wanted = row["umbrella"] = str(row["umbrella"]).strip()
        now = self.umbrellas.get(row.get("code") or "", "")
        if wanted == now:
            return
        if now:
            raise ValidationError(
                _(
                    "%(code)s belongs to %(now)s. Change its umbrella on its own page, giving the day "
                    "from which it holds, and then import again."
                )
                % {"code": row.get("code"), "now": now}
            )
        if not Organisation.objects.filter(code=wanted).exists():
            raise ValidationError(_("There is no organisation with the code %(code)s.") % {"code": wanted})

    def before_save_instance(self, instance: Organisation, row: dict[str, Any], **kwargs: Any) -> None:
        instance.sort_key = organisation_sort_key(instance.short_name)

    def after_save_instance(self, instance: Organisation, row: dict[str, Any], **kwargs: Any) -> None:
        super().after_save_instance(instance, row, **kwargs)
        if row.get("umbrella") and not self.fields["umbrella"].get_value(instance):
            Affiliation.objects.create(
                member=instance,
                umbrella=Organisation.objects.get(code=row["umbrella"]),
                valid_from=instance.valid_from,
            )
            self.umbrellas[instance.code] = row["umbrella"]
            setattr(instance, UmbrellaField.ANNOTATION, row["umbrella"])


class OrganisationAliasInline(admin.TabularInline):
    model = OrganisationAlias
    extra = 1


class AffiliationInline(admin.TabularInline):
    model = Affiliation
    fk_name = "member"
    extra = 0
    verbose_name = gettext_lazy("umbrella organisation")
    verbose_name_plural = gettext_lazy("umbrella organisations")


class MandateInline(admin.TabularInline):
    model = Mandate
    fk_name = "agent"
    extra = 0
    verbose_name = gettext_lazy("mandate to upload for")
    verbose_name_plural = gettext_lazy("mandates to upload for")


@admin.register(Organisation)
class OrganisationAdmin(ExchangeMixin, RefusalMixin, StableCodeMixin):
    refusals = REFUSALS
    resource_classes = [OrganisationResource]
    list_display = ["short_name", "name_de", "code", "kind", "region", "is_partner", "valid_until"]
    list_filter = ["kind", "is_partner", "region"]
    list_select_related = ["region"]
    search_fields = ["code", "name_de", "name_en", "short_name", "seat", "aliases__name"]
    inlines = [OrganisationAliasInline, AffiliationInline, MandateInline]
    ordering = ["sort_key"]

    def save_model(
        self,
        request: HttpRequest,
        obj: Organisation,
        form: ModelForm,
        change: bool,  # noqa: FBT001  # Django's signature
    ) -> None:
        obj.sort_key = organisation_sort_key(obj.short_name)
        super().save_model(request, obj, form, change)


@admin.register(Region)
class RegionAdmin(PlainListsMixin, StableCodeMixin):
    list_display = ["code", "name_de", "name_en", "level", "is_east"]
    stable_fields = ("code", "level")
    list_filter = ["level"]
