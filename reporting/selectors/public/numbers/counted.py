"""The pages of what a report counts beside its indicators: money, who reported, files, resolutions."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext, pgettext

from reporting.editions.types import REPORT_TYPES, Structure
from reporting.frozen.finding import find_line, find_money
from reporting.frozen.links import Counted, FigurePart, PartKind, scope_part
from reporting.frozen.schema import IndicatorData, Participation, SnapshotData, SourceData, YearFigure
from reporting.renderers import wording
from reporting.renderers.sections.method import control_verdicts
from reporting.renderers.sections.partners import who_counts
from reporting.renderers.sections.results import states_of_commitments
from reporting.renderers.sections.target_sentences import is_reached
from reporting.selectors.public.numbers.page import (
    Frozen,
    NumberPage,
    NumberPart,
    NumberRelation,
    fact,
    remarks,
)
from reporting.selectors.public.texts import in_language_of_page

_WITHIN: Mapping[Counted, set[PartKind]] = {
    Counted.MONEY: {PartKind.MEASURE, PartKind.SOURCE},
    Counted.PARTICIPATION: {PartKind.UMBRELLA},
    Counted.CONTROLS: {PartKind.LINE},
    Counted.FILES: {PartKind.LINE},
    Counted.HEADLINES: set(),
    Counted.RESOLUTIONS: set(),
}
"""The parts that each is counted of, beside the Land or umbrella that the whole report is about."""


def is_counted_of(data: SnapshotData, code: str, parts: Sequence[FigurePart]) -> bool:
    """Whether these data count it of these parts: else the number is one of another edition."""
    if code not in list(Counted):
        return False
    scope = scope_part(data)
    return {part[0] for part in parts if part != scope} <= _WITHIN[Counted(code)]


def counted_page(frozen: Frozen, code: str, year: int, parts: Sequence[FigurePart]) -> NumberPage | None:
    """Everything but money is counted for the report's year alone."""
    if not is_counted_of(frozen.data, code, parts):
        return None
    if code != Counted.MONEY and year != frozen.data.year:
        return None
    return _PAGES[Counted(code)](frozen, year, parts)


def _money(frozen: Frozen, year: int, parts: Sequence[FigurePart]) -> NumberPage | None:
    found = find_money(frozen.data, year, parts)
    if found is None:
        return None
    row, amount = found
    measure = next(each for each in frozen.data.measures if each.code == row.measure)
    text = wording.absence(amount.state) if amount.value is None else wording.quantity(amount.value, "EUR")
    return NumberPage(
        name=gettext("Money for a measure"),
        parts=(in_language_of_page(measure.name),),
        text=text,
        unit=wording.unit("EUR"),
        notes=remarks(amount),
        definition=gettext(
            "What was spent on the measure from one source of money. A source that is named without an "
            "amount is not 0."
        ),
        facts=(
            *fact(gettext("Source of money"), row.source),
            *fact(gettext("Source"), gettext("Catalogue of measures: the amounts entered with the measure")),
            *fact(gettext("Year"), str(year)),
            frozen.frozen_on,
            *fact(gettext("Measure"), measure.name),
            *fact(gettext("Lead"), *measure.leads),
            *fact(gettext("Contributing"), *measure.contributing),
        ),
    )


def _participation(frozen: Frozen, year: int, parts: Sequence[FigurePart]) -> NumberPage | None:
    groups = frozen.data.participation
    of_group = dict(parts).get(PartKind.UMBRELLA)
    shown = [each for each in groups if of_group in (None, each.code)]
    if not shown:
        return None
    approved, due = sum(each.approved for each in shown), sum(each.due for each in shown)
    missing = tuple(name for each in shown for name in each.missing)
    lines = tuple(_line_of_group(frozen, each, year) for each in shown) if of_group is None else ()
    return NumberPage(
        name=gettext("Organisations due and approved reports"),
        parts=tuple(in_language_of_page(each.name) for each in shown) if of_group else (),
        text=_of(approved, due),
        definition=who_counts(),
        facts=(
            *fact(pgettext("report", "Due"), wording.number(due)),
            *fact(pgettext("report", "Approved"), wording.number(approved)),
            *fact(pgettext("report", "Missing"), wording.number(due - approved)),
            *fact(pgettext("report", "Missing are"), ", ".join(missing)),
            *fact(gettext("Source"), gettext("The portal: the submissions of the reporting round")),
            *fact(gettext("Year"), str(year)),
            frozen.frozen_on,
        ),
        relations=(NumberRelation(label=gettext("Formed of"), parts=lines),) if lines else (),
    )


def _line_of_group(frozen: Frozen, group: Participation, year: int) -> NumberPart:
    return NumberPart(
        name=in_language_of_page(group.name),
        text=_of(group.approved, group.due),
        url=frozen.address(Counted.PARTICIPATION, year, (PartKind.UMBRELLA, group.code)),
    )


def _controls(frozen: Frozen, year: int, parts: Sequence[FigurePart]) -> NumberPage | None:
    line = find_line(frozen.data.control_totals, dict(parts).get(PartKind.LINE, ""))
    if line is None:
        return None
    figure = frozen.part(line.indicator, line.year)
    summed = wording.number(line.sum) if line.sum is not None else "–"
    return NumberPage(
        name=gettext("Total stated in a file"),
        text=wording.number(line.stated),
        definition=gettext(
            "A total that a file states of itself. It is compared with the sum of its parts in that file and "
            "never added to it."
        ),
        facts=(
            *fact(pgettext("report", "File"), line.file),
            *fact(gettext("Cell"), f"{line.sheet}, {line.cell}"),
            *fact(gettext("Sum of its parts"), summed),
            *fact(pgettext("report", "Result"), control_verdicts()[line.ok]),
            *fact(gettext("Year"), str(line.year)),
            frozen.frozen_on,
        ),
        relations=(NumberRelation(label=gettext("Part of"), parts=(figure,)),) if figure else (),
    )


def _files(frozen: Frozen, year: int, parts: Sequence[FigurePart]) -> NumberPage | None:
    """One file, or all of them."""
    sources = frozen.data.sources
    place = dict(parts).get(PartKind.LINE)
    if place is not None:
        line = find_line(sources, place)
        return _file(frozen, line) if line else None
    lines = tuple(
        NumberPart(
            name=_name_of(each),
            text=wording.number(each.figures),
            url=frozen.address(Counted.FILES, year, (PartKind.LINE, str(line))),
        )
        for line, each in enumerate(sources, start=1)
    )
    if not lines:
        return None
    return NumberPage(
        name=gettext("Files and what was recorded in the portal"),
        text=wording.number(sum(each.figures for each in sources)),
        unit=gettext("figures"),
        definition=_what_counts(),
        facts=(frozen.frozen_on,),
        relations=(NumberRelation(label=gettext("Formed of"), parts=lines),),
    )


def _file(frozen: Frozen, line: SourceData) -> NumberPage:
    return NumberPage(
        name=_name_of(line),
        text=wording.number(line.figures),
        unit=gettext("figures"),
        definition=_what_counts(),
        facts=(
            *fact(pgettext("report", "Organisation"), line.organisation),
            *fact(pgettext("report", "Sheets"), wording.number(line.sheets) if line.name else ""),
            *fact("SHA-256", line.sha256),
            frozen.frozen_on,
        ),
    )


def _what_counts() -> str:
    return gettext("How many of the figures that the report rests on came from there.")


def _name_of(source: SourceData) -> str:
    return source.name or gettext("Recorded in the portal")


def _headlines(frozen: Frozen, year: int, _parts: Sequence[FigurePart]) -> NumberPage | None:
    """A practice description says nowhere how many there are."""
    figures = [(each, each.years[-1]) for each in frozen.data.headlines]
    if not figures or REPORT_TYPES[frozen.data.report_type].structure is Structure.PRACTICE:
        return None
    return NumberPage(
        name=gettext("Headline figures and their targets"),
        parts=frozen.names_of_scope,
        text=_of(sum(figure.has_value for _each, figure in figures), len(figures)),
        definition=gettext(
            "How many of the headline figures can be stated for the year, and which of their targets were "
            "reached."
        ),
        facts=(*fact(gettext("Year"), str(year)), frozen.frozen_on),
        relations=(
            NumberRelation(
                label=gettext("Formed of"),
                parts=tuple(
                    NumberPart(
                        name=in_language_of_page(each.name),
                        text=_with_verdict(each, figure),
                        url=frozen.address(each.code, year),
                    )
                    for each, figure in figures
                ),
            ),
        ),
    )


def _with_verdict(indicator: IndicatorData, figure: YearFigure) -> str:
    text = wording.amount(figure.amount)
    if figure.promised is None or figure.is_ceiling:
        return text
    verdict = {
        True: gettext("target reached"),
        False: gettext("target not reached"),
        None: gettext("whether the target was reached cannot be stated yet"),
    }[is_reached(indicator, figure)]
    return f"{text} · {verdict}"


def _resolutions(frozen: Frozen, year: int, _parts: Sequence[FigurePart]) -> NumberPage | None:
    found = frozen.data.resolutions
    if not found:
        return None
    states = states_of_commitments()
    counts = Counter(each.state for each in found)
    meetings = len({(each.resolved_on, each.meeting) for each in found})
    return NumberPage(
        name=gettext("Resolutions and their states"),
        text=wording.number(len(found)),
        definition=gettext(
            "The resolutions of the partners in the report, each in the state that follows from its "
            "commitments."
        ),
        facts=(
            *(
                entry
                for state, name in states.items()
                if counts[state]
                for entry in fact(name, wording.number(counts[state]))
            ),
            *fact(gettext("Meetings"), wording.number(meetings)),
            *fact(gettext("Source"), gettext("The portal: resolutions and commitments of the partners")),
            *fact(gettext("Year"), str(year)),
            frozen.frozen_on,
        ),
        relations=(
            NumberRelation(
                label=gettext("Formed of"),
                parts=tuple(
                    NumberPart(name=in_language_of_page(each.title), text=states[each.state])
                    for each in found
                ),
            ),
        ),
    )


def _of(count: int, whole: int) -> str:
    return gettext("%(count)s of %(due)s") % {"count": wording.number(count), "due": wording.number(whole)}


_PAGES: Mapping[Counted, Callable[[Frozen, int, Sequence[FigurePart]], NumberPage | None]] = {
    Counted.MONEY: _money,
    Counted.PARTICIPATION: _participation,
    Counted.CONTROLS: _controls,
    Counted.FILES: _files,
    Counted.HEADLINES: _headlines,
    Counted.RESOLUTIONS: _resolutions,
}
