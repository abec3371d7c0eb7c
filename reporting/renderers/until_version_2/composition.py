"""A snapshot in one language: every word and number of the report as text, in reading order.

The HTML page and the PDF are two layouts of this one composition, so their words and numbers are the same.
"""

from dataclasses import replace
from itertools import compress

from django.utils.translation import gettext, override, pgettext

from reporting.charts.attainment import AttainmentBar, attainment_chart_of_a_report
from reporting.charts.drawing import Draw, inline_svg
from reporting.frozen.links import PartKind, TrailUrl
from reporting.frozen.schema import (
    IndicatorData,
    MeasureData,
    PartRow,
    SnapshotData,
    StatementData,
    Text,
    YearFigure,
)
from reporting.renderers import wording
from reporting.renderers.until_version_2.labels import labels
from reporting.renderers.until_version_2.method import method_texts
from reporting.renderers.until_version_2.parts import (
    Cell,
    Composition,
    ControlLine,
    Fact,
    GapLine,
    IndicatorPart,
    LandTable,
    MeasurePart,
    ObjectivePart,
    PartnerLine,
    SourceLine,
    Tile,
    YearLine,
)
from reporting.renderers.until_version_2.resolutions import resolution_part
from reporting.renderers.until_version_2.targets import against_target, bar_caption, target_of

_YEARS_IN_CHART = 2


def compose(
    snapshot: SnapshotData,
    language: str,
    *,
    sha256: str,
    trail_url: TrailUrl | None = None,
    draw: Draw = inline_svg,
) -> Composition:
    """Put a snapshot in words.

    ``sha256`` is the hash stored with the snapshot: it is printed, never computed again from what was read.
    ``trail_url(indicator, year, parts)`` is where a number leads, ``draw`` where a drawing comes from.
    """
    with override(language):
        return _Composer(snapshot, language, sha256, trail_url, draw).compose()


class _Composer:
    """Holds the snapshot, so that its parts can name each other. Works in the active language."""

    def __init__(
        self, snapshot: SnapshotData, language: str, sha256: str, trail_url: TrailUrl | None, draw: Draw
    ):
        self.draw = draw
        self.snapshot = snapshot
        self.sha256 = sha256
        self.trail_url = trail_url
        self.language = language
        self.measure_names = {measure.code: self.text(measure.name) for measure in snapshot.measures}

    def text(self, text: Text | None) -> str:
        return text.in_language(self.language) if text else ""

    def listed(self, texts: tuple[Text, ...]) -> str:
        return ", ".join(self.text(text) for text in texts)

    def compose(self) -> Composition:
        snapshot = self.snapshot
        bars = [bar for indicator in snapshot.headlines for bar in self.chart_bars(indicator)]
        chart = attainment_chart_of_a_report(bars)
        alliance = self.text(snapshot.alliance.name)
        title = gettext("Progress report %(year)s") % {"year": snapshot.year}
        return Composition(
            language=self.language,
            title=title,
            subtitle=gettext("Figures on the commitments of the years %(phase)s")
            % {"phase": snapshot.alliance.phase.replace("-", "–")},
            alliance=alliance,
            heading=f"{alliance}: {title}",
            year=snapshot.year,
            taken_on=snapshot.taken_at.date(),
            imprint=self.imprint(),
            sha256=self.sha256,
            labels=labels(),
            introduction=self.introduction(),
            tiles=tuple(self.tile(indicator) for indicator in snapshot.headlines),
            chart=self.draw(chart, identifier="attainment-chart") if bars else "",
            chart_title=chart.title,
            chart_text=chart.alternative,
            overview=tuple(
                (self.text(indicator.name), wording.unit(indicator.unit), self.lines(indicator))
                for indicator in snapshot.headlines
            ),
            objectives=tuple(
                ObjectivePart(
                    code=objective.code,
                    name=self.text(objective.name),
                    measures=tuple(self.measure_names[code] for code in objective.measures),
                )
                for objective in snapshot.objectives
            ),
            measures=tuple(self.measure(measure) for measure in snapshot.measures),
            definitions=tuple(self.indicator(indicator) for indicator in snapshot.indicators),
            years=tuple(sorted({figure.year for each in snapshot.indicators for figure in each.years})),
            lands=tuple(self.land_table(indicator) for indicator in snapshot.indicators if indicator.lands),
            partners=self.partners(),
            controls=self.controls(),
            statements=self.statements(),
            methods=(*method_texts(), *(self.text(note) for note in snapshot.method_notes)),
            sources=tuple(
                SourceLine(
                    name=source.name or gettext("Recorded in the portal"),
                    organisation=self.text(source.organisation),
                    sheets=wording.number(source.sheets),
                    figures=wording.number(source.figures),
                    sha256=source.sha256,
                )
                for source in snapshot.sources
            ),
            resolutions=resolution_part(snapshot.resolutions, self.text),
        )

    def imprint(self) -> tuple[Fact, ...]:
        snapshot = self.snapshot
        facts = [
            Fact(
                label=pgettext("report", "Implementing body"),
                text=self.text(snapshot.alliance.implementing_body),
            ),
            Fact(label=pgettext("report", "Reporting year"), text=str(snapshot.year)),
        ]
        if snapshot.data_as_of:
            facts.append(Fact(label=pgettext("report", "Data status"), text=wording.day(snapshot.data_as_of)))
        facts += [
            Fact(label=pgettext("report", "Values"), text=pgettext("report", "Approved values only")),
            Fact(label=pgettext("report", "Snapshot taken"), text=wording.moment(snapshot.taken_at)),
        ]
        return tuple(facts)

    def introduction(self) -> tuple[str, ...]:
        figures = [indicator.years[-1] for indicator in self.snapshot.headlines]
        stated = sum(figure.amount.value is not None for figure in figures)
        return (
            gettext(
                "The partners of the Alliance committed themselves to measures and, for some of them, to "
                "numbers. This report sets what they reported against what they promised. Every number "
                "stands for approved reports of the organisations due; every number can be traced to the "
                "files it came from."
            ),
            gettext(
                "For %(year)s, %(told)s of the %(all)s headline figures can be stated. Where figures are "
                "missing, the report says so: a gap is never printed as 0."
            )
            % {"year": self.snapshot.year, "told": stated, "all": len(figures)},
        )

    def cell(self, indicator: IndicatorData, figure: YearFigure) -> Cell:
        given = figure.amount
        notes = [wording.basis(given), *wording.qualities(given.qualities)]
        notes += [self.text(note) for note in figure.notes]
        if figure.target and figure.target.note:
            notes.append(gettext("Target: %(note)s") % {"note": self.text(figure.target.note)})
        return Cell(
            indicator=indicator.code,
            year=figure.year,
            text=wording.amount(given),
            is_gap=given.value is None,
            notes=tuple(dict.fromkeys(note for note in notes if note)),
            url=self.trail_url(indicator.code, figure.year, ()) if self.trail_url else "",
        )

    def line(self, indicator: IndicatorData, figure: YearFigure) -> YearLine:
        target = target_of(figure.promised) if figure.promised else gettext("no target")
        return YearLine(
            cell=self.cell(indicator, figure),
            period=wording.period(indicator.period, figure.year),
            target=target,
            attainment=self.attainment(figure),
            coverage=wording.count(figure.amount),
        )

    def lines(self, indicator: IndicatorData) -> tuple[YearLine, ...]:
        return tuple(self.line(indicator, figure) for figure in indicator.years)

    def attainment(self, figure: YearFigure) -> str:
        if figure.attainment is None:
            return "–"
        share = wording.rounded_percent(figure.attainment)
        if figure.is_ceiling:
            return gettext("%(percent)s of the ceiling") % {"percent": share}
        return share

    def tile(self, indicator: IndicatorData) -> Tile:
        figure = indicator.years[-1]
        lines = [self.against_target(figure)]
        if figure.amount.value is not None:
            lines.append(wording.coverage(figure.amount))
        if figure.amount.value is None or figure.promised is None:
            lines += [
                f"{before.year}: {wording.amount(before.amount)} – {self.against_target(before)}"
                for before in reversed(indicator.years[:-1])
                if before.amount.value is not None
            ][:1]
        return Tile(
            name=self.text(indicator.name),
            cell=self.cell(indicator, figure),
            lines=tuple(line for line in lines if line),
        )

    def against_target(self, figure: YearFigure) -> str:
        if figure.promised is None:
            return gettext("no target for %(year)s") % {"year": figure.year}
        return against_target(figure.promised, figure.attainment)

    def chart_bars(self, indicator: IndicatorData) -> list[AttainmentBar]:
        return [
            AttainmentBar(
                name=f"{self.text(indicator.name)} {figure.year}",
                caption=bar_caption(wording.amount(figure.amount), figure.promised, figure.attainment),
                attainment=figure.attainment,
                is_ceiling=figure.is_ceiling,
            )
            for figure in indicator.years[-_YEARS_IN_CHART:]
            if figure.year == self.snapshot.year or figure.amount.value is not None
        ]

    def measure(self, measure: MeasureData) -> MeasurePart:
        objective_names = {part.code: self.text(part.name) for part in self.snapshot.objectives}
        facts = (
            (pgettext("report", "Kind"), wording.measure_kind(measure.kind)),
            (pgettext("report", "Lead"), self.listed(measure.leads)),
            (pgettext("report", "Contributing"), self.listed(measure.contributing)),
            (
                pgettext("report", "Objectives"),
                "; ".join(objective_names[code] for code in measure.objectives),
            ),
            (pgettext("report", "Target groups"), self.listed(measure.target_groups)),
            (pgettext("report", "Funding"), self.listed(measure.funding)),
        )
        return MeasurePart(
            code=measure.code,
            name=self.measure_names[measure.code],
            facts=tuple(Fact(label=label, text=text) for label, text in facts if text),
            indicators=tuple(
                self.indicator(indicator) for indicator in measure.indicators if not _is_gap(indicator)
            ),
            gaps=tuple(self.gap_line(indicator) for indicator in measure.indicators if _is_gap(indicator)),
        )

    def gap_line(self, indicator: IndicatorData) -> GapLine:
        return GapLine(
            name=self.text(indicator.name),
            unit=wording.unit(indicator.unit),
            period=wording.period_kind(indicator.period),
            years=tuple(
                (self.cell(indicator, figure), wording.count(figure.amount)) for figure in indicator.years
            ),
        )

    def indicator(self, indicator: IndicatorData) -> IndicatorPart:
        return IndicatorPart(
            code=indicator.code,
            name=self.text(indicator.name),
            definition=self.text(indicator.definition),
            unit=wording.unit(indicator.unit),
            kind=wording.series_kind(indicator.kind),
            period=wording.period_kind(indicator.period),
            source=self.text(indicator.source),
            lines=self.lines(indicator),
        )

    def land_table(self, indicator: IndicatorData) -> LandTable:
        has_value = [
            any(row.amounts[position].value is not None for row in indicator.lands)
            for position, _ in enumerate(indicator.years)
        ]
        figures = tuple(compress(indicator.years, has_value))
        return LandTable(
            indicator=indicator.code,
            name=self.text(indicator.name),
            unit=wording.unit(indicator.unit),
            years=tuple(figure.year for figure in figures),
            rows=tuple(
                (self.text(row.name), tuple(compress(self.land_cells(indicator, row), has_value)))
                for row in indicator.lands
            ),
            total=tuple(replace(self.cell(indicator, figure), notes=()) for figure in figures),
            gaps=tuple(
                gettext("No Land has a value for %(year)s: %(gap)s.")
                % {"year": figure.year, "gap": wording.amount(figure.amount)}
                for figure in indicator.years
                if figure not in figures
            ),
        )

    def land_cells(self, indicator: IndicatorData, row: PartRow) -> tuple[Cell, ...]:
        return tuple(
            Cell(
                indicator=indicator.code,
                year=figure.year,
                region=row.code,
                text=wording.amount(given),
                is_gap=given.value is None,
                url=self.trail_url(indicator.code, figure.year, [(PartKind.REGION, row.code)])
                if self.trail_url
                else "",
            )
            for figure, given in zip(indicator.years, row.amounts, strict=True)
        )

    def partners(self) -> tuple[PartnerLine, ...]:
        return tuple(
            PartnerLine(
                name=self.text(part.name),
                due=wording.number(part.due),
                approved=wording.number(part.approved),
                missing=wording.number(part.due - part.approved),
                names=", ".join(part.missing)
                if part.approved or part.due == 1
                else pgettext("report", "all"),
            )
            for part in self.snapshot.participation
        )

    def controls(self) -> tuple[ControlLine, ...]:
        names = {indicator.code: self.text(indicator.name) for indicator in self.snapshot.indicators}
        verdicts = {
            True: pgettext("report", "agrees"),
            False: pgettext("report", "differs"),
            None: gettext("cannot be checked: values are withheld or missing"),
        }
        return tuple(
            ControlLine(
                file=total.file,
                place=gettext("%(sheet)s, cell %(cell)s") % {"sheet": total.sheet, "cell": total.cell},
                what=f"{names.get(total.indicator, total.indicator)} {total.year}",
                stated=wording.number(total.stated),
                sum="–" if total.sum is None else wording.number(total.sum),
                verdict=verdicts[total.ok],
            )
            for total in self.snapshot.control_totals
        )

    def statements(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        headings = {
            "product": pgettext("report", "Products"),
            "outcome": pgettext("report", "Outcomes"),
            "lesson": pgettext("report", "Lessons"),
            "success": pgettext("report", "What made it work"),
        }
        by_heading = {
            heading: tuple(self.statement(part) for part in self.snapshot.statements if part.kind == kind)
            for kind, heading in headings.items()
        }
        return tuple((heading, texts) for heading, texts in by_heading.items() if texts)

    def statement(self, part: StatementData) -> str:
        where = [self.measure_names.get(part.measure or "", ""), str(part.year or "")]
        where = [word for word in where if word]
        return self.text(part.text) + (f" ({', '.join(where)})" if where else "")


def _is_gap(indicator: IndicatorData) -> bool:
    """Whether the indicator has nothing but, year by year, the reason for having no value."""
    return all(
        figure.amount.value is None and figure.promised is None and not figure.notes
        for figure in indicator.years
    )
