"""What the page of a number says: what it is, where it comes from, and what it is formed of."""

from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from reporting.frozen.finding import FrozenNumber, find_number
from reporting.frozen.links import FigurePart, figure_link, with_scope
from reporting.frozen.schema import Amount, SnapshotData, Text
from reporting.renderers import wording
from reporting.selectors.public.texts import in_language_of_page


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFact:
    """A line about a number; each of its texts may be in a language of its own."""

    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPart:
    """Another number of the release; ``url`` is its page, empty where it has none."""

    name: str
    text: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRelation:
    """What the number is formed of, or what is formed of it; ``formula``: how."""

    label: str
    text: str = ""
    formula: str = ""
    parts: tuple[NumberPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPage:
    """``parts``: the Land, target group or umbrella that the number is of."""

    name: str
    text: str
    unit: str = ""
    parts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()  # whose each is, and its text
    definition: str = ""
    facts: tuple[NumberFact, ...] = ()
    relations: tuple[NumberRelation, ...] = ()


class Frozen:
    """The frozen data of a release while one of its numbers is described, in the active language."""

    def __init__(self, data: SnapshotData, sha256: str) -> None:
        self.data = data
        self._sha256 = sha256

    def address(self, code: str, year: int, *parts: FigurePart) -> str:
        """Of the number's page on this site, in the language of the page."""
        of = with_scope(self.data, parts)
        return figure_link("", get_language() or "de", self._sha256, code, year, *of)

    def find(self, code: str, year: int, *parts: FigurePart) -> FrozenNumber | None:
        return find_number(self.data, code, year, with_scope(self.data, parts))

    def part(self, code: str, year: int, *parts: FigurePart, name: str = "") -> NumberPart | None:
        """Another number as a line; ``name``: if it is to be called otherwise than it is."""
        found = self.find(code, year, *parts)
        if found is None:
            return None
        return NumberPart(
            name=name or in_language_of_page(found.name),
            text=in_its_form(found.form, found.amount),
            url=self.address(code, year, *parts),
        )

    @property
    def names_of_scope(self) -> tuple[str, ...]:
        return (in_language_of_page(self.data.scope.name),) if self.data.scope else ()

    @property
    def name_of_the_whole(self) -> str:
        if self.data.scope is None:
            return gettext("Alliance as a whole")
        return gettext("%(name)s as a whole") % {"name": in_language_of_page(self.data.scope.name)}

    @property
    def frozen_on(self) -> NumberFact:
        moment = wording.moment(self.data.taken_at)
        return NumberFact(
            label=gettext("Data status"), texts=(gettext("Frozen on %(day)s") % {"day": moment},)
        )


def fact(label: str, *texts: Text | str) -> tuple[NumberFact, ...]:
    """The line, or none where there is nothing to say."""
    shown = tuple(in_language_of_page(each) if isinstance(each, Text) else each for each in texts)
    found = tuple(each for each in shown if each)
    return (NumberFact(label=label, texts=found),) if found else ()


def in_its_form(form: str, amount: Amount) -> str:
    """As the report prints it: ratios with their decimal, shares in per cent."""
    if amount.value is None or form == "count":
        return wording.amount_without_qualities(amount)
    if form == "share":
        return wording.percent_with_decimal(amount.value / 100)
    return wording.one_decimal(amount.value)


def remarks(amount: Amount) -> tuple[str, ...]:
    """How a number came about and how reliable it is."""
    return tuple(text for text in (wording.basis(amount), *wording.qualities(amount.qualities)) if text)
