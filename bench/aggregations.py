"""``python -m bench.aggregations FILE``: how well computed cells of annotated tables are recognised.

FILE: tables as published with AggreCol, one JSON object a line, packed with gzip. ``--half 0`` or ``1``
takes every second table, so that what was decided by one half can be measured by the other.
"""

import argparse
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from bench.derived_cells import find_derived

_THOUSANDS = {"Comma": ",", "Space": " ", "None": "", "Point": "."}
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)")


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
    number = number if number.as_tuple().exponent <= 0 else number.quantize(Decimal(1))
    return -number if is_negative else number


class Score:
    def __init__(self) -> None:
        self.right = self.wrong = self.missed = 0
        self.stated: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.claimed: Counter[str] = Counter()
        self.correct: Counter[str] = Counter()

    def add(self, table: dict) -> None:
        matrix = [[number_in(cell, table["number_format"]) for cell in row] for row in table["table_array"]]
        stated: dict[tuple[int, int], set[str]] = defaultdict(set)
        for annotation in table["aggregation_annotations"]:
            stated[tuple(annotation["aggregator_index"])].add(annotation["operator"])
        derived = {each.cell: each.operator for each in find_derived(matrix, is_rounded=True).cells}
        self.right += len(stated.keys() & derived.keys())
        self.wrong += len(derived.keys() - stated.keys())
        self.missed += len(stated.keys() - derived.keys())
        for cell, operators in stated.items():
            self.stated.update(operators)
            self.found.update(operators if cell in derived else ())
        for cell, operator in derived.items():
            self.claimed[operator] += 1
            self.correct[operator] += cell in stated

    def lines(self) -> Iterator[str]:
        yield f"precision {self.right / max(self.right + self.wrong, 1):.3f}"
        yield f"recall    {self.right / max(self.right + self.missed, 1):.3f}"
        for operator, count in self.stated.most_common():
            yield f"  stated {operator:15} {count:6} recognised {self.found[operator] / count:.3f}"
        for operator, count in self.claimed.most_common():
            yield f"  found  {operator:15} {count:6} stated     {self.correct[operator] / count:.3f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--half", type=int, choices=(0, 1))
    given = parser.parse_args()
    score = Score()
    with gzip.open(given.file, "rt", encoding="utf-8") as tables:
        for line in tables if given.half is None else islice(tables, given.half, None, 2):
            score.add(json.loads(line))
    print("\n".join(score.lines()))  # noqa: T201  # this is a program
    return 0


if __name__ == "__main__":
    sys.exit(main())
