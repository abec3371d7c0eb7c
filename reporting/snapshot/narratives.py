"""The texts that people wrote for a report, each in its last accepted version."""

from collections import defaultdict

from reporting.editions.narratives import NARRATIVE_PLACES
from reporting.enums import Language, NarrativeStatus
from reporting.frozen.contents import NarrativeData
from reporting.models import Narrative, NarrativeVersion
from reporting.snapshot import words
from reporting.snapshot.passages import passages


def narratives_of(year: int) -> tuple[NarrativeData, ...]:
    """By type of report, in its order, then by organisation, each in the languages it is accepted in."""
    accepted = (
        NarrativeVersion.objects.filter(narrative__year=year, status=NarrativeStatus.ACCEPTED)
        .order_by("narrative_id", "language", "-number")
        .distinct("narrative_id", "language")
        .select_related("narrative__organisation")
    )
    by_language: dict[Narrative, dict[str, str]] = defaultdict(dict)
    for version in accepted:
        by_language[version.narrative][version.language] = version.text
    order = {code: position for position, code in enumerate(NARRATIVE_PLACES)}
    found = sorted(
        by_language,
        key=lambda each: (
            each.report_type,
            order[each.place],
            each.organisation.sort_key if each.organisation else "",
        ),
    )
    return tuple(
        NarrativeData(
            report_type=each.report_type,
            section=each.place,
            de=passages(by_language[each].get(Language.GERMAN, "")),
            en=passages(by_language[each].get(Language.ENGLISH, "")),
            organisation=words.name_of(each.organisation) if each.organisation else None,
        )
        for each in found
    )
