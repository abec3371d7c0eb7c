"""Searching releases, and the definitions, measures and objectives of the last annual report."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import get_language

from reporting.frozen.schema import SnapshotData
from reporting.models import ProgressReport
from reporting.selectors.public.addresses import report_address
from reporting.selectors.public.releases import PublishedEdition, data_of
from reporting.selectors.public.texts import in_language_of_page

FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class ResultKind(StrEnum):
    RELEASE = "release"
    INDICATOR = "indicator"
    QUANTITY = "quantity"
    MEASURE = "measure"
    OBJECTIVE = "objective"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """Something found; ``text`` says more about it, ``address`` leads there."""

    kind: ResultKind
    title: str
    text: str
    address: str


def search(words: str, editions: list[PublishedEdition], annual: ProgressReport | None) -> list[SearchResult]:
    """What has every word; first where the title has them all. Umlauts may be typed as ae, oe and ue."""
    wanted = [_folded(word) for word in words.split()]
    if not wanted:
        return []
    found = [
        result
        for result in _everything(editions, annual)
        if all(word in _folded(f"{result.title} {result.text}") for word in wanted)
    ]
    return sorted(found, key=lambda result: not all(word in _folded(result.title) for word in wanted))


def _everything(editions: list[PublishedEdition], annual: ProgressReport | None) -> Iterator[SearchResult]:
    for edition in editions:
        for release in edition.releases:
            yield SearchResult(
                kind=ResultKind.RELEASE,
                title=release.name,
                text=release.withdrawal or release.correction,
                address=release.address,
            )
    if annual is None:
        return
    data = data_of(annual)
    yield from _quantities(data, report_address(annual, get_language() or "de"))
    home = reverse("public:home")
    for objective in data.objectives:
        yield SearchResult(
            kind=ResultKind.OBJECTIVE,
            title=in_language_of_page(objective.name),
            text="",
            address=f"{home}#objectives",
        )
    for measure in data.measures:
        yield SearchResult(
            kind=ResultKind.MEASURE,
            title=in_language_of_page(measure.name),
            text=", ".join(in_language_of_page(each) for each in (*measure.leads, *measure.contributing)),
            address=f"{home}#measures",
        )
        for indicator in measure.indicators:
            yield SearchResult(
                kind=ResultKind.INDICATOR,
                title=in_language_of_page(indicator.name),
                text=in_language_of_page(indicator.definition) if indicator.definition else "",
                address=reverse("public:data_set", args=[indicator.code]),
            )


def _quantities(data: SnapshotData, address: str) -> Iterator[SearchResult]:
    """What is formed of the indicators of the training market; the report says how."""
    indicators = {indicator.code for indicator in data.indicators}
    for each in data.market.series if data.market else ():
        definition = in_language_of_page(each.definition)
        if definition and each.code not in indicators:
            yield SearchResult(
                kind=ResultKind.QUANTITY,
                title=in_language_of_page(each.name),
                text=definition,
                address=f"{address}#section-market-terms",
            )


def _folded(text: str) -> str:
    """For comparison: without case, and umlauts as in plain letters."""
    return text.casefold().translate(FOLDED)
