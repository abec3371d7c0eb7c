"""``python -m bench aggregations FILE``: how well computed cells of annotated tables are recognised.

FILE: tables as published with AggreCol, one JSON object a line, packed with gzip. The tables of even number
are the half by which rules were decided, those of odd number the half that measures them.
"""

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from time import process_time

from bench.aggregations.derived_cells import Cell, Derived, find_derived

_THOUSANDS = {"Comma": ",", "Space": " ", "None": "", "Point": "."}
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)")
_OPERATORS = {"Sum": "sum, difference", "Division": "share, product", "Average": "mean"}
_HEAD = """## Computed cells

How well computed cells are recognised in foreign tables, annotated as those published with AggreCol
(`python -m bench aggregations FILE`; the tables are not part of the project). What counts was decided by
one half of the tables and is measured on the other. A product is annotated as the quotient that gives its
first factor; a computed cell that is not annotated counts as wrong.
"""
_HALVES = ("decided by", "held out", "all tables")


def number_in(text: object, number_format: str) -> Decimal | None:
    thousands, mark = number_format.split()
    bare = str(text).replace("\xa0", " ").replace("−", "-").strip()
    is_negative = bare.startswith("(") and bare.endswith(")")
    bare = bare.strip("()$€£% ")
    separator = re.escape(_THOUSANDS[thousands])
    if separator and re.fullmatch(rf"[-+]?\d{{1,3}}(?:{separator}\d{{3}})+(?:[.,]\d+)?", bare):
        bare = bare.replace(_THOUSANDS[thousands], "")
    if mark == "Comma":
        bare = bare.replace(",", ".")
    if not _NUMBER.fullmatch(bare):
        return None
    number = Decimal(bare).normalize()  # the tables pad numbers with zeros
    number = number.quantize(Decimal(1)) if number == number.to_integral_value() else number
    return -number if is_negative else number


def annotated_cell(derived: Derived) -> Cell:
    """Where the annotations state a computation: a product as the quotient that gives its first factor."""
    return min(derived.parts) if derived.operator == "product" else derived.cell


@dataclass
class Score:
    """How many cells are computed, and recognised, by the annotated operator."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    cells: int = 0
    seconds: float = 0.0
    stated: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def add(self, table: dict) -> None:
        matrix = [[number_in(cell, table["number_format"]) for cell in row] for row in table["table_array"]]
        stated: dict[Cell, set[str]] = defaultdict(set)
        for annotation in table["aggregation_annotations"]:
            row, column = annotation["aggregator_index"]
            stated[row, column].add(annotation["operator"])
        start = process_time()
        found = {annotated_cell(each) for each in find_derived(matrix, is_rounded=True)}
        self.seconds += process_time() - start
        self.cells += sum(map(len, matrix))
        self.right += len(stated.keys() & found)
        self.wrong += len(found - stated.keys())
        self.missed += len(stated.keys() - found)
        for cell, operators in stated.items():
            self.stated.update(operators)
            self.found.update(operators if cell in found else ())

    def __add__(self, other: "Score") -> "Score":
        return Score(
            right=self.right + other.right,
            wrong=self.wrong + other.wrong,
            missed=self.missed + other.missed,
            cells=self.cells + other.cells,
            seconds=self.seconds + other.seconds,
            stated=self.stated + other.stated,
            found=self.found + other.found,
        )

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)


def measure(path: Path) -> list[Score]:
    """The scores of either half and of all tables."""
    halves = Score(), Score()
    with gzip.open(path, "rt", encoding="utf-8") as tables:
        for number, line in enumerate(tables):
            table = json.loads(line)
            halves[number % 2].add(table)
    return [*halves, halves[0] + halves[1]]


def describe(scores: Iterable[Score]) -> list[str]:
    return list(_lines(list(scores)))


def _lines(scores: list[Score]) -> Iterator[str]:
    yield from _HEAD.splitlines()
    yield ""
    yield f"| | {' | '.join(_HALVES)} |"
    yield f"|---|{'---:|' * len(scores)}"
    yield _row("**precision**", [score.precision for score in scores])
    yield _row("**recall**", [score.recall for score in scores])
    for operator in scores[2].stated:
        name = _OPERATORS.get(operator, "relative change")
        shares = [score.found[operator] / max(score.stated[operator], 1) for score in scores]
        yield _row(f"recognised: {name}", shares)
    microseconds = 1_000_000 * scores[2].seconds / max(scores[2].cells, 1)
    yield ""
    yield f"{microseconds:.0f} µs a cell."


def _row(name: str, shares: list[float]) -> str:
    return f"| {name} | {' | '.join(f'{share:.3f}' for share in shares)} |"
