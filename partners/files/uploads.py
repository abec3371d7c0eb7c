"""Uploads that are put on disk while they arrive, and are gone from there if it is full."""

import contextlib

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class CleanTemporaryFileUploadHandler(TemporaryFileUploadHandler):
    """Django closes the file after an error, which tries to write the rest once more and then leaves it."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        with self._discarded_on_failure():
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        with self._discarded_on_failure():
            return super().file_complete(file_size)

    @contextlib.contextmanager
    def _discarded_on_failure(self):
        try:
            yield
        except OSError:
            # First the descriptor, so that what is buffered is not written any more; then the rest.
            self.file.file.file.raw.close()  # type: ignore[union-attr]  # a named temporary file
            self.file.close()
            raise
