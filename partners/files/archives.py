"""What a zip archive says it holds, before anybody opens a part of it."""

import errno
import zipfile
from typing import BinaryIO


def parts_of(file: BinaryIO) -> list[zipfile.ZipInfo]:
    """The list of its parts; empty for what is no archive that can be read. The file is rewound.

    Raises ``OSError`` where the file itself cannot be read, which says nothing of what it holds.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        # Damaged, of a newer version of the format, or with offsets that lead to before its beginning.
        return []
    except OSError as error:
        if error.errno != errno.EINVAL:  # what a seek in a file says of it
            raise
        return []
    finally:
        file.seek(0)
