"""The documents of a report: how long they take, and how much memory, beside another way to make the PDF."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from bench.sizes import Sizes

PAGES, SECONDS = 40, 5
"""An annual report in one language: so many pages at least, all its documents in less than this."""

ALL_SECONDS = 60
"""All editions of a year are made by two workers in less than this."""

TIMES = 5
"""WeasyPrint takes at least so many times as long for the same report."""


@dataclass(frozen=True)
class Cost:
    """Each step with its seconds and what it made: pages of a PDF, bytes of anything else. Peak in MiB.

    ``processor``: the seconds at work, which others on the machine do not make more.
    """

    steps: tuple[tuple[str, float, int], ...]
    peak: float
    processor: float = 0

    @property
    def seconds(self) -> float:
        return sum(seconds for _, seconds, _ in self.steps)


@dataclass(frozen=True)
class Measured:
    sizes: Sizes
    report: Cost
    typst: Cost
    weasyprint: Cost
    annex: Cost
    editions: Mapping[int, Cost]
    others: float = 0
    """So many processes of others were at work before it."""

    @property
    def pages(self) -> int:
        return next(made for name, _, made in self.report.steps if name == "PDF")

    @property
    def times_as_long(self) -> float:
        return self.weasyprint.seconds / self.typst.seconds

    @property
    def misses(self) -> list[str]:
        found = []
        if self.pages < PAGES:
            found.append(f"the report measured has at least {PAGES} pages")
        if self.report.seconds >= SECONDS:
            found.append(f"PDF, XLSX and HTML of a report take less than {SECONDS} s")
        if self.times_as_long < TIMES:
            found.append(f"WeasyPrint takes at least {TIMES} times as long")
        if self.editions[2].seconds >= ALL_SECONDS:
            found.append(f"two workers make all editions of a year in less than {ALL_SECONDS} s")
        return found


def measure(sizes: Sizes) -> Measured:
    return Measured(
        others=os.getloadavg()[0],
        sizes=sizes,
        report=cost_of("report", sizes.measures),
        typst=cost_of("typst", sizes.measures),
        weasyprint=cost_of("weasyprint", sizes.measures),
        annex=cost_of("annex", sizes.annex_rows),
        editions={
            workers: cost_of("editions", sizes.measures, sizes.lands, workers) for workers in sizes.workers
        },
    )


def cost_of(work: str, *sizes: int) -> Cost:
    """What the work costs in a process that begins with it."""
    made = subprocess.run(  # noqa: S603  # our own module
        [sys.executable, "-m", "bench.reports.job", work, *map(str, sizes)],
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        check=True,
    )
    found = json.loads(made.stdout.splitlines()[-1])
    steps = tuple((name, seconds, made) for name, seconds, made in found["steps"])
    return Cost(steps, found["peak"], found["processor"])


def describe(measured: Measured) -> list[str]:
    report, typst, weasyprint, annex = (
        measured.report,
        measured.typst,
        measured.weasyprint,
        measured.annex,
    )
    one = measured.editions[1].seconds
    longer = f"{measured.times_as_long:.1f} times"
    memory = f"{weasyprint.peak / typst.peak:.1f} times"
    rows = f"{measured.sizes.annex_rows:,}"
    machine = f"{timezone.localdate():%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} cores"
    return [
        "## Reports",
        "",
        f"A report of {measured.pages} pages in one language, from frozen data, in a process that has made",
        "none before; then its PDF alone, and the same report as a PDF that WeasyPrint lays out from the",
        f"page (PDF/UA-1), each in a process of its own; and the sheet of a workbook with {rows} figures.",
        "",
        "| work | time | processor | peak memory | bar |",
        "|---|---:|---:|---:|---|",
        *(f"| {name} | {seconds:.2f} s | | | |" for name, seconds, _ in report.steps),
        f"| **all three** | **{report.seconds:.2f} s** | {cost_in_words(report)} | under {SECONDS} s |",
        f"| PDF by Typst | {typst.seconds:.2f} s | {cost_in_words(typst)} | |",
        f"| PDF by WeasyPrint | {weasyprint.seconds:.2f} s | {cost_in_words(weasyprint)} | |",
        f"| **WeasyPrint to Typst** | **{longer}** | | {memory} | {TIMES} times the time |",
        f"| XLSX of {rows} rows | {annex.seconds:.1f} s | {cost_in_words(annex)} | |",
        "",
        f"Every edition of a year from one snapshot: the Alliance, {measured.sizes.lands} Länder, three",
        "umbrellas, each as page, PDF and workbook in two languages, and its figures as CSV; by processes",
        "that begin with it.",
        "",
        "| workers | documents | time | processor | one worker's time | bar |",
        "|---:|---:|---:|---:|---:|---|",
        *(
            f"| {workers} | {cost.steps[0][2]} | {cost.seconds:.1f} s | {cost.processor:.1f} s "
            f"| {one / cost.seconds:.2f} times | " + (f"under {ALL_SECONDS} s |" if workers == 2 else "|")  # noqa: PLR2004  # of the machine's cores
            for workers, cost in measured.editions.items()
        ),
        "",
        *(f"Not reached: {bar}." for bar in (measured.misses if measured.sizes.is_full else [])),
        "The processor's time includes the start of the processes; others at work lengthen the time alone.",
        f"{machine}, {measured.others:.1f} other processes at work before it.",
    ]


def cost_in_words(cost: Cost) -> str:
    return f"{cost.processor:.2f} s | {cost.peak:.0f} MiB"
