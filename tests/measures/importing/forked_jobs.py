"""Jobs for ``run_guarded`` that show how it treats them."""

import os
import time


def echo(word: str) -> str:
    return word


def own_number() -> str:
    return str(os.getpid())


def wait() -> str:
    time.sleep(60)
    return "waited"


def wait_a_little() -> str:
    time.sleep(0.5)
    return "waited"
