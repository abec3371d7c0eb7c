"""The tiles of the overview: a value, what was promised of it, and how it stands on the way there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext

from reporting.aggregates.completeness import KindCount
from reporting.aggregates.paths import Path
from reporting.aggregates.targets import as_plain_data
from reporting.dashboards.data import LinkedNumber
from reporting.dashboards.figures import YearTotal, total_number
from reporting.dashboards.filters import Filters
from reporting.dashboards.overview.headlines import Headline, Overview
from reporting.renderers import wording


@dataclass(frozen=True, slots=True, kw_only=True)
class PathText:
    is_kept: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearBefore:
    year: str
    number: LinkedNumber
    against_target: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineTile:
    """``rule``: what was promised and how; ``kinds``: who of whom stands behind the value."""

    name: str
    is_asked: bool
    number: LinkedNumber
    ratio: Decimal | None
    against_target: str
    rule: str
    path: PathText | None
    coverage: str
    kinds: str
    notes: tuple[str, ...]
    before: YearBefore | None


def tiles(overview: Overview) -> list[HeadlineTile]:
    return [_tile(headline, overview.filters) for headline in overview.headlines]


def _tile(headline: Headline, filters: Filters) -> HeadlineTile:
    total = headline.total
    is_gap = total.amount.value is None
    return HeadlineTile(
        name=headline.indicator.name,
        is_asked=headline.is_asked,
        number=total_number(headline.indicator, total, filters, is_brief=is_gap),
        ratio=total.attainment,
        against_target=wording.against_target(total.target, total.attainment),
        rule=_rule(headline.path) if _needs_rule(headline) else "",
        path=_path(headline),
        kinds=_kinds(headline.kinds),
        coverage=wording.reason_of_gap(total.amount) if is_gap else wording.coverage(total.amount),
        notes=tuple(_notes(headline, total)),
        before=_before(headline, filters),
    )


def _notes(headline: Headline, total: YearTotal) -> Iterator[str]:
    yield wording.period(headline.indicator.period, total.year)
    yield from filter(None, [wording.basis(total.amount)])
    yield from wording.qualities(total.amount.qualities)
    if headline.before and not headline.continues(headline.before.year):
        yield gettext("break in the series")


def _before(headline: Headline, filters: Filters) -> YearBefore | None:
    before = headline.before
    if before is None:
        return None
    number = total_number(headline.indicator, before, filters, is_brief=True)
    return YearBefore(
        year=str(before.year),
        number=number if number.is_gap else replace(number, text=wording.marked(number.text, before.amount)),
        against_target=""
        if before.amount.value is None
        else wording.against_target(before.target, before.attainment),
        change=wording.change(before.amount.value, headline.total.amount.value)
        if headline.continues(before.year)
        else "",
    )


def _needs_rule(headline: Headline) -> bool:
    """Whether the attainment does not name the promise already, or not all of it."""
    path = headline.path
    return headline.total.target is None or (path is not None and path.target.baseline is not None)


def _rule(path: Path | None) -> str:
    """What was promised: once or every year, to rise or to fall, or not to be exceeded."""
    if path is None:
        return ""
    target, promised = path.target, as_plain_data(path.target)
    number = wording.number(promised.value)
    words = {"target": number if promised.is_a_maximum else wording.target(promised), "year": target.year}
    if target.is_ceiling:
        return gettext("Ceiling: %(target)s in %(year)s") % words
    if target.is_yearly:
        return gettext("Target: %(target)s") % words
    if promised.baseline is None or promised.baseline_year is None:
        return gettext("Target: %(target)s by %(year)s") % words
    words |= {"baseline": wording.number(promised.baseline), "start": promised.baseline_year}
    if path.is_falling:
        return gettext("Target: from %(baseline)s in %(start)s down to %(target)s by %(year)s") % words
    return gettext("Target: from %(baseline)s in %(start)s up to %(target)s by %(year)s") % words


def _path(headline: Headline) -> PathText | None:
    """Whether the value lies where it should on the way to the target; across a break there is no way."""
    path, value = headline.path, headline.total.amount.value
    if path is None or value is None:
        return None
    start = path.target.baseline_year
    if path.year != path.target.year and start is not None and not headline.continues(start):
        return None
    is_kept = path.is_kept_by(value)
    if path.target.is_ceiling:
        text = gettext("within the ceiling") if is_kept else gettext("above the ceiling")
    elif path.year == path.target.year:
        text = gettext("target reached") if is_kept else gettext("target not reached")
    else:
        words = {"expected": wording.number(round(path.expected)), "year": path.year}
        text = (
            gettext("on the path: %(expected)s were to be reached by %(year)s")
            if is_kept
            else gettext("off the path: %(expected)s were to be reached by %(year)s")
        ) % words
    return PathText(is_kept=is_kept, text=text)


def _kinds(kinds: Sequence[KindCount]) -> str:
    """76 of 79 IHKs, 40 of 53 HWKs, 2 of 3 others; nothing where all are of no kind."""
    if not any(kind.name for kind in kinds):
        return ""
    return ", ".join(_kind(kind) for kind in kinds)


def _kind(kind: KindCount) -> str:
    words = {"count": wording.number(kind.reported), "due": wording.number(kind.due), "kind": kind.name}
    if kind.name:
        return gettext("%(count)s of %(due)s %(kind)ss") % words
    return gettext("%(count)s of %(due)s others") % words
