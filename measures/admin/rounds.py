from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from measures.models import Item, ReportingRound, Submission, SubmissionEvent
from measures.services.rounds import open_round
from partners.admin.forms import ReadOnlyAdmin, ReadOnlyInline


@admin.register(ReportingRound)
class ReportingRoundAdmin(admin.ModelAdmin):
    """A round added here is opened at once: everyone due gets a submission."""

    list_display = ["year", "opens_on", "closes_on"]
    actions = ["complete"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("year",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(
        self,
        request: HttpRequest,
        obj: ReportingRound,
        form: ModelForm,
        change: bool,  # noqa: FBT001  # Django's signature
    ) -> None:
        if change:
            super().save_model(request, obj, form, change)
        else:
            opened = open_round(year=obj.year, opens_on=obj.opens_on, closes_on=obj.closes_on)
            obj.pk = opened.pk

    @admin.action(description=_("Ask for what has been added to the catalogue since"), permissions=["change"])
    def complete(self, request: HttpRequest, queryset: QuerySet[ReportingRound]) -> None:
        for reporting_round in queryset:
            open_round(
                year=reporting_round.year,
                opens_on=reporting_round.opens_on,
                closes_on=reporting_round.closes_on,
            )
        self.message_user(request, _("The rounds are complete."))


class ItemInline(ReadOnlyInline):
    model = Item
    fields = ["indicator", "region_level", "occupation_level", "data_as_of"]
    show_change_link = False


class EventInline(ReadOnlyInline):
    model = SubmissionEvent
    fields = ["at", "action", "from_status", "to_status", "actor", "reason"]
    show_change_link = False


@admin.register(Submission)
class SubmissionAdmin(admin.ModelAdmin):
    """Here a submission gets more time; everything else happens on the pages of recording and review."""

    list_display = ["organisation", "round", "status", "extended_until", "submitted_at", "approved_at"]
    list_filter = ["round", "status", "organisation__kind"]
    list_select_related = ["organisation", "round"]
    search_fields = ["organisation__code", "organisation__name_de", "organisation__short_name"]
    fields = [
        "organisation",
        "round",
        "status",
        "extended_until",
        "submitted_at",
        "submitted_by",
        "approved_at",
        "approved_by",
    ]
    readonly_fields = [
        "organisation",
        "round",
        "status",
        "submitted_at",
        "submitted_by",
        "approved_at",
        "approved_by",
    ]
    inlines = [ItemInline, EventInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(SubmissionEvent)
class SubmissionEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "submission", "action", "from_status", "to_status", "actor"]
    list_filter = ["action"]
    list_select_related = ["submission__organisation", "submission__round", "actor"]
    date_hierarchy = "at"
