"""What a mail with notices says, in the language of the moment."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from partners.notices.kinds import Facts, kind_of
from partners.selectors.notice_groups import GroupKey

MOST_OF_A_GROUP, MOST_GROUPS = 5, 30
"""So many notices of a group, and so many groups, are spelt out; the portal has the rest."""


@dataclass(frozen=True)
class DigestLine:
    """One notice in a mail."""

    group: GroupKey
    label: str
    sentence: str
    address: str


@dataclass(frozen=True)
class DigestGroup:
    """The notices of one kind about one round; ``more``: how many are not spelt out."""

    key: GroupKey
    lines: Sequence[DigestLine]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.lines)

    @property
    def address(self) -> str:
        """Of the page with all of them."""
        return f"{settings.PORTAL_ADDRESS}{reverse('partners:notice_list')}?{self.key.query}"


def line_of(code: str, facts: Facts, address: str) -> DigestLine:
    kind = kind_of(code)
    if kind is None:
        raise LookupError(code)
    group = GroupKey(code, str(facts.get("year") or ""))
    return DigestLine(group, str(kind.label), kind.sentence(facts), address)


def _grouped(lines: Sequence[DigestLine]) -> list[DigestGroup]:
    """In the order of the first of each."""
    found: dict[GroupKey, list[DigestLine]] = {}
    for line in lines:
        found.setdefault(line.group, []).append(line)
    return [DigestGroup(key, of_group[:MOST_OF_A_GROUP], len(of_group)) for key, of_group in found.items()]


def digest_subject(lines: Sequence[DigestLine]) -> str:
    """What the only notice is about, or how many there are; never what somebody wrote."""
    count = len(lines)
    several = ngettext("%(count)d notice for you", "%(count)d notices for you", count) % {"count": count}
    return f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{lines[0].label if count == 1 else several}"


def digest_body(lines: Sequence[DigestLine], *, is_switchable: bool) -> str:
    """``is_switchable``: whether its reader may do without some of it."""
    groups = _grouped(lines)
    context = {
        "groups": groups[:MOST_GROUPS],
        "more": sum(group.count for group in groups[MOST_GROUPS:]),
        "list_address": f"{settings.PORTAL_ADDRESS}{reverse('partners:notice_list')}",
        "preferences_address": f"{settings.PORTAL_ADDRESS}{reverse('partners:notice_preferences')}",
        "is_switchable": is_switchable,
    }
    return render_to_string("partners/email/notices.txt", context)
