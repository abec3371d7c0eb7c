"""The plausibility checks: what a steward adds, changes, activates and ends; and where a check is waived.

Every change needs a reason. The database keeps each version with who made it and why.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pghistory
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.checks import plain, read_parameters
from measures.checks.parameters import demand_known
from measures.enums import CheckStatus
from measures.exceptions import CheckRefusedError, ReasonMissingError
from measures.models import CheckWaiver, Indicator, PlausibilityCheck
from partners.models import User
from partners.services.twice import stated_a_moment_ago


@dataclass(frozen=True)
class CheckPlan:
    """What can be changed of a check. The text is what everybody reads: it says what has to be true."""

    severity: str
    parameters: Mapping[str, Any]
    text_de: str
    text_en: str
    valid_from: int
    valid_until: int | None = None


def add_check(*, code: str, kind: str, plan: CheckPlan, actor: User, reason: str) -> PlausibilityCheck:
    """Add a check as a draft. Raises ``ParametersError`` where its parameters make no check."""
    with _because(actor, reason):
        try:
            with transaction.atomic():
                return PlausibilityCheck.objects.create(code=code, kind=kind, **_values(kind, plan))
        except IntegrityError as error:
            raise CheckRefusedError(_("There is already a check with this code.")) from error


def change_check(*, check_id: int, plan: CheckPlan, actor: User, reason: str) -> PlausibilityCheck:
    """Change a draft or an active check; what has ended stays as it was."""
    with _because(actor, reason):
        check = _locked(check_id)
        if check.is_ended:
            raise CheckRefusedError(_("This check has ended. It stays as it was."))
        for name, value in _values(check.kind, plan).items():
            setattr(check, name, value)
        check.save()
    return check


def activate_check(*, check_id: int, actor: User, reason: str) -> PlausibilityCheck:
    """Let a draft count, for the years of its validity."""
    with _because(actor, reason):
        check = _locked(check_id)
        if not check.is_draft:
            raise CheckRefusedError(_("Only a draft can be activated."))
        check.status = CheckStatus.ACTIVE
        check.save()
    return check


def end_check(*, check_id: int, last_year: int | None, actor: User, reason: str) -> PlausibilityCheck:
    """Let a check end with a year; None: it counts for no year, as a draft never did."""
    with _because(actor, reason):
        check = _locked(check_id)
        if check.is_ended:
            raise CheckRefusedError(_("This check has ended already."))
        none_at_all = check.valid_from - 1
        last = none_at_all if last_year is None or check.is_draft else last_year
        if last < none_at_all:
            raise CheckRefusedError(_("The last year cannot be before the first."))
        check.valid_until, check.status = last, CheckStatus.ENDED
        check.save()
    return check


@dataclass(frozen=True)
class WaiverPlan:
    """For whom a check does not count, for what and until when; None: for all."""

    organisation_id: int | None
    indicator_id: int | None
    first_year: int
    last_year: int
    reason: str


@transaction.atomic
def waive_check(*, check_id: int, plan: WaiverPlan, actor: User) -> CheckWaiver:
    if not plan.reason.strip():
        raise ReasonMissingError
    check = _locked(check_id)
    if check.is_ended:
        raise CheckRefusedError(_("This check has ended. It stays as it was."))
    if plan.last_year < plan.first_year:
        raise CheckRefusedError(_("The last year cannot be before the first."))
    content = {
        "organisation_id": plan.organisation_id,
        "indicator_id": plan.indicator_id,
        "first_year": plan.first_year,
        "last_year": plan.last_year,
        "reason": plan.reason.strip(),
    }
    waivers = CheckWaiver.objects.filter(plausibility_check=check, ended_at=None)
    if given := stated_a_moment_ago(waivers, by="given_by_id", person_id=actor.pk, at="given_at", **content):
        return given
    return CheckWaiver.objects.create(plausibility_check=check, **content, given_by=actor)


@transaction.atomic
def end_waiver(*, waiver_id: int, actor: User, reason: str) -> CheckWaiver:
    """End a waiver before its time: the check counts again, for the years before too."""
    if not reason.strip():
        raise ReasonMissingError
    ended = CheckWaiver.objects.filter(pk=waiver_id, ended_at=None).update(
        ended_by=actor, ended_at=timezone.now(), end_reason=reason.strip()
    )
    if not ended:
        raise CheckRefusedError(_("This waiver has ended already."))
    return CheckWaiver.objects.get(pk=waiver_id)


@contextmanager
def _because(actor: User, reason: str) -> Iterator[None]:
    """One transaction whose versions name the person and the reason."""
    if not reason.strip():
        raise ReasonMissingError
    with transaction.atomic(), pghistory.context(user=actor.pk, reason=reason.strip()):
        yield


def _locked(check_id: int) -> PlausibilityCheck:
    found: PlausibilityCheck = PlausibilityCheck.objects.select_for_update().get(pk=check_id)
    return found


def _values(kind: str, plan: CheckPlan) -> dict[str, Any]:
    parameters = read_parameters(kind, plan.parameters)
    demand_known(parameters, Indicator.objects.values_list("code", flat=True))
    return {
        "severity": plan.severity,
        "parameters": plain(parameters),
        "text_de": plan.text_de.strip(),
        "text_en": plan.text_en.strip(),
        "valid_from": plan.valid_from,
        "valid_until": plan.valid_until,
    }
