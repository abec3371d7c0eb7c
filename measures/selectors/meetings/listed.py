"""Meetings as a list."""

from django.db.models import Count

from measures.models import Meeting
from measures.querysets import MeetingQuerySet
from partners.permissions import Access


def listed_meetings(access: Access) -> MeetingQuerySet:
    """The latest first, each with ``resolution_count``."""
    counted = Meeting.objects.visible_to(access).annotate(resolution_count=Count("resolutions"))
    return counted.order_by("-day", "-begins", "pk")
