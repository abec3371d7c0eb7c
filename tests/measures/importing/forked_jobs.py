"""Jobs for ``run_guarded`` that show how it treats them."""

import os
import time
from pathlib import Path


def echo(word: str) -> str:
    return word


def own_number() -> str:
    return str(os.getpid())


def wait() -> str:
    time.sleep(60)
    return "waited"


def wait_a_little(folder: Path) -> str:
    """Leave a file that shows that it has begun."""
    (folder / str(os.getpid())).touch()
    time.sleep(0.5)
    return "waited"
