"""Texts for reports on their way: asked for, written, decided on."""

import datetime as dt

from partners.models import Organisation, User
from reporting.enums import Language
from reporting.models import Narrative, NarrativeVersion
from reporting.services.narratives import ask_for_narrative, decide_on_narrative, write_narrative
from tests.factories import UserFactory

DUE = dt.date(2017, 2, 1)


def asked(organisation: str | None = "DIHK", place: str = "contributions", **more) -> Narrative:
    found = Organisation.objects.get(code=organisation) if organisation else None
    given = {"report_type": "annual", "year": 2016, "assignee": None, "due_on": DUE, "actor": UserFactory()}
    return ask_for_narrative(place=place, organisation=found, **given | more)


def written(narrative: Narrative, text: str, actor: User, language: str = "de", *, submits: bool = True):
    latest = narrative.versions.filter(language=language).first()
    return write_narrative(
        narrative_id=narrative.pk,
        language=Language(language),
        text=text,
        seen=latest.fingerprint if latest else "",
        actor=actor,
        submits=submits,
    )


def decided(version: NarrativeVersion, actor: User, *, accepts: bool = True, reason: str = ""):
    return decide_on_narrative(
        narrative_id=version.narrative_id,
        language=Language(version.language),
        accepts=accepts,
        reason=reason,
        seen=version.fingerprint,
        actor=actor,
    )
