"""The overview under load: readers ask for it as fast as they get it, from two web processes.

The page as it is kept while nothing changes is compared with the same page made anew for each reader, which
something else in its address brings about. The load comes from this process, on the same cores.
"""

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import dataclass

from alliance_portal.embedded.servers import PROJECT
from bench.serving.installation import stores
from bench.serving.load import CONNECTIONS, Answers, load
from bench.serving.servers import web_server

A_SECOND = 200
P99 = 0.15
"""Seconds for all but one of a hundred answers."""


@dataclass(frozen=True)
class Measured:
    kept: Answers
    anew: Answers
    others: float

    @property
    def misses(self) -> list[str]:
        found = []
        if self.kept.a_second < A_SECOND:
            found.append(f"the overview is answered {A_SECOND} times a second")
        if self.kept.wait(99) > P99:
            found.append(f"99 of 100 answers within {P99 * 1000:.0f} ms")
        return found


def measure(*, types: int, seconds: float) -> Measured:
    with stores() as (_folder, environment):
        made = subprocess.run(  # noqa: S603  # our own module
            [sys.executable, "-m", "bench.serving.readers", str(types)],
            cwd=PROJECT,
            env=os.environ | environment,
            check=True,
            stdout=subprocess.PIPE,
        )
        world = json.loads(made.stdout)
        header = f"Cookie: sessionid={world['session']}\r\nAccept: text/html\r\n"
        with web_server(**environment | {"CALL_RATES": "people=1000000/m"}) as server:
            others = os.getloadavg()[0]

            def answered(address: str) -> Answers:
                asyncio.run(load(server.port, address, header, seconds=2))  # each process warms up
                return asyncio.run(load(server.port, address, header, seconds=seconds))

            return Measured(
                kept=answered(world["address"]), anew=answered(world["address"] + "&anew={}"), others=others
            )


def describe(measured: Measured) -> list[str]:
    kinds = ((f"**kept: {A_SECOND} a second are asked**", measured.kept), ("made anew", measured.anew))
    return [
        f"## The overview, {CONNECTIONS} readers at once",
        "",
        "| page | kB | answers a second | half of them within | 99 of 100 within |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {name} | {each.size / 1000:,.0f} | {each.a_second:,.0f} "
            f"| {each.wait(50) * 1000:.0f} ms | {each.wait(99) * 1000:.0f} ms |"
            for name, each in kinds
        ),
        "",
        f"{os.cpu_count()} cores, shared with the readers; {measured.others:.1f} other processes at work.",
        *(f"\nNot reached: {miss}." for miss in measured.misses),
    ]
