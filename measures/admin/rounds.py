from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from measures.models import Item, ReportingRound, RoundEvent, RoundIndicator, Submission, SubmissionEvent
from measures.querysets import SubmissionQuerySet
from partners.admin.forms import ReadOnlyAdmin, ReadOnlyInline


class AskedInline(ReadOnlyInline):
    model = RoundIndicator
    fields = ["indicator", "asked_of", "breakdown"]
    show_change_link = False


class RoundEventInline(ReadOnlyInline):
    model = RoundEvent
    fields = ["at", "action", "actor", "reason", "opens_on", "closes_on", "due_on", "extended_until"]
    show_change_link = False


@admin.register(ReportingRound)
class ReportingRoundAdmin(ReadOnlyAdmin):
    """Rounds are opened and changed on their own pages, with a preview and a log."""

    list_display = ["year", "opens_on", "closes_on", "due_on"]
    inlines = [AskedInline, RoundEventInline]


class ItemInline(ReadOnlyInline):
    model = Item
    fields = ["indicator", "region_level", "occupation_level", "data_as_of"]
    show_change_link = False


class EventInline(ReadOnlyInline):
    model = SubmissionEvent
    fields = ["at", "action", "from_status", "to_status", "actor", "reason"]
    show_change_link = False


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    """Everything about a submission happens on the pages of recording, review and rounds."""

    list_display = ["organisation", "round", "listed", "extended_until", "submitted_at", "approved_at"]
    list_filter = ["round", "status", "organisation__kind"]
    list_select_related = ["organisation", "round"]
    search_fields = ["organisation__code", "organisation__name_de", "organisation__short_name"]
    fields = [
        "organisation",
        "round",
        "listed",
        "extended_until",
        "extension_reason",
        "submitted_at",
        "submitted_by",
        "approved_at",
        "approved_by",
    ]
    inlines = [ItemInline, EventInline]

    def get_queryset(self, request: HttpRequest) -> SubmissionQuerySet:
        found: SubmissionQuerySet = Submission.objects.with_listed_status()
        return found

    @admin.display(description=_("status"))
    def listed(self, submission: Submission) -> str:
        return str(submission.shown_status.label)


@admin.register(SubmissionEvent)
class SubmissionEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "submission", "action", "from_status", "to_status", "actor"]
    list_filter = ["action"]
    list_select_related = ["submission__organisation", "submission__round", "actor"]
    date_hierarchy = "at"
