"""The same snapshot gives the same bytes, in every format, wherever and whenever it is rendered."""

import hashlib
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.reporting.renderers.rendered import sample, sample_documents
from tests.reporting.sample_snapshot import SHA256

RENDER_ELSEWHERE = """
import hashlib, json, locale, sys
import django
django.setup()
from django.utils import translation
from reporting.frozen.decoding import decode
from reporting.renderers.versions import render_documents
locale.setlocale(locale.LC_ALL, "")
translation.activate(sys.argv[2])
made = render_documents(decode(sys.stdin.buffer.read()), ["de", "en"], sha256=sys.argv[1])
hashes = {f"{language}.{form}": hashlib.sha256(content).hexdigest() for language, form, content in made}
print(json.dumps(hashes))
"""


def hashes() -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in sample_documents().items()}


def hashes_elsewhere(language: str, **environment: str) -> dict[str, str]:
    """What another process makes of the stored snapshot, with another locale, time zone and hash seed."""
    found = subprocess.run(
        [sys.executable, "-c", RENDER_ELSEWHERE, SHA256, language],
        input=sample().to_json(),
        env=os.environ | environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=True,
    )
    return json.loads(found.stdout)


def test_every_format_is_there_in_its_languages():
    readable = [f"{language}.{form}" for language in ("de", "en") for form in ("html", "pdf", "xlsx")]
    data = ["csv", "csv-metadata.json", "json", "sdmx.csv", "sdmx.json", "dcat.jsonld"]

    assert list(sample_documents()) == [*readable, *(f"mul.{form}" for form in data)]


def test_rendering_again_gives_the_same_bytes():
    first = hashes()
    sample_documents.cache_clear()

    assert hashes() == first


@pytest.mark.long
def test_other_processes_elsewhere_give_the_same_bytes():
    tokyo = hashes_elsewhere("en", TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7")
    kathmandu = hashes_elsewhere("de", TZ="Asia/Kathmandu", LC_ALL="C.UTF-8", PYTHONHASHSEED="123")

    assert tokyo == kathmandu == hashes()
