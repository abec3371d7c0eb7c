"""Commitments on pages: their states in words and colours, and what an organisation still has to do."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import template
from django.template import Context

from measures.enums import CommitmentState
from measures.selectors.meetings.commitments import open_commitments_of
from partners.models import Organisation

register = template.Library()

TONES: Mapping[str, str] = MappingProxyType(
    {
        CommitmentState.OPEN: "neutral",
        CommitmentState.IN_WORK: "info",
        CommitmentState.KEPT: "success",
        CommitmentState.NOT_KEPT: "danger",
        CommitmentState.DROPPED: "neutral",
    }
)


@register.filter
def state_tone(state: str) -> str:
    return TONES[state]


@register.filter
def state_label(state: str) -> str:
    return str(CommitmentState(state).label)


@register.inclusion_tag("measures/meetings/_of_organisation.html", takes_context=True)
def commitments_of(context: Context, organisation: Organisation) -> dict[str, Any]:
    """What the organisation still has to do, as far as the reader may know of it."""
    commitments = open_commitments_of(organisation.pk, context["request"].access)
    return {"commitments": commitments}
