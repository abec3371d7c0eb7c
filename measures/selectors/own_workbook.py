"""The portal's own workbook for a submission: what is asked, what was stated last year and so far."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext, override

from measures.checks import Key
from measures.enums import TOTAL, UNASSIGNED, Absence, Quality, Severity
from measures.figure_rules import CONTENT
from measures.importing.problems import PROBLEMS
from measures.models import Figure, Item, Occupation, Submission
from measures.renderers.own_workbook import (
    Content,
    Name,
    RequestedIndicator,
    Rule,
    StatedValue,
    WorkbookRow,
    render_own_workbook,
)
from measures.renderers.own_workbook_keys import SHEETS
from measures.selectors.checks.definitions import definitions_of_year
from measures.selectors.plausibility import load_last_year, load_names
from measures.typed_values import Entry
from partners.models import Region

ROOM = 10
"""Empty rows for occupations below each indicator that is asked for by occupation."""

USUAL_DIGITS = 2
MOST_OCCUPATION_ROWS = 10_000

Place = tuple[str, str, str]
"""Region, target group and occupation."""


@dataclass(frozen=True)
class OwnWorkbook:
    name: str
    content: bytes


def own_workbook_of(submission: Submission, *, language: str) -> OwnWorkbook:
    """The workbook of a submission, its round and organisation loaded, in a constant number of queries."""
    with override(language):
        content = _Collector(submission, language).content()
    report = SHEETS[language]["report"]
    name = f"{report}_{submission.round.year}_{submission.organisation.code}.xlsx"
    return OwnWorkbook(name, render_own_workbook(content))


def holding_rules() -> list[Rule]:
    """What keeps a value of a spreadsheet from being taken over, from the reader's own list of problems."""
    return [
        Rule(str(Severity(known.severity).label), gettext(known.message).format_map(_Quoted()))
        for known in PROBLEMS.values()
        if known.holds
    ]


class _Quoted(dict[str, str]):
    """Stands in for the parameters of a message that is quoted as a rule."""

    def __missing__(self, key: str) -> str:
        return "…"


class _Collector:
    def __init__(self, submission: Submission, language: str) -> None:
        self.submission = submission
        self.language = language
        self.organisation = submission.organisation
        self.year = submission.round.year
        self.items: list[Item] = list(
            Item.objects.filter(submission=submission)
            .with_asked_breakdown()
            .select_related("indicator", "submission__round")
            .order_by("indicator__position", "indicator__code")
        )
        self.names = load_names()
        self.totals_before = load_last_year(self.items)
        self.stated: dict[tuple[int, int], dict[Place, StatedValue]] = defaultdict(dict)
        self.found: dict[tuple[int, str, str], set[str]] = defaultdict(set)
        self._load_stated(self._figures().filter(item__submission=submission, occupation=TOTAL))
        by_occupation = self._figures().exclude(occupation=TOTAL)
        self.leaves_out = by_occupation[MOST_OCCUPATION_ROWS:].exists()
        if not self.leaves_out:
            self._load_stated(by_occupation)
        self.digits = {item.indicator_id: self._digits(item) for item in self.items}
        self.occupations = self._load_occupations()

    def _figures(self) -> QuerySet[Figure]:
        """What the organisation stated on these indicators, this year and last."""
        figures: QuerySet[Figure] = Figure.objects.filter(
            item__submission__organisation=self.organisation,
            item__submission__round__year__in=[self.year - 1, self.year],
            item__indicator__in=[item.indicator_id for item in self.items],
        )
        return figures

    def _load_stated(self, figures: QuerySet[Figure]) -> None:
        rows = figures.values_list(
            "item__submission__round__year",
            "item__indicator",
            "region",
            "target_group",
            "occupation",
            *CONTENT,
        )
        for year, indicator_id, region, group, occupation, *content in rows:
            stated = dict(zip(CONTENT, content, strict=True))
            stated["absence"] = stated["absence"] or ""
            stated["quality"] = "" if stated["quality"] == Quality.FINAL else stated["quality"]
            self.stated[year, indicator_id][region, group, occupation] = StatedValue(**stated)
            self.found[indicator_id, region, group].add(occupation)

    def _digits(self, item: Item) -> int:
        """The level of occupations the indicator is recorded at: as stored, else as last year."""
        if not item.is_by_occupation:
            return 0
        last_year = (code for _, _, code in self.stated[self.year - 1, item.indicator_id] if code.isdigit())
        return item.occupation_level or len(next(last_year, "")) or USUAL_DIGITS

    def _load_occupations(self) -> dict[int, dict[str, Name]]:
        """The list of each level asked for, in the order of the codes, with what belongs to none."""
        levels = {digits for digits in self.digits.values() if digits}
        found = Occupation.objects.filter(Q(level__in=levels) | Q(code=UNASSIGNED)).order_by("code")
        every = [(occupation.level, Name(occupation.code, occupation.label)) for occupation in found]
        return {
            digits: {name.code: name for level, name in every if level in (0, digits)}
            for digits in sorted(levels)
        }

    def content(self) -> Content:
        asked = {item.pk: self._asked(item) for item in self.items}
        return Content(
            year=self.year,
            organisation=Name(self.organisation.code, self.organisation.name),
            language=self.language,
            opens_on=self.submission.round.opens_on,
            closes_on=self.submission.closes_on,
            lines=[line for item in self.items for line in self._lines(item, asked[item.pk])],
            indicators=list(asked.values()),
            target_groups=_as_names(self.names.groups),
            regions=[name for name in _as_names(self.names.regions) if name.code != Region.COUNTRY],
            occupations={digits: list(names.values()) for digits, names in self.occupations.items()},
            absences={absence.value: str(absence.label) for absence in Absence},
            checks=[
                Rule(str(check.severity.label), check.text)
                for check in definitions_of_year(self.year, [item.indicator.code for item in self.items])
            ],
            holding=holding_rules(),
            leaves_out=self.leaves_out,
        )

    def _asked(self, item: Item) -> RequestedIndicator:
        indicator = item.indicator
        return RequestedIndicator(
            code=indicator.code,
            name=indicator.name,
            unit=str(indicator.get_unit_display()),
            decimals=indicator.decimals,
            may_be_negative=indicator.may_be_negative,
            occupation_digits=self.digits[indicator.pk],
            target_groups=tuple(code for code in self.names.groups if code in item.target_groups),
            period=str(indicator.get_period_display()),
            definition=indicator.definition,
            source=indicator.source,
        )

    def _lines(self, item: Item, asked: RequestedIndicator) -> Iterator[WorkbookRow]:
        regions = self._regions(item)
        groups = [name for name in _as_names(self.names.groups) if name.code in {TOTAL, *asked.target_groups}]
        last_year = self.totals_before.get(item.pk, {})
        for region in regions:
            for group in groups:
                yield WorkbookRow(
                    indicator=asked,
                    region=region,
                    target_group=group,
                    occupation=Name(TOTAL, gettext("All occupations")),
                    last_year=_of_entry(last_year.get(Key(region.code, group.code))),
                    now=self._now(item).get((region.code, group.code, TOTAL), StatedValue()),
                )
                yield from self._occupation_lines(item, asked, region, group)
        if asked.occupation_digits:
            for _ in range(ROOM):
                yield WorkbookRow(indicator=asked, region=regions[0], target_group=groups[0], occupation=None)

    def _regions(self, item: Item) -> list[Name]:
        """The organisation's own region, or every Land where it states the indicator Land by Land."""
        own = self.organisation.region
        if own.level == item.region_level:
            return [Name(own.code, own.name)]
        return [name for name in _as_names(self.names.regions) if name.code != Region.COUNTRY]

    def _now(self, item: Item) -> Mapping[Place, StatedValue]:
        return self.stated[self.year, item.indicator_id]

    def _occupation_lines(
        self, item: Item, asked: RequestedIndicator, region: Name, group: Name
    ) -> Iterator[WorkbookRow]:
        """A row for each occupation stated on this year or last."""
        now, before = self._now(item), self.stated[self.year - 1, item.indicator_id]
        names = self.occupations.get(asked.occupation_digits, {})
        for code in sorted(self.found[item.indicator_id, region.code, group.code] - {TOTAL}):
            place = (region.code, group.code, code)
            if code in names:
                yield WorkbookRow(
                    indicator=asked,
                    region=region,
                    target_group=group,
                    occupation=names[code],
                    last_year=before.get(place, StatedValue()),
                    now=now.get(place, StatedValue()),
                )


def _of_entry(entry: Entry | None) -> StatedValue:
    return StatedValue(entry.value, entry.absence or "") if entry else StatedValue()


def _as_names(names: Mapping[str, str]) -> list[Name]:
    return [Name(code, label) for code, label in names.items()]
