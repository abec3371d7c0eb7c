import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from measures.enums import ImportStatus
from partners.permissions import Access


class ReportingRoundQuerySet(models.QuerySet[Any]):
    def open(self, day: dt.date | None = None) -> Self:
        today = day or timezone.localdate()
        return self.filter(opens_on__lte=today, closes_on__gte=today)


class SubmissionQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """Every list, detail and export starts here: one's own, an umbrella's members', or all."""
        if access.reads_all:
            return self
        return self.filter(organisation__in=access.acts_for)

    def with_progress(self) -> Self:
        return self.annotate(
            item_count=Count("items", distinct=True),
            reported_count=Count("items", filter=Q(items__figures__isnull=False), distinct=True),
        )


class ItemQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        if access.reads_all:
            return self
        return self.filter(submission__organisation__in=access.acts_for)


class FigureQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        if access.reads_all:
            return self
        return self.filter(item__submission__organisation__in=access.acts_for)


class TotalQuerySet(models.QuerySet[Any]):
    pass


class ImportRunQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """One's own uploads, those made for one's organisations, or all."""
        if access.reads_all:
            return self
        return self.filter(Q(created_by=access.user_id) | Q(supplier__in=access.acts_for))

    def owed(self) -> Self:
        """Uploads whose message was lost or whose worker died; three tries each."""
        return self.filter(status=ImportStatus.UPLOADED, attempts__lt=3)
