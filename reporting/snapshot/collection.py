"""Collect everything a progress report shows, in one transaction."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from measures.enums import ContributionRole, PeriodKind, Quality
from measures.models import (
    ApprovedFigure,
    FundingSource,
    Indicator,
    Item,
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
from reporting.aggregates.breaks import load_breaks
from reporting.aggregates.regions import region_label
from reporting.aggregates.released import released_snapshots
from reporting.aggregates.sums import ratio
from reporting.aggregates.targets import as_plain_data, load_targets
from reporting.aggregates.totals import Totals, load_totals
from reporting.disclosure.cells import CellKey
from reporting.disclosure.printed import amounts_of
from reporting.editions.types import ANNUAL
from reporting.frozen import schema
from reporting.frozen.schema import Amount, AmountState, SnapshotData, Text
from reporting.renderers import wording
from reporting.renderers.bilingual import in_both_languages
from reporting.snapshot import sources, words
from reporting.snapshot.breakdowns import Breakdowns
from reporting.snapshot.changes import Printable, changes_of
from reporting.snapshot.market import market_of
from reporting.snapshot.money import money_rows
from reporting.snapshot.narratives import narratives_of
from reporting.snapshot.offers import offers_of
from reporting.snapshot.practice import practice_of
from reporting.snapshot.protection import is_protected, protect
from reporting.snapshot.resolutions import resolutions

_REFERENCE_DAYS = {PeriodKind.REFERENCE_30SEP: (9, 30), PeriodKind.REFERENCE_31DEC: (12, 31)}


@dataclass(frozen=True, slots=True)
class _Part:
    """A line of a table: its cell, code and name."""

    cell: CellKey
    code: str
    name: Text


@dataclass(frozen=True)
class Collected:
    """A report's frozen data, and the approved figures that its numbers were added up from.

    ``used`` is asked within the same transaction: the database keeps their versions itself.
    """

    data: SnapshotData
    used: QuerySet[ApprovedFigure]


@dataclass(frozen=True)
class _Share:
    target: Target
    denominator: Indicator
    reached: Amount

    @property
    def as_plain_data(self) -> schema.RatioTargetData:
        return schema.RatioTargetData(goal=self.target.value, denominator=words.name_of(self.denominator))

    @property
    def is_withheld(self) -> bool:
        return self.reached.state is AmountState.WITHHELD

    @property
    def note(self) -> Text:
        return in_both_languages(
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
        self.indicators = list(Indicator.objects.filter(is_recorded=True, measure__isnull=False))
        self.breaks = load_breaks(self.indicators, self.years)
        self.regions = list(Region.objects.all())
        totals = load_totals(indicators=self.indicators, years=self.years)
        self.breakdowns = Breakdowns(self.indicators, list(rounds), totals, self.regions)
        self.protected = [
            each for each in self.indicators if is_protected(each, self.breakdowns.target_groups)
        ]
        self.protection = protect(
            self.protected, self.years, self.breakdowns, released_snapshots(since=self.years[0])
        )
        self.totals: Totals = self.protection.of_totals(totals)
        items = Item.objects.filter(
            indicator__in=[each.pk for each in self.indicators], submission__round__year__in=self.years
        )
        self.used = ApprovedFigure.objects.filter(item__in=items.values("pk"))
        self.footnotes = sources.footnotes(self.used)
        self.data_status = sources.data_status(items)
        self.targets = load_targets(self.phase.starts_on.year, self.phase.ends_on.year)

    def collected(self) -> Collected:
        phase = self.phase
        measures, objectives = self.measures(), self.objectives()
        data = SnapshotData(
            year=self.year,
            taken_at=self.taken_at,
            alliance=schema.Alliance(
                name=Text(de=phase.alliance_de, en=phase.alliance_en),
                phase=phase.code,
                implementing_body=words.name_of(phase.implementing_body),
                homepage=phase.homepage,
            ),
            objectives=objectives,
            measures=measures,
            participation=self.participation(),
            control_totals=sources.control_totals(
                self.used,
                self.years,
                [each for each in self.indicators if each not in self.protected],
            ),
            statements=self.statements(),
            sources=sources.sources(self.used),
            data_as_of=max(self.data_status.values(), default=None),
            portal=settings.PORTAL_ADDRESS,
            resolutions=resolutions(self.year),
            disclosure=self.disclosure([each for measure in measures for each in measure.indicators]),
            changes=changes_of(Printable(objectives, measures), year=self.year, report_type=ANNUAL, scope=""),
            market=market_of(self.totals, self.indicators, self.years, self.regions, self.breaks),
            money=money_rows(self.years),
            offers=offers_of(self.totals, self.indicators, self.year),
            narratives=narratives_of(self.year),
            practice=practice_of(phase),
        )
        return Collected(data, self.used)

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
                funding=tuple(map(words.name_of, _sources(measure))),
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
            lands=self.parts(indicator, self.lands()),
            is_protected=indicator in self.protected,
            may_be_negative=indicator.may_be_negative,
            groups=self.parts(indicator, self.groups(indicator)),
            umbrellas=self.parts(indicator, self.umbrellas(indicator)),
            crossed=self.crossed(indicator),
            breaks=tuple(map(words.break_in_series, self.breaks.of(indicator.code))),
        )

    def year_figure(self, indicator: Indicator, year: int) -> schema.YearFigure:
        amount = self.amount(indicator.code, year, CellKey())
        target = self.targets.of(indicator, year)
        shares = self.shares(indicator, year)
        share = None if target or not shares else shares[0]
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
            notes=self.notes(indicator, year),
            remarks=self.remarks(indicator, year),
        )

    def notes(self, indicator: Indicator, year: int) -> tuple[Text, ...]:
        if self.protection.withholds_any(indicator.code, year):
            return ()
        has_value = self.amount(indicator.code, year, CellKey()).value is not None
        shares = self.shares(indicator, year) if has_value else []
        return tuple(each.note for each in shares if not each.is_withheld)

    def remarks(self, indicator: Indicator, year: int) -> tuple[schema.Remark, ...]:
        """None where an edition withholds a part: organisations may speak of it in their own words."""
        is_silent = self.protection.withholds_any(indicator.code, year)
        return () if is_silent else self.footnotes.get((indicator.code, year), ())

    def shares(self, indicator: Indicator, year: int) -> list[_Share]:
        """The indicator's targets that are a share of another figure, and how they stand."""
        numerator = self.amount(indicator.code, year, CellKey())
        return [
            _Share(
                target,
                target.denominator,
                ratio(numerator, self.amount(target.denominator.code, year, CellKey())),
            )
            for target in self.targets.ratios_of(indicator, year)
            if target.denominator
        ]

    def amount(self, indicator: str, year: int, cell: CellKey) -> Amount:
        """As it is printed."""
        return self.protection.applied(indicator, year, cell, self.breakdowns.amount(indicator, year, cell))

    def lands(self) -> list[_Part]:
        return [
            _Part(CellKey(region=region.code), region.code, _region_name(region))
            for region in self.breakdowns.regions
        ]

    def groups(self, indicator: Indicator) -> list[_Part]:
        return [
            _Part(CellKey(group=group.pk), group.pk, words.name_of(group))
            for group in self.breakdowns.target_groups
            if indicator.is_asked_by(group.pk)
        ]

    def umbrellas(self, indicator: Indicator) -> list[_Part]:
        codes = self.breakdowns.umbrellas_of(indicator.code)
        return [
            _Part(CellKey(umbrella=code), code, words.message(name))
            for code, name in self.breakdowns.umbrella_names.items()
            if code in codes
        ]

    def parts(self, indicator: Indicator, parts: Sequence[_Part]) -> tuple[schema.PartRow, ...]:
        """Those that somebody is due in; none where no value is stated."""
        rows = [
            schema.PartRow(
                code=part.code,
                name=part.name,
                amounts=tuple(self.amount(indicator.code, year, part.cell) for year in self.years),
            )
            for part in parts
        ]
        rows = [row for row in rows if any(amount.due for amount in row.amounts)]
        return tuple(rows) if any(amount.reported for row in rows for amount in row.amounts) else ()

    def crossed(self, indicator: Indicator) -> tuple[schema.CrossedRow, ...]:
        cells = {cell for year in self.years for cell in self.breakdowns.cells(indicator.code, year)}
        rows = (
            schema.CrossedRow(
                region=cell.region,
                group=cell.group,
                umbrella=cell.umbrella,
                amounts=tuple(self.amount(indicator.code, year, cell) for year in self.years),
            )
            for cell in sorted(cells)
            if cell.depth == 2  # noqa: PLR2004  # two of Land, target group and umbrella
        )
        return tuple(row for row in rows if any(amount.reported for amount in row.amounts))

    def disclosure(self, indicators: Sequence[schema.IndicatorData]) -> schema.DisclosureData:
        return self.protection.as_plain_data(
            (indicator.code, *entry) for indicator in indicators for entry in amounts_of(indicator, CellKey())
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
            for group in self.breakdowns.participation[self.year]
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
    return in_both_languages(lambda: region_label(region))


def _sources(measure: Measure) -> list[FundingSource]:
    """Where a measure's money comes from, each once; amounts that are examples prove no source."""
    real = [each.source for each in measure.funding.all() if each.quality != Quality.EXAMPLE]
    return list(dict.fromkeys(real))
