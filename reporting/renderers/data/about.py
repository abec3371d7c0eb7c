"""What every data file of a report says of itself: name, publisher, licence, period, where it comes from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from reporting.editions.types import Frequency, report_type_of
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
    year: int
    land: str
    """The code of the Land that the report is about; empty: of Germany."""
    begins_on: date
    ends_on: date
    frequency: Frequency
    taken_at: datetime
    sha256: str


def about(snapshot: SnapshotData, *, sha256: str) -> About:
    """``sha256``: the hash stored with the snapshot."""
    begins_on, ends_on = _covered(snapshot)
    report_type = report_type_of(snapshot.report_type)
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
        year=snapshot.year,
        land=snapshot.scope.code if snapshot.scope and snapshot.scope.kind == "land" else "",
        begins_on=begins_on,
        ends_on=ends_on,
        frequency=report_type.frequency if report_type else Frequency.IRREGULAR,
        taken_at=snapshot.taken_at,
        sha256=sha256,
    )


def _covered(snapshot: SnapshotData) -> tuple[date, date]:
    """The first and the last day that a figure is of. What is not over yet is covered until it was taken."""
    spans = [
        _span(indicator.period, figure.year)
        for indicator in snapshot.indicators
        for figure in indicator.years
    ] or [_span("", snapshot.year)]
    begins_on = min(first for first, _last in spans)
    ends_on = min(max(last for _first, last in spans), snapshot.taken_at.date())
    return begins_on, max(begins_on, ends_on)


def _span(period: str, year: int) -> tuple[date, date]:
    """The days of an indicator's year, which is the one in which its period ends."""
    spans = {
        "market_year": (date(year - 1, 10, 1), date(year, 9, 30)),
        "reference_30sep": (date(year, 9, 30), date(year, 9, 30)),
        "reference_31dec": (date(year, 12, 31), date(year, 12, 31)),
        "after_30sep": (date(year, 10, 1), date(year + 1, 1, 15)),
        "school_year": (date(year - 1, 8, 1), date(year, 7, 31)),
    }
    return spans.get(period, (date(year, 1, 1), date(year, 12, 31)))


def _title(snapshot: SnapshotData) -> str:
    return gettext("%(alliance)s: %(title)s, figures") % {
        "alliance": snapshot.alliance.name.in_language(language()),
        "title": title_of(snapshot),
    }


def by_language(text: Text) -> dict[str, str]:
    """As JSON spells a text in several languages; the German one alone where there is no other."""
    return {"de": text.de} | ({"en": text.en} if text.en else {})
