from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from import_export import fields, widgets

from measures.enums import TOTAL
from measures.figure_rules import INDICATOR_RULES
from measures.models import (
    FundingSource,
    Indicator,
    IndicatorAlias,
    Lesson,
    Measure,
    MeasureContribution,
    MeasureFunding,
    Objective,
    Occupation,
    Outcome,
    Phase,
    Product,
    SeriesBreak,
    Target,
    TargetGroup,
)
from measures.rules.target_groups import KNOWN as TARGET_GROUPS_KNOWN
from measures.violations import MESSAGES
from partners.admin.exchange import CodedResource, ExchangeMixin
from partners.admin.forms import PlainListsMixin, RefusalMixin, StableCodeMixin

NARROWER = {rule.name: rule.kept for rule in INDICATOR_RULES if rule.kept}

REFUSED = {
    **NARROWER,
    **{name: MESSAGES[name] for name in (TARGET_GROUPS_KNOWN, "indicator_by_target_group_names_them")},
}


class IndicatorResource(CodedResource):
    measure = fields.Field("measure", "measure", widgets.CachedForeignKeyWidget(Measure, "code"))
    alias_model = IndicatorAlias
    refusals = REFUSED
    owner = "indicator"

    def with_related(self, queryset: models.QuerySet[Indicator]) -> models.QuerySet[Indicator]:
        return super().with_related(queryset).select_related("measure")

    class Meta(CodedResource.Meta):
        model = Indicator
        fields = [
            "code",
            "measure",
            "name_de",
            "name_en",
            "unit",
            "decimals",
            "type",
            "period",
            "sums_over",
            "breakdown",
            "target_groups",
            "asked_of",
            "may_be_negative",
            "counts_persons",
            "favourable",
            "is_recorded",
            "definition_de",
            "definition_en",
            "source_de",
            "source_en",
            "note",
            "position",
            "aliases",
        ]
        export_order = fields


class IndicatorAliasInline(admin.TabularInline):
    model = IndicatorAlias
    extra = 1


class SeriesBreakInline(admin.TabularInline):
    model = SeriesBreak
    extra = 0


class TargetInline(admin.StackedInline):
    model = Target
    fk_name = "indicator"
    extra = 0
    show_change_link = True
    fields = ["year", "value", "denominator", "baseline_year", "baseline", "is_ceiling", "is_yearly"]


@admin.register(Indicator)
class IndicatorAdmin(ExchangeMixin, RefusalMixin, PlainListsMixin, StableCodeMixin):
    refusals = REFUSED
    resource_classes = [IndicatorResource]
    list_display = ["name_de", "code", "measure", "unit", "type", "period", "is_recorded"]
    list_filter = ["measure", "unit", "type", "period", "is_recorded"]
    list_select_related = ["measure"]
    search_fields = ["code", "name_de", "name_en", "aliases__name"]
    inlines = [IndicatorAliasInline, SeriesBreakInline, TargetInline]

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "target_groups" and isinstance(field, forms.MultipleChoiceField):
            field.choices = [(group.code, str(group)) for group in TargetGroup.objects.exclude(code=TOTAL)]
        return field


@admin.register(Target)
class TargetAdmin(admin.ModelAdmin):
    list_display = ["indicator", "denominator", "year", "value", "baseline", "is_ceiling", "commitment"]
    list_filter = ["year", "indicator"]
    list_select_related = ["indicator", "denominator"]
    filter_horizontal = ["responsible"]


class ContributionInline(admin.TabularInline):
    model = MeasureContribution
    extra = 0


class FundingInline(admin.TabularInline):
    model = MeasureFunding
    extra = 0


@admin.register(Measure)
class MeasureAdmin(StableCodeMixin):
    list_display = ["code", "name_de", "kind", "since", "secured_until"]
    list_filter = ["kind", "objectives"]
    search_fields = ["code", "name_de", "name_en"]
    inlines = [ContributionInline, FundingInline]

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> Any:
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Objective, FundingSource)
class NameAdmin(StableCodeMixin):
    list_display = ["code", "name_de", "name_en"]
    search_fields = ["code", "name_de", "name_en"]


@admin.register(TargetGroup)
class TargetGroupAdmin(PlainListsMixin, StableCodeMixin):
    list_display = ["code", "name_de", "name_en", "kind", "position"]
    list_filter = ["kind"]
    search_fields = ["code", "name_de", "name_en"]

    def get_deleted_objects(
        self, objs: Sequence[TargetGroup] | models.QuerySet[TargetGroup], request: HttpRequest
    ) -> Any:
        """As Django does it; an indicator that is asked by a group keeps it, as a foreign key would."""
        deleted, counts, missing, protected = super().get_deleted_objects(objs, request)
        codes = [group.code for group in objs]
        asked = Indicator.objects.filter(target_groups__overlap=codes)
        return deleted, counts, missing, [*protected, *map(str, asked)]


@admin.register(Occupation)
class OccupationAdmin(StableCodeMixin):
    list_display = ["code", "label_de", "label_en", "level", "is_from_file"]
    stable_fields = ("code", "level")
    list_filter = ["level", "is_from_file"]
    search_fields = ["code", "label_de", "label_en"]


@admin.register(Phase)
class PhaseAdmin(StableCodeMixin):
    list_display = ["code", "alliance_de", "starts_on", "ends_on"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


@admin.register(Product)
class ProductAdmin(StableCodeMixin):
    list_display = ["code", "name_de", "measure", "year"]
    list_select_related = ["measure"]


@admin.register(Outcome)
class OutcomeAdmin(StableCodeMixin):
    list_display = ["code", "name_de", "measure", "objective", "year"]
    list_select_related = ["measure", "objective"]


@admin.register(Lesson)
class LessonAdmin(StableCodeMixin):
    list_display = ["code", "name_de", "kind"]
    list_filter = ["kind"]
