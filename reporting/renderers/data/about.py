"""What every data file of a report says of itself: name, publisher, licence, period, where it comes from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from reporting.enums import DocumentFormat
from reporting.frozen.schema import SnapshotData, Text
from reporting.renderers.bilingual import in_both_languages
from reporting.renderers.titles import title_of
from reporting.renderers.wording import language

LANGUAGES = ("de", "en")
LICENCE = "https://www.govdata.de/dl-de/by-2-0"
"""Data licence Germany, attribution, version 2.0."""


FileNames = Callable[[str, DocumentFormat], str]
"""What the document in a language and a format is called. Documents lie in one folder, here and on the site,
and name each other by these names."""


def by_language_and_format(language: str, document_format: DocumentFormat) -> str:
    return f"{language}.{document_format}"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    title: Text
    description: Text
    publisher: Text
    homepage: str
    first_year: int
    year: int
    taken_at: datetime
    sha256: str


def about(snapshot: SnapshotData, *, sha256: str) -> About:
    """``sha256``: the hash stored with the snapshot."""
    years = [figure.year for indicator in snapshot.indicators for figure in indicator.years]
    return About(
        title=in_both_languages(lambda: _title(snapshot)),
        description=in_both_languages(
            lambda: gettext(
                "The approved figures of the partners of the Alliance by year and Land, with targets, the "
                "reason for every missing value, and how many organisations reported."
            )
        ),
        publisher=snapshot.alliance.implementing_body,
        homepage=snapshot.alliance.homepage,
        first_year=min(years, default=snapshot.year),
        year=snapshot.year,
        taken_at=snapshot.taken_at,
        sha256=sha256,
    )


def _title(snapshot: SnapshotData) -> str:
    return gettext("%(alliance)s: %(title)s, figures") % {
        "alliance": snapshot.alliance.name.in_language(language()),
        "title": title_of(snapshot),
    }


def by_language(text: Text) -> dict[str, str]:
    """As JSON spells a text in several languages; the German one alone where there is no other."""
    return {"de": text.de} | ({"en": text.en} if text.en else {})
