"""Folders for reading and marking files: gone with the work, or a day after a worker was killed in it."""

import os
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

PREFIX = "alliance-portal-"
SECONDS_KEPT = 24 * 3600
"""Longer than any work may take."""


def working_folder() -> "TemporaryDirectory[str]":
    return TemporaryDirectory(prefix=PREFIX)


def remove_leftovers() -> int:
    """Remove the folders of workers that were killed, partners' figures included; returns how many."""
    oldest = time.time() - SECONDS_KEPT
    removed = 0
    for folder in Path(gettempdir()).glob(f"{PREFIX}*"):
        state = folder.lstat()
        if folder.is_symlink() or state.st_uid != os.getuid() or state.st_mtime > oldest:
            continue
        shutil.rmtree(folder, ignore_errors=True)
        removed += 1
    return removed
