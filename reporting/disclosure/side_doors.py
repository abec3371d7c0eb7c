"""Withheld values that show elsewhere than in a table.

In attainments, notes, flags and stated totals, in the market, the offers and the list of changes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reporting.disclosure.cells import CellKey
from reporting.disclosure.printed import Key, PrintedTables, amounts_of, protected_codes, whole_of
from reporting.disclosure.tied import with_tied
from reporting.frozen.codes import CHAMBERS, STILL_SEARCHING, SURVEY, UNPLACED, WITH_ALTERNATIVE
from reporting.frozen.contents import ChangeRow, Market
from reporting.frozen.formation import INPUTS, inputs_of
from reporting.frozen.schema import AmountState, SnapshotData


def reveals(snapshot: SnapshotData, public: Sequence[Mapping[Key, PrintedTables]] = ()) -> Iterator[Key]:
    """The indicators and years of which something is printed that follows from a withheld value.

    ``public``: the tables of the releases that everybody has read.
    """
    codes = protected_codes(snapshot)
    bare = list(_bare(snapshot))
    withheld = {key for key, cell in bare if cell == whole_of(snapshot.scope)}
    yield from (key for key in _marked(snapshot) if key[0] in codes)
    yield from (key for key, _cell in bare if key[0] not in codes)
    yield from _attained(snapshot, withheld)
    relations = snapshot.disclosure.relations if snapshot.disclosure else ()
    yield from _worded(snapshot, with_tied({key for key, _cell in bare}, relations or ()))
    yield from (key for key in _repeated(snapshot) if key in withheld)
    yield from _formed(snapshot)
    yield from _changed(snapshot, set(bare))
    yield from _recalled(snapshot, public)
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
    """What is set against a target, or noted as a share, although that or the whole is withheld."""
    names = {(each.name.de, each.name.en): each.code for each in snapshot.indicators}
    for indicator in snapshot.indicators:
        for figure in indicator.years:
            keys = {(indicator.code, figure.year)}
            if figure.ratio:
                name = (figure.ratio.denominator.de, figure.ratio.denominator.en)
                keys.add((names.get(name, ""), figure.year))
            if keys & withheld and (figure.attainment is not None or figure.notes or figure.remarks):
                yield indicator.code, figure.year


def _worded(snapshot: SnapshotData, withheld: set[Key]) -> Iterator[Key]:
    """Notes, and reasons for changes, of what is withheld in part, or tied to that.

    Organisations speak in their own words.
    """
    for indicator in snapshot.indicators:
        noted = {
            (indicator.code, figure.year) for figure in indicator.years if figure.notes or figure.remarks
        }
        yield from sorted(noted & withheld)
    for row, _cell in _change_rows(snapshot):
        if row.reasons and (row.indicator, row.year) in withheld:
            yield row.indicator, row.year


def _recalled(snapshot: SnapshotData, public: Sequence[Mapping[Key, PrintedTables]]) -> Iterator[Key]:
    """Changes of a number that no release has shown to everybody: it would be news, and part of no attack."""
    codes = protected_codes(snapshot)
    for row, cell in _change_rows(snapshot):
        key, before = (row.indicator, row.year), row.before.value
        if row.indicator not in codes or before is None:
            continue
        if not any(tables[key].values.get(cell) == before for tables in public if key in tables):
            yield key


def _repeated(snapshot: SnapshotData) -> Iterator[Key]:
    """The totals that are printed once more outside the tables."""
    if snapshot.market:
        for series in snapshot.market.series:
            for year, amount in zip(snapshot.market.years, series.amounts, strict=True):
                if amount.value is not None:
                    yield series.code, year
    for stage in snapshot.offers.stages if snapshot.offers else ():
        if stage.amount.value is not None:
            yield stage.code, snapshot.year


def _changed(snapshot: SnapshotData, bare: set[tuple[Key, CellKey]]) -> Iterator[Key]:
    """Cells that are withheld and printed among the changes."""
    for row, cell in _change_rows(snapshot):
        if row.now.value is not None and ((row.indicator, row.year), cell) in bare:
            yield row.indicator, row.year


def _formed(snapshot: SnapshotData) -> Iterator[Key]:
    """Sums and shares of the market that are printed, and formed of a number that is withheld."""
    if not snapshot.market:
        return
    whole = whole_of(snapshot.scope)
    states = {
        (indicator.code, year, cell): amount.state
        for indicator in snapshot.indicators
        if indicator.code in INPUTS
        for year, cell, amount in amounts_of(indicator, whole)
    }

    def is_taken(code: str, *others: str, year: int, cell: CellKey) -> bool:
        """Whether a sum is formed of this number; of a withheld one where the others cannot replace it."""
        state = states.get((code, year, cell))
        if state is AmountState.WITHHELD:
            return any(states.get((other, year, cell)) is not AmountState.VALUE for other in others)
        return state is AmountState.VALUE

    for quantity, year, cell in _quantities(snapshot.market, whole):
        is_of_survey = is_taken(SURVEY, CHAMBERS, year=year, cell=whole)
        found = inputs_of(
            quantity,
            contracts=SURVEY if is_of_survey else CHAMBERS,
            is_searching_stated=is_taken(STILL_SEARCHING, UNPLACED, WITH_ALTERNATIVE, year=year, cell=cell),
        )
        yield from ((code, year) for code in found if states.get((code, year, cell)) is AmountState.WITHHELD)


def _quantities(market: Market, whole: CellKey) -> Iterator[tuple[str, int, CellKey]]:
    """What is printed of the market: by code, year and cell."""
    for series in market.series:
        for year, amount in zip(market.years, series.amounts, strict=True):
            if amount.value is not None:
                yield series.code, year, whole
    for land in market.lands:
        for code, amount in zip(market.land_series, land.amounts, strict=True):
            if amount.value is not None:
                yield code, market.years[-1], replace(whole, region=land.code)


def _change_rows(snapshot: SnapshotData) -> Iterator[tuple[ChangeRow, CellKey]]:
    """Each with the cell that it is of."""
    whole = whole_of(snapshot.scope)
    for since in snapshot.changes:
        for row in since.rows:
            region, umbrella = row.region or whole.region, row.umbrella or whole.umbrella
            yield row, CellKey(region=region, group=row.group, umbrella=umbrella)
