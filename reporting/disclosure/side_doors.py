"""Withheld values that show elsewhere than in a table.

In attainments, notes, flags and stated totals, in the market, the offers and the list of changes.
"""

from collections.abc import Iterator

from reporting.disclosure.cells import CellKey
from reporting.disclosure.printed import Key, amounts_of, protected_codes, whole_of
from reporting.frozen.schema import AmountState, SnapshotData, YearFigure


def reveals(snapshot: SnapshotData) -> Iterator[Key]:
    """The indicators and years of which something is printed that follows from a withheld value."""
    codes = protected_codes(snapshot)
    withheld = {key for key, cell in _bare(snapshot) if cell == whole_of(snapshot.scope)}
    yield from (key for key in _marked(snapshot) if key[0] in codes)
    yield from (key for key, _cell in _bare(snapshot) if key[0] not in codes)
    yield from _attained(snapshot, withheld)
    yield from (key for key in _repeated(snapshot) if key in withheld)
    yield from (
        (total.indicator, total.year) for total in snapshot.control_totals if total.indicator in codes
    )


def _bare(snapshot: SnapshotData) -> Iterator[tuple[Key, CellKey]]:
    """Every withheld amount."""
    for indicator in snapshot.indicators:
        for year, cell, amount in amounts_of(indicator, whole_of(snapshot.scope)):
            if amount.state is AmountState.WITHHELD:
                yield (indicator.code, year), cell


def _marked(snapshot: SnapshotData) -> Iterator[Key]:
    """Withheld amounts that say more than who reported."""
    for indicator in snapshot.indicators:
        for year, _cell, amount in amounts_of(indicator, whole_of(snapshot.scope)):
            has_marks = amount.qualities or amount.absences or amount.basis
            if amount.state is AmountState.WITHHELD and has_marks:
                yield indicator.code, year


def _attained(snapshot: SnapshotData, withheld: set[Key]) -> Iterator[Key]:
    """What is set against a target, or noted, although it or what it is a share of is withheld."""
    names = {(each.name.de, each.name.en): each.code for each in snapshot.indicators}
    for indicator in snapshot.indicators:
        for figure in indicator.years:
            keys = {(indicator.code, figure.year)}
            if figure.ratio:
                name = (figure.ratio.denominator.de, figure.ratio.denominator.en)
                keys.add((names.get(name, ""), figure.year))
            if keys & withheld and _follows_from_it(figure):
                yield indicator.code, figure.year


def _follows_from_it(figure: YearFigure) -> bool:
    """A note is in the organisations' own words, or has the share in it."""
    return figure.attainment is not None or bool(figure.notes)


def _repeated(snapshot: SnapshotData) -> Iterator[Key]:
    """The totals that are printed once more outside the tables, and changes with reasons in words."""
    if snapshot.market:
        for series in snapshot.market.series:
            for year, amount in zip(snapshot.market.years, series.amounts, strict=True):
                if amount.value is not None:
                    yield series.code, year
    for stage in snapshot.offers.stages if snapshot.offers else ():
        if stage.amount.value is not None:
            yield stage.code, snapshot.year
    for row in snapshot.changes.rows if snapshot.changes else ():
        if row.now.value is not None or row.reasons:
            yield row.indicator, row.year
