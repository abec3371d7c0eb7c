"""What is called, defined or promised otherwise than in what was released before."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext

from reporting.frozen.contents import Aspect, DefinitionChange
from reporting.frozen.schema import (
    IndicatorData,
    MeasureData,
    ObjectiveData,
    RatioTargetData,
    SnapshotData,
    TargetData,
)
from reporting.frozen.values import Text
from reporting.renderers import wording
from reporting.renderers.bilingual import in_both_languages

_NOTHING = Text(de="")


def redefined(
    objectives: Sequence[ObjectiveData], measures: Sequence[MeasureData], before: SnapshotData
) -> Iterator[DefinitionChange]:
    """Of objectives, measures and indicators that both have, in the order of the catalogue."""
    named: dict[str, ObjectiveData | MeasureData] = {
        **{each.code: each for each in before.objectives},
        **{each.code: each for each in before.measures},
    }
    indicators = {each.code: each for each in before.indicators}
    for objective in objectives:
        yield from _renamed(objective, named)
    for measure in measures:
        yield from _renamed(measure, named)
        for indicator in measure.indicators:
            if indicator.code in indicators:
                yield from _of_indicator(indicator, indicators[indicator.code])


def _renamed(
    now: ObjectiveData | MeasureData, named: dict[str, ObjectiveData | MeasureData]
) -> Iterator[DefinitionChange]:
    before = named.get(now.code)
    if before is not None and before.name != now.name:
        yield DefinitionChange(
            code=now.code, name=now.name, aspect=Aspect.NAME, before=before.name, now=now.name
        )


def _of_indicator(now: IndicatorData, before: IndicatorData) -> Iterator[DefinitionChange]:
    texts = {
        Aspect.NAME: (before.name, now.name),
        Aspect.DEFINITION: (before.definition or _NOTHING, now.definition or _NOTHING),
        Aspect.SOURCE: (before.source, now.source),
        Aspect.UNIT: (_unit(before), _unit(now)),
        Aspect.PERIOD: (_period(before), _period(now)),
    }
    for aspect, (former, text) in texts.items():
        if former != text:
            yield DefinitionChange(code=now.code, name=now.name, aspect=aspect, before=former, now=text)
    yield from _promised(now, before)


def _promised(now: IndicatorData, before: IndicatorData) -> Iterator[DefinitionChange]:
    """A change of the same target in several years is one."""
    former = {figure.year: _target(figure.promised) for figure in before.years}
    years: dict[tuple[Text, Text], list[int]] = defaultdict(list)
    for figure in now.years:
        target = _target(figure.promised)
        if figure.year in former and former[figure.year] != target:
            years[former[figure.year], target].append(figure.year)
    for (then, target), of in years.items():
        yield DefinitionChange(
            code=now.code, name=now.name, aspect=Aspect.TARGET, years=tuple(of), before=then, now=target
        )


def _target(promised: TargetData | RatioTargetData | None) -> Text:
    return in_both_languages(lambda: _in_words(promised)) if promised else _NOTHING


def _in_words(promised: TargetData | RatioTargetData) -> str:
    """With the baseline, which attainment is reckoned from."""
    target = wording.target(promised)
    if isinstance(promised, RatioTargetData) or promised.baseline is None:
        return target
    words = {"target": target, "number": wording.number(promised.baseline), "year": promised.baseline_year}
    if promised.baseline_year is None:
        return gettext("%(target)s; baseline: %(number)s") % words
    return gettext("%(target)s; baseline %(year)s: %(number)s") % words


def _unit(indicator: IndicatorData) -> Text:
    return in_both_languages(lambda: wording.unit(indicator.unit))


def _period(indicator: IndicatorData) -> Text:
    return in_both_languages(lambda: wording.period_kind(indicator.period))
