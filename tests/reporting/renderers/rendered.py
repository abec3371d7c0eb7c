"""Every document of the sample report, of the whole Alliance, by its name: ``de.pdf``, ``mul.csv``."""

from dataclasses import replace
from functools import cache

from reporting.frozen.schema import SnapshotData
from reporting.renderers.versions import render_documents
from tests.reporting.recorded_versions import full_snapshot
from tests.reporting.sample_snapshot import SHA256

ADDRESS = "https://portal.example/berichte/1/"


def sample() -> SnapshotData:
    return replace(full_snapshot(), scope=None)


@cache
def sample_documents() -> dict[str, bytes]:
    return {
        f"{language}.{document_format}": content
        for language, document_format, content in render_documents(sample(), ["de", "en"], sha256=SHA256)
    }
