"""Security events as entries of the history, with what they were about in words."""

import re
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch
from measures.selectors.history.files.addresses import Downloaded, described, is_of_organisation
from measures.selectors.history.files.records import name_of_list
from measures.selectors.history.sources import HistorySource
from partners.enums import Role, SecurityEventKind
from partners.models import SecurityEvent

K = SecurityEventKind
ABOUT_ROLES = (K.ROLE_GIVEN, K.ROLE_CHANGED, K.ROLE_TAKEN, K.HANDED_OVER)
"""Those whose target names an organisation by its code."""
_WAYS = {
    "password": gettext_lazy("password"),
    "totp": gettext_lazy("authenticator app"),
    "webauthn": gettext_lazy("passkey"),
    "recovery_codes": gettext_lazy("recovery codes"),
    "openid": gettext_lazy("sign-in service"),
    "mfa": gettext_lazy("second factor"),
    "active": gettext_lazy("active"),
    "not active": gettext_lazy("not active"),
    "superuser": gettext_lazy("superuser"),
    "new address": gettext_lazy("new e-mail address"),
    "sessions ended": gettext_lazy("signed out everywhere"),
}
_LISTED = (
    K.SIGNED_IN,
    K.SIGN_IN_FAILED,
    K.SECOND_FACTOR_CHANGED,
    K.SIGN_IN_LINKED,
    K.ACCOUNT_CHANGED,
)
CONFIRMED = "confirmed"
"""The last word of the target where another administrator has confirmed the role."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def security_entries(search: HistorySearch) -> list[HistoryEntry]:
    """The newest first, in one query, and one for each kind of record that files are of."""
    found = SecurityEvent.objects.filter(search.in_time("at", "pk", HistoryKind.SECURITY))
    if search.event:
        found = found.filter(kind=search.event_code)
    if search.people is not None:
        people = list(search.people)
        found = found.filter(Q(person__in=people) | Q(subject__in=people))
    if search.organisation:
        found = found.filter(_is_about(*search.organisation))
    events = list(found.select_related("person", "subject").order_by("-at", "-pk")[: search.limit])
    files = described(event.target for event in events if event.kind == K.DOWNLOADED)
    return [_entry(event, files.get(event.target)) for event in events]


def _is_about(organisation_id: int, code: str) -> Q:
    """Roles in the organisation, and files of its imports, submissions and reports."""
    of_roles = Q(kind__in=ABOUT_ROLES, target__regex=rf"\m{re.escape(code)}\M")
    return of_roles | Q(kind=K.DOWNLOADED) & is_of_organisation("target", organisation_id, code)


def _entry(event: Any, file: Downloaded | None) -> HistoryEntry:
    """A download by the file, all others by what the event says it was about."""
    file = file if event.kind == K.DOWNLOADED else None
    return HistoryEntry(
        kind=HistoryKind.SECURITY,
        pk=event.pk,
        at=event.at,
        what=event.get_kind_display(),
        by=event.person,
        by_number=event.person_id,
        about=event.subject,
        about_number=event.subject_id,
        title=file.name if file else "",
        organisation=file.organisation if file else _organisation(event),
        remark=file.words if file else in_words(event.kind, event.target),
        where_from=event.address or "",
        request_id=event.request_id,
        address=file.address if file else "",
    )


def in_words(kind: str, target: str) -> str:
    """What an event was about, for people: roles, ways of signing in and days by their names."""
    if kind in ABOUT_ROLES:
        return " ".join(_role_word(word) for word in target.split())
    if kind in _LISTED:
        return ", ".join(str(_WAYS.get(part, part)) for part in target.split(", "))
    if kind == K.EXPORTED:
        model, colon, amount = target.partition(": ")
        return f"{name_of_list(model)}{colon}{amount}"
    return target


def _role_word(word: str) -> str:
    if word in Role.values:
        return str(Role(word).label)
    if word == CONFIRMED:
        return gettext("confirmed")
    if _DAY.fullmatch(word) and (day := parse_date(word)):
        return date_format(day, "SHORT_DATE_FORMAT")
    return word


def _organisation(event: SecurityEvent) -> str:
    if event.kind not in ABOUT_ROLES:
        return ""
    words = (word for word in event.target.split() if word not in Role.values)
    return next((word for word in words if not _DAY.fullmatch(word) and word != "–"), "")


SOURCE = HistorySource(HistoryKind.SECURITY, lambda: SecurityEventKind.choices, security_entries)
