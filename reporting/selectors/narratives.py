"""Texts for reports as pages show them: the list, and one text with its versions in both languages."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext

from partners.permissions import Access
from reporting.editions.types import REPORT_TYPES
from reporting.enums import Language, NarrativeStatus
from reporting.frozen.contents import Passage
from reporting.models import Narrative, NarrativeVersion
from reporting.permissions import can_write_narrative, could_decide_on_narrative
from reporting.snapshot.passages import passages

NOT_BEGUN = "not_begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativeState:
    """Where a text stands in one language."""

    language: str
    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativeLine:
    narrative: Narrative
    report: str
    states: tuple[NarrativeState, ...]
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativeSide:
    """A text in one language: the newest version, as it will read, and what may be done now."""

    language: str
    language_label: str
    state: NarrativeState
    latest: NarrativeVersion | None
    shown: tuple[Passage, ...]
    versions: Sequence[NarrativeVersion]
    seen: str
    may_write: bool
    may_decide: bool


def visible_narratives(access: Access) -> "QuerySet[Narrative]":
    """With the state of the newest version in each language: no query for each text."""
    found = Narrative.objects.visible_to(access).select_related("organisation", "assignee")
    newest = NarrativeVersion.objects.filter(narrative=OuterRef("pk")).order_by("-number")
    return found.annotate(
        **{
            f"status_{language}": Subquery(newest.filter(language=language).values("status")[:1])
            for language in Language.values
        }
    )


def open_narratives(report_type: str, year: int, frozen_at: dt.datetime) -> list[Narrative]:
    """What was asked for a report and had no accepted version, in every language, when its data were frozen.

    The moment is known to the second. A newer draft, or a decision after it, changes nothing of what was
    frozen.
    """
    accepted = NarrativeVersion.objects.filter(
        narrative=OuterRef("pk"),
        status=NarrativeStatus.ACCEPTED,
        decided_at__lt=frozen_at + dt.timedelta(seconds=1),
    )
    asked = Narrative.objects.filter(report_type=report_type, year=year).select_related("organisation")
    in_all = {f"has_{language}": Exists(accepted.filter(language=language)) for language in Language.values}
    return list(asked.annotate(**in_all).exclude(**dict.fromkeys(in_all, True)))


def narrative_line(narrative: Narrative) -> NarrativeLine:
    states = tuple(_state(language, getattr(narrative, f"status_{language}")) for language in Language.values)
    return NarrativeLine(
        narrative=narrative,
        report=report_name(narrative),
        states=states,
        is_open=any(state.code != NarrativeStatus.ACCEPTED for state in states),
    )


def report_name(narrative: Narrative) -> str:
    known = REPORT_TYPES.get(narrative.report_type)
    if known is None:
        return f"{narrative.report_type} {narrative.year}"
    return known.title % {"year": narrative.year, "scope": ""}


def sides_of(narrative: Narrative, access: Access) -> list[NarrativeSide]:
    """Each language; one query."""
    found = list(narrative.versions.select_related("written_by", "decided_by"))
    return [_side(narrative, language, found, access) for language in Language]


def _side(
    narrative: Narrative, language: Language, found: Sequence[NarrativeVersion], access: Access
) -> NarrativeSide:
    versions = [version for version in found if version.language == language]
    latest = versions[0] if versions else None
    return NarrativeSide(
        language=language.value,
        language_label=str(language.label),
        state=_state(language.value, latest.status if latest else None),
        latest=latest,
        shown=passages(latest.text) if latest else (),
        versions=versions,
        seen=latest.fingerprint if latest else "",
        may_write=can_write_narrative(access, narrative)
        and (latest is None or latest.status != NarrativeStatus.SUBMITTED),
        may_decide=latest is not None and could_decide_on_narrative(access, latest),
    )


def narratives_to_write(access: Access, most: int) -> list[NarrativeLine]:
    """Those that this person is asked for and that are not submitted in every language, by due date."""
    to_write = (NarrativeStatus.DRAFT, NarrativeStatus.RETURNED)
    in_some_language = Q()
    for language in Language.values:
        status = f"status_{language}"
        in_some_language |= Q(**{f"{status}__isnull": True}) | Q(**{f"{status}__in": to_write})
    found = visible_narratives(access).filter(in_some_language, assignee=access.user_id)
    return [narrative_line(each) for each in found.order_by("due_on", "pk")[:most]]


def narratives_to_decide(access: Access, most: int) -> list[Narrative]:
    """Those with a submitted version that this person may accept or send back, by due date."""
    if not access.reviews:
        return []
    submitted = NarrativeVersion.objects.filter(
        narrative=OuterRef("pk"), status=NarrativeStatus.SUBMITTED
    ).exclude(writers__contains=[access.user_id])
    return list(Narrative.objects.filter(Exists(submitted)).order_by("due_on", "pk")[:most])


def address_of(narrative: Narrative) -> str:
    return reverse("reporting:narrative_detail", args=[narrative.pk])


def _state(language: str, status: str | None) -> NarrativeState:
    if status is None:
        return NarrativeState(language=language, code=NOT_BEGUN, label=gettext("Not begun"))
    return NarrativeState(language=language, code=status, label=str(NarrativeStatus(status).label))
