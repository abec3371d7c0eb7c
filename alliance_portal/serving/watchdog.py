"""A process that hangs ends itself; the web server starts another in its place, and the others go on."""

import asyncio
import faulthandler
import logging
import os
import time

from alliance_portal.serving.limits import WebLimits

logger = logging.getLogger(__name__)

PAUSE = 1.0
EXIT_STATUS = 70  # EX_SOFTWARE


class Watchdog:
    """Watches the event loop by ``faulthandler``, and the threads by the clock."""

    def __init__(self, limits: WebLimits, started: dict[object, float]) -> None:
        self.limits = limits
        self.started = started

    async def watch(self) -> None:
        while True:
            # Should this loop stand still, the process writes what each thread does, and ends.
            faulthandler.dump_traceback_later(self.limits.stuck_seconds, exit=True)
            if self.is_stuck():
                logger.critical("All threads have been at work for %s s: ending", self.limits.stuck_seconds)
                faulthandler.dump_traceback(all_threads=True)
                os._exit(EXIT_STATUS)
            await asyncio.sleep(PAUSE)

    def is_stuck(self) -> bool:
        """Whether every thread has been at work on one request for too long."""
        if len(self.started) < self.limits.threads:
            return False
        return time.monotonic() - max(self.started.values()) > self.limits.stuck_seconds

    def stop(self) -> None:
        faulthandler.cancel_dump_traceback_later()
