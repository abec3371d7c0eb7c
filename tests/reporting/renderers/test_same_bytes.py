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
import sys
from tests.clocks import set_clock
set_clock(sys.argv[3])
import datetime, hashlib, json, locale, time
import django
django.setup()
from django.utils import translation
from reporting.frozen.decoding import decode
from reporting.renderers.versions import render_documents
locale.setlocale(locale.LC_ALL, "")
translation.activate(sys.argv[2])
made = render_documents(decode(sys.stdin.buffer.read()), ["de", "en"], sha256=sys.argv[1])
hashes = {f"{language}.{form}": hashlib.sha256(content).hexdigest() for language, form, content in made}
from django.utils import timezone
days = {time.strftime("%Y-%m-%d"), str(datetime.date.today()), str(timezone.localdate())}
print(json.dumps([hashes, sorted(days)]))
"""


def hashes() -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in sample_documents().items()}


def hashes_elsewhere(language: str, day: str, **environment: str) -> tuple[dict[str, str], list[str]]:
    """What another process makes of the stored snapshot, and the days that it takes for today.

    It has another locale, time zone and hash seed, and its clock shows another day. The clock is that of
    Python; what Typst and the drawing of charts make is compared with what they made on the day of recording,
    by ``test_recorded_versions``.
    """
    found = subprocess.run(
        [sys.executable, "-c", RENDER_ELSEWHERE, SHA256, language, day],
        input=sample().to_json(),
        env=os.environ | environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=True,
    )
    return tuple(json.loads(found.stdout))


def test_every_format_is_there_in_its_languages():
    readable = [f"{language}.{form}" for language in ("de", "en") for form in ("html", "pdf", "xlsx")]
    data = ["csv", "csv-metadata.json", "json", "sdmx.csv", "sdmx.json", "dcat.jsonld"]

    assert list(sample_documents()) == [*readable, *(f"mul.{form}" for form in data)]


def test_rendering_again_gives_the_same_bytes():
    first = hashes()
    sample_documents.cache_clear()

    assert hashes() == first


@pytest.mark.long
def test_other_processes_elsewhere_on_other_days_give_the_same_bytes():
    then, later = "2019-02-28", "2031-12-31"
    tokyo, past = hashes_elsewhere("en", then, TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7")
    nepal, future = hashes_elsewhere("de", later, TZ="Asia/Kathmandu", LC_ALL="C.UTF-8", PYTHONHASHSEED="123")

    assert (max(past) < "2019-03-03", min(future) > "2031-12-28") == (True, True)
    assert tokyo == nepal == hashes()
