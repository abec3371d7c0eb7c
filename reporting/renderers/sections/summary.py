"""The year at a glance: the summary in words, the headline figures, and how far the targets were reached."""

from collections.abc import Iterator

from django.utils.translation import gettext, ngettext, pgettext

from reporting.charts.attainment import AttainmentBar, attainment_chart_of_a_report
from reporting.enums import ScopeKind
from reporting.frozen.links import Counted
from reporting.frozen.schema import IndicatorData, ScopeData, YearFigure
from reporting.renderers import wording
from reporting.renderers.blocks import (
    Block,
    DocumentSection,
    FigureTile,
    TableColumn,
    TableRow,
    TilesBlock,
)
from reporting.renderers.grammar import all_of, small_number
from reporting.renderers.linked_text import bullets, linked, paragraph, spans_of, without_links
from reporting.renderers.sections import sentences
from reporting.renderers.sections.target_sentences import targets_sentence
from reporting.renderers.sections.years import year_cells, year_columns
from reporting.renderers.writer import Notes, Writer, head, plain_cell

_YEARS_IN_CHART = 2


def foreword(writer: Writer) -> DocumentSection | None:
    return _written(writer, "foreword", pgettext("report", "Foreword"), is_on_a_new_page=True)


def outlook(writer: Writer) -> DocumentSection | None:
    return _written(writer, "outlook", pgettext("report", "Outlook"), is_on_a_new_page=False)


def _written(writer: Writer, code: str, heading: str, *, is_on_a_new_page: bool) -> DocumentSection | None:
    """A section of nothing but what people wrote."""
    texts = writer.narratives(code)
    if not texts:
        return None
    return DocumentSection(
        anchor=f"report-{code}", heading=heading, blocks=tuple(texts), is_on_a_new_page=is_on_a_new_page
    )


def summary(writer: Writer) -> DocumentSection:
    return DocumentSection(
        anchor="report-glance",
        heading=pgettext("report", "The year at a glance"),
        blocks=tuple(_blocks(writer)),
        is_on_a_new_page=True,
    )


def _blocks(writer: Writer) -> Iterator[Block]:
    yield paragraph(_introduction(writer))
    yield from writer.narratives("assessment")
    for of_one_subject in (
        [sentences.participation_sentence(writer), targets_sentence(writer)],
        list(sentences.market_sentences(writer)),
        [sentences.offers_sentence(writer), sentences.commitments_sentence(writer)],
    ):
        text = " ".join(each for each in of_one_subject if each)
        if text:
            yield paragraph(text)
    single = tuple(sentences.headline_sentences(writer))
    if single:
        yield bullets(single)
    if writer.snapshot.headlines:
        yield TilesBlock(tiles=tuple(_tile(writer, each) for each in writer.snapshot.headlines))
    bars = [bar for indicator in writer.snapshot.headlines for bar in _bars(writer, indicator)]
    if any(bar.attainment is not None for bar in bars):
        yield writer.picture("attainment", attainment_chart_of_a_report(bars))


def _introduction(writer: Writer) -> str:
    figures = [indicator.years[-1] for indicator in writer.snapshot.headlines]
    stated = sum(figure.amount.value is not None for figure in figures)
    scope = writer.snapshot.scope
    what = _of_a_part(writer, scope) if scope else _of_the_alliance()
    gaps = gettext("Where figures are missing, the report says so: a gap is never printed as 0.")
    return " ".join(each for each in (what, _how_many(writer, stated, len(figures)), gaps) if each)


def _how_many(writer: Writer, stated: int, headlines: int) -> str:
    """How many of the headline figures have a value; nothing where none is asked for."""
    if not headlines:
        return ""
    if not stated:
        text = ngettext(
            "For %(year)s, the one headline figure cannot be stated.",
            "For %(year)s, not one of the %(all)s headline figures can be stated.",
            headlines,
        )
    elif stated == headlines:
        text = ngettext(
            "For %(year)s, the one headline figure can be stated.",
            "For %(year)s, %(each)s headline figures can be stated.",
            headlines,
        )
    else:
        text = ngettext(
            "For %(year)s, one of the %(all)s headline figures can be stated.",
            "For %(year)s, %(stated)s of the %(all)s headline figures can be stated.",
            stated,
        )
    url = writer.address(Counted.HEADLINES, writer.year)
    return text % {
        "year": writer.year,
        "stated": linked(small_number(stated), url),
        "all": linked(small_number(headlines), url),
        "each": linked(all_of(headlines), url),
    }


def _of_a_part(writer: Writer, scope: ScopeData) -> str:
    of_kind = {
        ScopeKind.LAND: gettext("This report shows what was reported for the Land %(name)s."),
        ScopeKind.UMBRELLA: gettext(
            "This report shows what the umbrella organisation %(name)s and its members reported."
        ),
    }[ScopeKind(scope.kind)]
    of_every_part = gettext(
        "The partners' promises are about the Alliance as a whole, so that none is set against these "
        "numbers. Every number stands for approved reports of the organisations due; every number can be "
        "traced to the files it came from."
    )
    return f"{of_kind % {'name': writer.text(scope.name)}} {of_every_part}"


def _of_the_alliance() -> str:
    return gettext(
        "The partners of the Alliance committed themselves to measures and, for some of them, to "
        "numbers. This report sets what they reported against what they promised. Every number "
        "stands for approved reports of the organisations due; every number can be traced to the "
        "files it came from."
    )


def _tile(writer: Writer, indicator: IndicatorData) -> FigureTile:
    figure = indicator.years[-1]
    url = writer.address(indicator.code, figure.year)
    lines = [linked(_against_target(writer, figure), url if figure.promised else "")]
    if figure.amount.value is not None:
        lines += [wording.basis(figure.amount), linked(wording.coverage(figure.amount), url)]
        lines += wording.qualities(figure.amount.qualities)
    if figure.amount.value is None or figure.promised is None:
        lines += [
            linked(
                " – ".join(filter(None, (_of_year(before), _against_target(writer, before)))),
                writer.address(indicator.code, before.year),
            )
            for before in reversed(indicator.years[:-1])
            if before.amount.value is not None
        ][:1]
    cell = writer.amount(
        figure.amount, Notes(), (), indicator=indicator.code, year=figure.year, is_keyed=False
    )
    lines = [line for line in lines if line]
    return FigureTile(
        name=writer.text(indicator.name),
        cell=cell,
        lines=tuple(map(without_links, lines)),
        spans=spans_of(lines),
    )


def _of_year(figure: YearFigure) -> str:
    return f"{figure.year}: {wording.amount(figure.amount)}"


def _against_target(writer: Writer, figure: YearFigure) -> str:
    """Nothing in the report of a part, which has no targets."""
    if writer.snapshot.scope:
        return ""
    if figure.promised is None:
        return gettext("no target for %(year)s") % {"year": figure.year}
    return wording.against_target(figure.promised, figure.attainment)


def _bars(writer: Writer, indicator: IndicatorData) -> Iterator[AttainmentBar]:
    for figure in indicator.years[-_YEARS_IN_CHART:]:
        if figure.amount.value is None:
            continue
        yield AttainmentBar(
            name=f"{writer.text(indicator.name)} {figure.year}",
            caption=wording.bar_caption(
                wording.amount(figure.amount),
                wording.target(figure.promised) if figure.promised else "",
                figure.attainment,
                is_ceiling=figure.is_ceiling,
            ),
            attainment=figure.attainment,
            is_ceiling=figure.is_ceiling,
        )


def objectives(writer: Writer) -> DocumentSection | None:
    """Objectives with their measures, and every headline figure against its target, year by year."""
    if not writer.snapshot.objectives:
        return None
    return DocumentSection(
        anchor="report-objectives",
        heading=pgettext("report", "Objectives and headline figures")
        if writer.snapshot.scope
        else pgettext("report", "Objectives and targets"),
        blocks=tuple(_objectives(writer)),
    )


def _objectives(writer: Writer) -> Iterator[Block]:
    yield writer.table(
        "objectives",
        pgettext("report", "Objectives and their measures"),
        (
            TableColumn(name=pgettext("report", "Objective"), share=2),
            TableColumn(name=pgettext("report", "Measures"), share=3),
        ),
        tuple(
            TableRow(
                cells=(
                    head(f"{each.code} · {writer.text(each.name)}"),
                    plain_cell(
                        "; ".join(writer.measure_name(code) for code in each.measures)
                        or pgettext("report", "no measure of its own")
                    ),
                )
            )
            for each in writer.snapshot.objectives
        ),
    )
    rows: list[TableRow] = []
    notes = Notes()
    with_targets = any(each.promised for indicator in writer.snapshot.headlines for each in indicator.years)
    for indicator in writer.snapshot.headlines:
        shown = [
            each for each in indicator.years if each.amount.value is not None or each.promised is not None
        ]
        for position, figure in enumerate(shown):
            name = head(writer.text(indicator.name), small=wording.unit(indicator.unit), rows=len(shown))
            rows.append(
                TableRow(
                    cells=(
                        *((name,) if position == 0 else ()),
                        *year_cells(
                            writer, indicator, figure, notes, is_keyed=False, with_targets=with_targets
                        ),
                    )
                )
            )
    if rows:
        yield writer.table(
            "targets",
            pgettext("report", "Headline figures and targets")
            if with_targets
            else pgettext("report", "Headline figures"),
            (
                TableColumn(name=pgettext("report", "Figure")),
                *year_columns(with_targets=with_targets),
            ),
            rows,
            notes=notes,
        )
