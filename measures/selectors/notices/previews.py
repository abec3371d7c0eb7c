"""The mail that a reminder becomes, as its recipients will read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from measures.rules.notice_kinds import Topic
from measures.selectors.board.rows import BoardRow
from partners.models import User
from partners.selectors.digests import digest_body, digest_subject, line_of


@dataclass(frozen=True)
class Preview:
    """The first of the mails in one language, and how many people get theirs in it."""

    language: str
    language_name: str
    people: int
    subject: str
    body: str


def previews_of(rows: Sequence[BoardRow], actor: User, text: str) -> list[Preview]:
    """One for each language in which somebody gets a mail."""
    wanted: dict[str, set[str]] = {}
    first: dict[str, BoardRow] = {}
    for row in rows:
        for contact in row.contacts:
            language = contact.language or settings.LANGUAGE_CODE
            wanted.setdefault(language, set()).add(contact.email)
            first.setdefault(language, row)
    names = dict(settings.LANGUAGES)
    return [
        _preview(language, str(names[language]), len(wanted[language]), first[language], actor, text)
        for language in sorted(wanted)
    ]


def _preview(language: str, name: str, people: int, row: BoardRow, actor: User, text: str) -> Preview:  # noqa: PLR0913, PLR0917  # what a mail is made of
    submission = row.submission
    facts = {
        "organisation": submission.organisation.short_name,
        "year": submission.round.year,
        "due_on": submission.due_on.isoformat(),
        "actor": str(actor),
        "text": text,
    }
    address = f"{settings.PORTAL_ADDRESS}{reverse('measures:submission_detail', args=[submission.pk])}"
    with translation.override(language):
        lines = [line_of(Topic.REMINDED.value, facts, address)]
        body = digest_body(lines, is_switchable=False).strip()
        return Preview(language, name, people, digest_subject(lines), body)
