"""Collect everything a progress report shows, in one transaction."""

import datetime as dt
from dataclasses import dataclass

from measures.enums import ContributionRole, PeriodKind
from measures.models import (
    Indicator,
    Lesson,
    Measure,
    Objective,
    Outcome,
    Phase,
    Product,
    ReportingRound,
    Target,
)
from partners.models import Region
from reporting.aggregates.attainment import attainment
from reporting.aggregates.participation import participation
from reporting.aggregates.regions import in_reading_order, region_label
from reporting.aggregates.sums import ratio
from reporting.aggregates.targets import as_plain_data, load_targets
from reporting.aggregates.totals import Totals, load_totals
from reporting.frozen import schema
from reporting.frozen.schema import Amount, AmountState, SnapshotData, Text
from reporting.renderers import wording
from reporting.snapshot import sources, words

_REFERENCE_DAYS = {PeriodKind.REFERENCE_30SEP: (9, 30), PeriodKind.REFERENCE_31DEC: (12, 31)}
_NOT_ASKED = Amount(state=AmountState.NOT_REPORTED)


@dataclass(frozen=True)
class Collected:
    """A report's frozen data, and the versions of figures its numbers were added up from."""

    data: SnapshotData
    version_ids: list[int]


@dataclass(frozen=True)
class _Share:
    target: Target
    denominator: Indicator
    reached: Amount

    @property
    def as_plain_data(self) -> schema.RatioTargetData:
        return schema.RatioTargetData(goal=self.target.value, denominator=words.name_of(self.denominator))

    @property
    def note(self) -> Text:
        return words.in_both_languages(
            lambda: wording.ratio_target(self.denominator.name, self.target.value, self.reached)
        )


def collect(*, year: int, taken_at: dt.datetime) -> Collected:
    """To be called inside one transaction that sees one moment."""
    return _Collection(year, taken_at).collected()


class _Collection:
    def __init__(self, year: int, taken_at: dt.datetime) -> None:
        self.year = year
        self.taken_at = taken_at
        self.phase = Phase.objects.select_related("implementing_body").get(
            starts_on__year__lte=year, ends_on__year__gte=year
        )
        rounds = ReportingRound.objects.filter(year__range=(self.phase.starts_on.year, year)).order_by("year")
        self.years = [reporting_round.year for reporting_round in rounds]
        self.round = rounds[len(self.years) - 1]
        self.indicators = list(Indicator.objects.filter(is_recorded=True, measure__isnull=False))
        self.totals: Totals = load_totals(indicators=self.indicators, years=self.years)
        items = self.totals.item_ids
        self.version_ids = sources.used_versions(items)
        self.footnotes = sources.footnotes(items)
        self.data_status = sources.data_status(items)
        self.targets = load_targets(self.phase.starts_on.year, self.phase.ends_on.year)
        self.regions = list(Region.objects.all())

    def collected(self) -> Collected:
        phase = self.phase
        data = SnapshotData(
            year=self.year,
            taken_at=self.taken_at,
            alliance=schema.Alliance(
                name=Text(de=phase.alliance_de, en=phase.alliance_en),
                phase=phase.code,
                implementing_body=words.name_of(phase.implementing_body),
                homepage=phase.homepage,
            ),
            objectives=self.objectives(),
            measures=self.measures(),
            participation=self.participation(),
            control_totals=sources.control_totals(self.version_ids, self.years),
            statements=self.statements(),
            sources=sources.sources(self.version_ids),
            data_as_of=max(self.data_status.values(), default=None),
        )
        return Collected(data, self.version_ids)

    def objectives(self) -> tuple[schema.ObjectiveData, ...]:
        return tuple(
            schema.ObjectiveData(
                code=objective.code,
                name=words.name_of(objective),
                measures=tuple(measure.code for measure in objective.measures.all()),
            )
            for objective in Objective.objects.prefetch_related("measures")
        )

    def measures(self) -> tuple[schema.MeasureData, ...]:
        measures = Measure.objects.prefetch_related(
            "objectives", "target_groups", "contributions__organisation", "funding__source"
        )
        return tuple(
            schema.MeasureData(
                code=measure.code,
                name=words.name_of(measure),
                kind=measure.kind,
                leads=words.contributors(measure, ContributionRole.LEAD),
                contributing=words.contributors(measure, ContributionRole.WITH, ContributionRole.BY),
                objectives=tuple(objective.code for objective in measure.objectives.all()),
                target_groups=tuple(words.name_of(group) for group in measure.target_groups.all()),
                funding=tuple(words.name_of(funding.source) for funding in measure.funding.all()),
                indicators=tuple(
                    self.indicator(indicator)
                    for indicator in self.indicators
                    if indicator.measure_id == measure.pk
                ),
            )
            for measure in measures
        )

    def indicator(self, indicator: Indicator) -> schema.IndicatorData:
        figures = tuple(self.year_figure(indicator, year) for year in self.years)
        has_values = any(figure.amount.value is not None for figure in figures)
        return schema.IndicatorData(
            code=indicator.code,
            name=words.name_of(indicator),
            unit=indicator.unit,
            kind=indicator.type,
            period=indicator.period,
            source=Text(de=indicator.source_de, en=indicator.source_en),
            definition=Text(de=indicator.definition_de, en=indicator.definition_en)
            if indicator.definition_de
            else None,
            years=figures,
            is_headline=self.targets.has_any(indicator) or any(figure.ratio for figure in figures),
            # Counts of persons are published for the Alliance as a whole until small numbers can be withheld.
            lands=self.lands(indicator) if has_values and not indicator.counts_persons else (),
        )

    def year_figure(self, indicator: Indicator, year: int) -> schema.YearFigure:
        amount = self.totals.total(indicator.code, year)
        target = self.targets.of(indicator, year)
        shares = self.shares(indicator, year)
        share = None if target or not shares else shares[0]
        notes = self.footnotes.get((indicator.code, year), ())
        reference = _REFERENCE_DAYS.get(PeriodKind(indicator.period))
        return schema.YearFigure(
            year=year,
            amount=amount,
            reference_date=dt.date(year, *reference) if reference else None,
            data_as_of=self.data_status.get((indicator.code, year)),
            target=as_plain_data(target) if target else None,
            ratio=share.as_plain_data if share else None,
            attainment=attainment(
                share.reached.value if share else amount.value,
                share.target if share else target,
                indicator.favourable,
            ),
            notes=(*notes, *(each.note for each in shares if amount.value is not None)),
        )

    def shares(self, indicator: Indicator, year: int) -> list[_Share]:
        """The indicator's targets that are a share of another figure, and how they stand."""
        numerator = self.totals.total(indicator.code, year)
        return [
            _Share(
                target, target.denominator, ratio(numerator, self.totals.total(target.denominator.code, year))
            )
            for target in self.targets.ratios_of(indicator, year)
            if target.denominator
        ]

    def lands(self, indicator: Indicator) -> tuple[schema.LandRow, ...]:
        codes = [region.code for region in self.regions]
        by_year = [
            {line.region: line.amount for line in self.totals.by_region(indicator.code, year, codes)}
            for year in self.years
        ]
        return tuple(
            schema.LandRow(
                code=region.code,
                name=_region_name(region),
                amounts=tuple(found.get(region.code, _NOT_ASKED) for found in by_year),
            )
            for region in in_reading_order(self.regions)
            if any(region.code in found for found in by_year)
        )

    def participation(self) -> tuple[schema.Participation, ...]:
        return tuple(
            schema.Participation(
                code=group.code,
                name=words.message(group.name),
                due=group.due,
                approved=group.due - len(group.without_approval),
                missing=tuple(participant.name for participant in group.without_approval),
            )
            for group in participation(self.round)
        )

    def statements(self) -> tuple[schema.StatementData, ...]:
        products = [
            schema.StatementData(
                code=product.code,
                kind="product",
                text=words.name_of(product),
                year=product.year,
                measure=product.measure.code,
            )
            for product in Product.objects.filter(year__lte=self.year).select_related("measure")
        ]
        outcomes = [
            schema.StatementData(
                code=outcome.code,
                kind="outcome",
                text=words.name_of(outcome),
                year=outcome.year,
                measure=outcome.measure.code if outcome.measure else None,
                objective=outcome.objective.code if outcome.objective else None,
            )
            for outcome in Outcome.objects.select_related("measure", "objective")
            if outcome.year is None or outcome.year <= self.year
        ]
        lessons = [
            schema.StatementData(code=lesson.code, kind=lesson.kind, text=words.name_of(lesson))
            for lesson in Lesson.objects.all()
        ]
        return (*products, *outcomes, *lessons)


def _region_name(region: Region) -> Text:
    return words.in_both_languages(lambda: region_label(region))
