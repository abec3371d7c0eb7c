"""What a zip archive says it holds, before anybody opens a part of it."""

import zipfile
from typing import BinaryIO


def parts_of(file: BinaryIO) -> list[zipfile.ZipInfo]:
    """The list of its parts; empty for what is no archive. The file is rewound."""
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    # A stranger's bytes: no archive, one of a version nobody reads, or damaged offsets, which a seek refuses
    # as ValueError in memory and as OSError in a file.
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return []
    finally:
        file.seek(0)
