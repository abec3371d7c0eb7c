"""The limits of files, as the settings have them."""

from django.conf import settings

from measures.importing.vocabulary import Limits


def limits() -> Limits:
    return Limits(
        file_bytes=settings.IMPORT_MAX_UPLOAD_BYTES,
        unpacked_bytes=settings.IMPORT_MAX_UNPACKED_BYTES,
        sheets=settings.IMPORT_MAX_SHEETS,
        rows=settings.IMPORT_MAX_ROWS,
        columns=settings.IMPORT_MAX_COLUMNS,
        cells=settings.IMPORT_MAX_CELLS,
        memory_bytes=settings.IMPORT_MAX_MEMORY_BYTES,
        seconds=settings.IMPORT_MAX_SECONDS,
    )
