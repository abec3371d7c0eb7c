"""The public page of a released report on a release day: how many can read it in a second.

The page as it is kept is compared with the same page made anew for each reader, which a query in its address
brings about. The load comes from this process, on the same cores.
"""

import asyncio
import os
import subprocess
import sys
from dataclasses import dataclass

from alliance_portal.embedded.servers import PROJECT
from bench.serving.installation import stores
from bench.serving.load import CONNECTIONS, Answers, load
from bench.serving.servers import web_server

A_SECOND = 500
"""So many readers a second at least get the page, compressed as browsers ask for it."""
TIMES = 20
"""The kept page is answered at least so many times as often as one that is made anew."""


@dataclass(frozen=True)
class Measured:
    compressed: Answers
    plain: Answers
    anew: Answers
    others: float

    @property
    def times(self) -> float:
        return self.compressed.a_second / self.anew.a_second

    @property
    def misses(self) -> list[str]:
        found = []
        if self.compressed.a_second < A_SECOND:
            found.append(f"{A_SECOND} readers a second get the page")
        if self.times < TIMES:
            found.append(f"the kept page is answered at least {TIMES} times as often as one made anew")
        return found


def measure(*, measures: int, seconds: float) -> Measured:
    with stores() as (_folder, environment):
        made = subprocess.run(  # noqa: S603  # our own module
            [sys.executable, "-m", "bench.reports.released", str(measures)],
            cwd=PROJECT,
            env=os.environ | environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        page = made.stdout.strip().splitlines()[-1]
        with web_server(**environment | {"CALL_RATES": "strangers=1000000/m"}) as server:
            others = os.getloadavg()[0]

            def answered(address: str, header: str = "") -> Answers:
                asyncio.run(load(server.port, address, header, seconds=1))  # each process makes it once
                return asyncio.run(load(server.port, address, header, seconds=seconds))

            return Measured(
                compressed=answered(page, "Accept-Encoding: gzip\r\n"),
                plain=answered(page),
                anew=answered(f"{page}?anew"),
                others=others,
            )


def describe(measured: Measured) -> list[str]:
    kinds = (
        (f"**kept, compressed: {A_SECOND} are asked**", measured.compressed),
        ("kept, as it is", measured.plain),
        ("made anew", measured.anew),
    )
    return [
        f"## The public page of a report, {CONNECTIONS} readers at once",
        "",
        "| page | kB | answers a second |",
        "|---|---:|---:|",
        *(f"| {name} | {each.size / 1000:,.0f} | {each.a_second:,.0f} |" for name, each in kinds),
        "",
        f"A kept page is answered {measured.times:.0f} times as often; at least {TIMES} times is asked.",
        f"{os.cpu_count()} cores, shared with the readers; {measured.others:.1f} other processes at work.",
        *(f"\nNot reached: {miss}." for miss in measured.misses),
    ]
