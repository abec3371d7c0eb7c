"""The places of a report that people write for, and in which types of reports they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from reporting.editions.types import ANNUAL, INTERIM, PRACTICE

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_REPORTS = frozenset({ANNUAL, INTERIM})
_PRACTICE = frozenset({PRACTICE})


@dataclass(frozen=True, slots=True)
class NarrativePlace:
    """``is_of_partners``: partners write here in their own name; elsewhere the ministry alone does."""

    code: str
    name: "StrPromise"
    report_types: frozenset[str]
    is_of_partners: bool = False


NARRATIVE_PLACES: Mapping[str, NarrativePlace] = {
    each.code: each
    for each in (
        NarrativePlace("foreword", _("Foreword"), _REPORTS),
        NarrativePlace("assessment", _("Assessment of the year"), _REPORTS),
        NarrativePlace("market", _("On the training market"), _REPORTS),
        NarrativePlace("offers", _("On the three offers"), _REPORTS),
        NarrativePlace("contributions", _("What a partner contributed"), _REPORTS, is_of_partners=True),
        NarrativePlace("target_groups", _("On the target groups"), _REPORTS),
        NarrativePlace("funding", _("On the funding"), _REPORTS),
        NarrativePlace("results", _("On results beyond numbers"), _REPORTS),
        NarrativePlace("outlook", _("Outlook"), _REPORTS),
        NarrativePlace("practice_objectives", _("Practice: background and objectives"), _PRACTICE),
        NarrativePlace("practice_activities", _("Practice: activities"), _PRACTICE),
        NarrativePlace("practice_outcomes", _("Practice: outcomes"), _PRACTICE),
        NarrativePlace("practice_lessons", _("Practice: lessons"), _PRACTICE),
    )
}
