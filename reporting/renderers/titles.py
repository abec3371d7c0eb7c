"""What a report is called, in the active language."""

from django.utils.translation import get_language

from reporting.editions.types import ANNUAL, REPORT_TYPES
from reporting.frozen.schema import SnapshotData
from reporting.renderers import wording


def title_of(data: SnapshotData) -> str:
    """By its type, year and scope. A type that there is no longer is called as the annual report is."""
    report_type = REPORT_TYPES.get(data.report_type, REPORT_TYPES[ANNUAL])
    scope = wording.as_printed(data.scope.name.in_language(get_language() or "de")) if data.scope else ""
    return report_type.title % {"year": data.year, "scope": scope}
