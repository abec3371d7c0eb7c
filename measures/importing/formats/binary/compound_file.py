"""The Compound File (OLE): around an .xls, an encrypted workbook, or a document of older office programs."""

from __future__ import annotations

import struct
from io import BytesIO

import olefile

from measures.importing.refusals import Refusal

_NOT_AS_ITS_FORMAT_STATES = (OSError, ValueError, LookupError, struct.error, RuntimeError)
"""What the parser raises over bytes that break the rules; RuntimeError where it goes too deep."""


class CompoundFile:
    """Streams by name, whatever case the name is written in, as the format wants it.

    Of a damaged file without a readable directory, names are looked for in its bytes: that suffices to
    recognise what it was.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._names: set[str] = set()
        self._container: olefile.OleFileIO | None = None
        try:
            container = olefile.OleFileIO(BytesIO(content))
            self._names = {name for path in container.listdir(storages=True) for name in path}
        except _NOT_AS_ITS_FORMAT_STATES:
            return
        self._container = container

    def has_stream(self, name: str) -> bool:
        """Whether it is itself what this stream makes it; another document may be embedded in it."""
        if self._container is None:
            return f"{name}\0".encode("utf-16-le") in self._content
        return bool(self._container.exists(name))

    @property
    def has_macros(self) -> bool:
        if self._container is None:
            return "_VBA_PROJECT".encode("utf-16-le") in self._content
        return any(name.upper().startswith("_VBA_PROJECT") for name in self._names)

    def workbook_stream(self) -> bytes:
        """The one of Excel 97 and later before the one of Excel 5: some programs write both."""
        return self.stream("Workbook") or self.stream("Book")

    def with_workbook_stream(self, content: bytes) -> bytes:
        """The whole file with another workbook of the same length in it."""
        file = BytesIO(self._content)
        try:
            with olefile.OleFileIO(file, write_mode=True) as container:
                name = "Workbook" if container.exists("Workbook") else "Book"
                container.write_stream(name, content)
                return file.getvalue()
        except _NOT_AS_ITS_FORMAT_STATES as error:
            raise Refusal("damaged") from error

    def stream(self, name: str) -> bytes:
        """Content of a stream, nothing where there is none.

        Refused where it is damaged, even if the fast reader finds its way: errors and formats of numbers
        would be lost without a word.
        """
        if self._container is None:
            raise Refusal("damaged")
        if not self._container.exists(name):
            return b""
        try:
            return bytes(self._container.openstream(name).read())
        except _NOT_AS_ITS_FORMAT_STATES as error:
            raise Refusal("damaged") from error
