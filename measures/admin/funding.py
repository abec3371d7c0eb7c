"""The money of measures by source and year, in the administration and as a spreadsheet."""

from typing import Any

from django.contrib import admin
from django.db import models
from import_export import fields, widgets

from measures.models import FundingSource, Measure, MeasureFunding
from partners.admin.exchange import ExchangeMixin, ListResource


class FundingResource(ListResource):
    """One row for each measure, source and year; the same key again is an update."""

    measure = fields.Field("measure", "measure", widgets.CachedForeignKeyWidget(Measure, "code"))
    source = fields.Field("source", "source", widgets.CachedForeignKeyWidget(FundingSource, "code"))

    def with_related(self, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return super().with_related(queryset).select_related("measure", "source")

    class Meta(ListResource.Meta):
        model = MeasureFunding
        import_id_fields = ["measure", "source", "year"]
        fields = ["measure", "source", "year", "amount", "quality", "note"]
        export_order = fields


@admin.register(MeasureFunding)
class MeasureFundingAdmin(ExchangeMixin, admin.ModelAdmin):
    resource_classes = [FundingResource]
    list_display = ["measure", "source", "year", "amount", "quality"]
    list_filter = ["year", "source", "quality"]
    list_select_related = ["measure", "source"]
    search_fields = ["measure__code", "measure__name_de", "measure__name_en"]
