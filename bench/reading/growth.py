"""How reading grows with the cells of a file: time and memory, for files of many forms."""

import os
import platform
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import vl_convert
from django.utils import timezone

from bench import results
from bench.reading import shapes
from bench.reading.job import Cost
from bench.sizes import Sizes
from measures.importing.process.guard import run_guarded
from measures.selectors.imports.vocabulary import limits, vocabulary_from_database

AT_MOST_GROWTH = 1.5
"""Time for a cell of the largest file against the least time for one of a smaller file."""

CHART = results.PAGE.parent / "images" / "reading-cost.svg"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


@dataclass(frozen=True)
class Rung:
    cells: int
    cost: Cost

    @property
    def milliseconds(self) -> float:
        """For 1,000 cells."""
        return self.cost.seconds * 1_000_000 / self.cells

    @property
    def kib(self) -> float:
        """For each cell, beyond what the process has before."""
        return (self.cost.peak - self.cost.before) * 1024 / self.cells


@dataclass(frozen=True)
class Measured:
    sizes: Sizes
    rungs: dict[str, list[Rung]]

    @property
    def misses(self) -> list[str]:
        """The forms of which a cell costs more the more there are."""
        return [
            f"a cell of the largest file “{shape}” takes at most {AT_MOST_GROWTH} times the time"
            for shape, rungs in self.rungs.items()
            if growth(rungs) > AT_MOST_GROWTH
        ]


def growth(rungs: Sequence[Rung]) -> float:
    *smaller, largest = (rung.milliseconds for rung in rungs)
    return largest / min(smaller)


def cost_of(path: Path, folder: Path) -> Cost:
    """What reading a file costs in the guarded child; names are looked up in the catalogue, as in service."""
    allowed = limits()
    arguments = {
        "path": path,
        "folder": folder,
        "vocabulary": vocabulary_from_database(None),
        "limits": allowed,
    }
    return run_guarded("bench.reading.job:read_measured", arguments, allowed, Cost)


def measure(sizes: Sizes) -> Measured:
    rungs: dict[str, list[Rung]] = {}
    with tempfile.TemporaryDirectory() as name:
        for shape in shapes.SHAPES:
            for cells in sizes.rungs:
                path = Path(name) / f"{shape}-{cells}.xlsx"
                written = shapes.write(path, shape, cells)
                cost = cost_of(path, Path(name))
                if cost.status != "ready" or not cost.rows:
                    raise RuntimeError(f"{path.name}: {cost.status}, {cost.rows} figures")
                rungs.setdefault(shape, []).append(Rung(written, cost))
                path.unlink()
    return Measured(sizes, rungs)


def describe(measured: Measured) -> list[str]:
    sizes = [f"{cells:,}" for cells in measured.sizes.rungs]
    return [
        "## Reading, by the cells of a file",
        "",
        "Time of the processor in the reading child for 1,000 cells that hold something, in ms, for .xlsx",
        "files of many forms (`bench/reading/shapes.py`). The bar compares the largest file with the best of",
        "the smaller ones.",
        "",
        *_table(
            ("form", *sizes, "largest to smallest", f"growth, at most {AT_MOST_GROWTH}"),
            [
                (
                    shape,
                    *(f"{rung.milliseconds:.1f}" for rung in rungs),
                    f"{rungs[-1].milliseconds / rungs[0].milliseconds:.2f}",
                    f"**{growth(rungs):.2f}**",
                )
                for shape, rungs in measured.rungs.items()
            ],
        ),
        "",
        "Its peak memory in MiB, and KiB for each cell of the largest file beyond what the process has",
        "before.",
        "",
        *_table(
            ("form", *sizes, "KiB a cell"),
            [
                (shape, *(f"{rung.cost.peak:.0f}" for rung in rungs), f"{rungs[-1].kib:.2f}")
                for shape, rungs in measured.rungs.items()
            ],
        ),
        "",
        *(f"Not reached: {bar}." for bar in (measured.misses if measured.sizes.is_full else [])),
        f"{timezone.localdate():%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} cores.",
    ]


def describe_with_chart(measured: Measured) -> list[str]:
    """The same for the page, with the curves drawn beside it."""
    CHART.write_text(draw(measured))
    return [*describe(measured), "", f"![Milliseconds for 1,000 cells by cells](images/{CHART.name})"]


def draw(measured: Measured) -> str:
    """The curves as an SVG; both axes are logarithmic, and a level line is what grows with the cells."""
    values = [
        {"form": shape, "cells": rung.cells, "ms": round(rung.milliseconds, 3)}
        for shape, rungs in measured.rungs.items()
        for rung in rungs
    ]
    specification = {
        "$schema": _SCHEMA,
        "width": 520,
        "height": 260,
        "data": {"values": values},
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {"field": "cells", "type": "quantitative", "scale": {"type": "log"}, "title": "cells"},
            "y": {
                "field": "ms",
                "type": "quantitative",
                "scale": {"type": "log"},
                "title": "ms for 1,000 cells",
            },
            "color": {"field": "form", "type": "nominal", "sort": list(measured.rungs)},
            "strokeDash": {"field": "form", "type": "nominal", "sort": list(measured.rungs)},
        },
    }
    return vl_convert.vegalite_to_svg(specification)


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    line = "|".join(["---"] + ["---:"] * (len(heading) - 1))
    return [f"| {' | '.join(heading)} |", f"|{line}|", *(f"| {' | '.join(row)} |" for row in rows)]
