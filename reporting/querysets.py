from typing import Any, Self

from django.db import models

from partners.permissions import Access
from reporting.enums import ReportStatus

TRIES = 3


class ProgressReportQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """Released reports are for everyone who is signed in; the rest for those who read everything."""
        if access.reads_all:
            return self
        return self.filter(status=ReportStatus.RELEASED)

    def pending(self) -> Self:
        """Reports that wait for a worker or whose worker died; three tries each."""
        return self.filter(status__in=ReportStatus.pending, attempts__lt=TRIES)

    def given_up(self) -> Self:
        return self.filter(status__in=ReportStatus.pending, attempts__gte=TRIES)
