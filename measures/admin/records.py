from django.contrib import admin
from django.http import HttpRequest

from measures.models import (
    ApprovedFigure,
    ControlTotal,
    Figure,
    FigureVersion,
    ImportProblem,
    ImportProfile,
    ImportRun,
    SourceFile,
    SupplierAlias,
)
from partners.admin.forms import ReadOnlyAdmin, ReadOnlyInline

OF_FIGURE = [
    "item__indicator",
    "item__submission__organisation",
    "item__submission__round",
    "region",
    "occupation",
    "target_group",
]


@admin.register(Figure, ApprovedFigure)
class FigureAdmin(ReadOnlyAdmin):
    list_display = ["item", "region", "occupation", "target_group", "value", "absence", "quality"]
    list_filter = ["item__submission__round", "item__indicator", "absence", "quality"]
    list_select_related = OF_FIGURE
    search_fields = ["item__submission__organisation__code", "item__submission__organisation__short_name"]
    show_full_result_count = False
    list_per_page = 50


@admin.register(FigureVersion)
class FigureVersionAdmin(ReadOnlyAdmin):
    list_display = ["pgh_created_at", "pgh_label", "item", "region", "occupation", "value", "absence"]
    list_filter = ["pgh_label"]
    list_select_related = [
        "item__indicator",
        "item__submission__organisation",
        "item__submission__round",
        "region",
        "occupation",
    ]
    ordering = ["-pgh_id"]
    show_full_result_count = False
    list_per_page = 50


class ProblemInline(ReadOnlyInline):
    model = ImportProblem
    fields = ["severity", "code", "sheet", "cell", "found", "holds"]
    show_change_link = False


class ControlTotalInline(ReadOnlyInline):
    model = ControlTotal
    fields = ["sheet", "cell", "scope", "indicator", "year", "stated", "sum", "is_ok"]
    show_change_link = False


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "file_name", "supplier", "status", "created_by", "applied_at"]
    list_filter = ["status"]
    list_select_related = ["supplier", "created_by"]
    search_fields = ["file_name", "source_file__sha256"]
    inlines = [ControlTotalInline, ProblemInline]


@admin.register(SourceFile)
class SourceFileAdmin(ReadOnlyAdmin):
    list_display = ["uploaded_at", "name", "size", "sha256", "uploaded_by"]
    list_select_related = ["uploaded_by"]
    search_fields = ["name", "sha256"]
    exclude = ["content"]


class ConfirmedAdmin(admin.ModelAdmin):
    """Shows what was confirmed on an import's page. It can be deleted here, but not changed."""

    list_filter = [("supplier", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["supplier", "confirmed_by"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(ImportProfile)
class ImportProfileAdmin(ConfirmedAdmin):
    list_display = ["label", "supplier", "fingerprint", "confirmed_at", "confirmed_by", "last_used_at"]
    fields = ["supplier", "label", "fingerprint", "answers", "confirmed_at", "confirmed_by", "last_used_at"]
    readonly_fields = ["supplier", "fingerprint", "answers", "confirmed_at", "confirmed_by", "last_used_at"]
    search_fields = ["label", "fingerprint", "supplier__code", "supplier__short_name"]


@admin.register(SupplierAlias)
class SupplierAliasAdmin(ConfirmedAdmin):
    list_display = ["found", "kind", "code", "supplier", "confirmed_at", "confirmed_by"]
    search_fields = ["found", "code", "supplier__code", "supplier__short_name"]

    def has_change_permission(self, request: HttpRequest, obj: SupplierAlias | None = None) -> bool:
        return False
