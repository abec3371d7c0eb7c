"""How much waits in each queue and for how long, by the database, where all of it is kept."""

import datetime as dt
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Min
from django.utils import timezone

from measures.import_workflow import ImportStatus
from measures.models import ImportRun
from partners.models import ListTransfer, OutgoingMail, PasswordResetRequest
from reporting.enums import ReportStatus
from reporting.models import ProgressReport

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.db.models import QuerySet


@dataclass(frozen=True)
class Backlog:
    """What a queue holds, work in progress included."""

    queue: str
    count: int
    oldest_seconds: int

    @property
    def is_too_much(self) -> bool:
        is_old = self.oldest_seconds > settings.QUEUE_ALARM_MINUTES * 60
        return is_old or self.count > settings.QUEUE_ALARM_LENGTH

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"is_too_much": self.is_too_much}

    def __str__(self) -> str:
        return f"{self.queue}: {self.count}, the oldest for {self.oldest_seconds} s"


def _imports(status: ImportStatus) -> "Callable[[], QuerySet[Any]]":
    return lambda: ImportRun.objects.filter(status=status)


SOURCES: "Mapping[str, Sequence[tuple[Callable[[], QuerySet[Any]], str]]]" = MappingProxyType(
    {
        "reading": [(_imports(ImportStatus.UPLOADED), "waiting_since")],
        "writing": [(_imports(ImportStatus.APPLYING), "waiting_since")],
        "mail": [
            (lambda: OutgoingMail.objects.filter(next_try_at__isnull=False), "created_at"),
            (PasswordResetRequest.objects.all, "created_at"),
        ],
        "reports": [
            (lambda: ProgressReport.objects.filter(status__in=ReportStatus.pending), "requested_at"),
        ],
        "lists": [(ListTransfer.objects.pending, "waiting_since")],
    }
)
"""Where the work of each queue stands, and since when it waits there."""


def backlogs(now: dt.datetime | None = None) -> list[Backlog]:
    now = now or timezone.now()
    found = []
    for queue, sources in SOURCES.items():
        counted = [
            waiting().order_by().aggregate(count=Count("pk"), oldest=Min(since)) for waiting, since in sources
        ]
        oldest = min((each["oldest"] for each in counted if each["oldest"]), default=now)
        age = max(0, int((now - oldest).total_seconds()))
        found.append(Backlog(queue, sum(each["count"] for each in counted), age))
    return found
