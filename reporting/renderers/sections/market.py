"""The training market, and the three offers after 30 September."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext, pgettext

from reporting.charts.funnel import Stage, funnel
from reporting.charts.laender_map import LandMark, laender_map
from reporting.charts.layout import PRINTED
from reporting.charts.series import Break, Point, SeriesLine, series
from reporting.frozen import codes
from reporting.frozen.contents import Market, MarketSeries, OfferStage
from reporting.frozen.links import PartKind
from reporting.frozen.values import Amount, AmountState
from reporting.renderers import wording
from reporting.renderers.blocks import (
    Block,
    DocumentSection,
    ListBlock,
    ParagraphBlock,
    TableCell,
    TableColumn,
    TableRow,
)
from reporting.renderers.linked_text import paragraph
from reporting.renderers.sections import sentences
from reporting.renderers.writer import Notes, Writer, head, plain_cell, share_cell

_EVEN = Decimal(100)
_LINES = (codes.ANR, codes.EANR)
_OF_THE_MAP = codes.EANR
_SHARE_OF = codes.INVITED
_WITHOUT_SHARE = (codes.UNPLACED, codes.REGISTERED, codes.INVITED)


def training_market(writer: Writer) -> DocumentSection | None:
    market = writer.snapshot.market
    if market is None or not any(
        amount.value is not None for each in market.series for amount in each.amounts
    ):
        return None
    return DocumentSection(
        anchor="report-market",
        heading=pgettext("report", "The training market"),
        blocks=tuple(_market(writer, market)),
    )


def _market(writer: Writer, market: Market) -> Iterator[Block]:
    text = " ".join(sentences.market_sentences(writer))
    if text:
        yield paragraph(text)
    yield from writer.narratives("market")
    lines = [
        SeriesLine(
            name=writer.text(each.name),
            points=tuple(
                Point(year=year, value=amount.value, text=_shown(each, amount))
                for year, amount in zip(market.years, each.amounts, strict=True)
            ),
        )
        for each in market.series
        if each.code in _LINES and any(amount.value is not None for amount in each.amounts)
    ]
    if lines and len(market.years) > 1:
        yield writer.picture(
            "market",
            series(
                "market",
                gettext("Places for every 100 people who want one"),
                lines,
                breaks=[Break(year=each.year, text=writer.text(each.reason)) for each in market.breaks],
                reference=_EVEN,
            ),
        )
    notes = Notes()
    yield writer.table(
        "market",
        gettext("Supply, demand and what is formed of them, %(first)s to %(last)s")
        % {"first": market.years[0], "last": market.years[-1]},
        (
            TableColumn(name=pgettext("report", "Quantity")),
            *(TableColumn(name=str(year), look="number") for year in market.years),
        ),
        [
            TableRow(
                cells=(
                    head(writer.text(each.name), small=unit_of(each)),
                    *(
                        writer.number(
                            amount,
                            notes,
                            _shown(each, amount),
                            in_per_cent=each.form == "share",
                            url=writer.address(each.code, year),
                        )
                        for year, amount in zip(market.years, each.amounts, strict=True)
                    ),
                )
            )
            for each in market.series
            if any(map(_is_shown, each.amounts))
        ],
        notes=notes,
        source=gettext("New contracts of %(year)s: %(source)s.")
        % {"year": writer.year, "source": writer.text(market.contracts)},
    )
    yield from _map(writer, market)
    yield writer.heading("market-terms", gettext("How these quantities are formed"))
    yield ListBlock(
        items=tuple(
            f"{writer.text(each.name)}: {writer.text(each.definition)} ({writer.text(each.source)})"
            for each in market.series
            if each.code not in writer.indicators
            and writer.text(each.definition)
            and any(map(_is_shown, each.amounts))
        )
    )


def _is_shown(amount: Amount) -> bool:
    """Whether there is a number, or a reason why none is formed of the numbers there are."""
    return amount.value is not None or amount.state is AmountState.NOT_COMPARABLE


def _map(writer: Writer, market: Market) -> Iterator[Block]:
    """The Länder by their ratio; the numbers beside it stand in the annex."""
    if _OF_THE_MAP not in market.land_series:
        return
    place = market.land_series.index(_OF_THE_MAP)
    series_of = next(each for each in market.series if each.code == _OF_THE_MAP)
    marks = [
        LandMark(
            code=land.code,
            name=writer.text(land.name),
            value=land.amounts[place].value,
            text=_shown(series_of, land.amounts[place]),
            is_complete=land.amounts[place].is_complete,
            remark=wording.with_examples(land.amounts[place].qualities),
        )
        for land in market.lands
    ]
    if any(mark.value is not None for mark in marks):
        title = gettext("%(name)s by Land, %(year)s") % {
            "name": writer.text(series_of.name),
            "year": writer.year,
        }
        yield writer.picture(
            "market-map",
            laender_map("market_map", title, marks, even=_EVEN),
            is_tall=True,
        )


def _shown(of_series: MarketSeries, amount: Amount) -> str:
    if amount.value is None:
        return wording.absence(amount.state)
    if of_series.form == "count":
        return wording.number(amount.value)
    if of_series.form == "share":
        return wording.percent_with_decimal(amount.value / 100)
    return wording.one_decimal(amount.value)


def unit_of(of_series: MarketSeries) -> str:
    return {
        "ratio": gettext("places for every 100 people"),
        "index": gettext("product of both shares, 0 to 10,000"),
    }.get(of_series.form, "")


def land_ratios(writer: Writer) -> Iterator[Block]:
    """The table of the annex beside the map."""
    market = writer.snapshot.market
    if market is None or not any(_is_shown(amount) for land in market.lands for amount in land.amounts):
        return
    notes = Notes()
    columns = [next(each for each in market.series if each.code == code) for code in market.land_series]
    yield writer.table(
        "market-lands",
        gettext("Ratios of the training market by Land, %(year)s") % {"year": writer.year},
        (
            TableColumn(name=pgettext("report", "Land")),
            *(TableColumn(name=writer.text(each.name), look="number") for each in columns),
        ),
        [
            TableRow(
                cells=(
                    head(writer.text(land.name)),
                    *(
                        writer.number(
                            amount,
                            notes,
                            _shown(each, amount),
                            in_per_cent=each.form == "share",
                            url=writer.address(each.code, writer.year, (PartKind.REGION, land.code)),
                        )
                        for each, amount in zip(columns, land.amounts, strict=True)
                    ),
                )
            )
            for land in market.lands
        ],
        notes=notes,
    )


def three_offers(writer: Writer) -> DocumentSection | None:
    offers = writer.snapshot.offers
    if offers is None or not any(stage.amount.value is not None for stage in offers.stages):
        return None
    return DocumentSection(
        anchor="report-offers",
        heading=pgettext("report", "Three offers after 30 September"),
        blocks=tuple(_offers(writer, offers.stages)),
    )


def _offers(writer: Writer, stages: tuple[OfferStage, ...]) -> Iterator[Block]:
    yield ParagraphBlock(
        text=gettext(
            "Everybody who is without a place on 30 September gets three offers: so the partners promised."
        )
        + " "
        + sentences.offers_sentence(writer)
    )
    yield from writer.narratives("offers")
    invited = next((each.amount for each in stages if each.code == _SHARE_OF), None)
    yield writer.picture(
        "offers",
        funnel(
            "three_offers",
            gettext("From 30 September to a placement"),
            [
                Stage(
                    name=writer.text(each.name),
                    value=each.amount.value,
                    text=wording.amount(each.amount),
                    share=_share_in_words(each, invited),
                    is_part=each.is_part,
                )
                for each in stages
            ],
            wide=PRINTED,
        ),
    )
    notes = Notes()
    yield writer.table(
        "offers",
        gettext("The way from 30 September to a placement, %(year)s") % {"year": writer.year},
        (
            TableColumn(name=pgettext("report", "Stage")),
            TableColumn(name=pgettext("report", "Persons"), look="number"),
            TableColumn(name=gettext("of those invited"), look="number"),
            TableColumn(name=pgettext("report", "Reported by"), look="number"),
        ),
        [
            TableRow(
                cells=(
                    head(writer.text(each.name)),
                    writer.amount(
                        each.amount,
                        notes,
                        writer.remarks(each.amount, is_counted=True),
                        indicator=each.code,
                        year=writer.year,
                        is_keyed=False,
                    ),
                    _share_of_stage(each, invited, notes, url),
                    plain_cell(wording.count(each.amount), url=url),
                )
            )
            for each in stages
            for url in [writer.address(each.code, writer.year)]
        ],
        notes=notes,
    )


def _share_of_stage(stage: OfferStage, invited: Amount | None, notes: Notes, url: str) -> TableCell:
    share, reason = of_invited(stage, invited)
    return share_cell(share, url, marks=notes.marks([reason]))


def _share_in_words(stage: OfferStage, invited: Amount | None) -> str:
    share, _reason = of_invited(stage, invited)
    if share is None:
        return ""
    return gettext("%(percent)s of those invited") % {"percent": wording.percent(share)}


def of_invited(stage: OfferStage, invited: Amount | None) -> tuple[Decimal | None, str]:
    """The share, or none with its reason, where there are numbers that may not be set against each other."""
    value = stage.amount.value
    if stage.code in _WITHOUT_SHARE or value is None or invited is None or not invited.value:
        return None, ""
    if not stage.amount.is_comparable_with(invited):
        return None, wording.not_comparable()
    return value / invited.value, ""
