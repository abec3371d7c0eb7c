"""``python -m bench.reports.job WORK SIZE [WORKERS]``: do one piece of work here, and print its cost.

A process of its own has read nothing yet and has a peak of memory of its own.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context

import django
from django.utils.translation import override
from pypdf import PdfReader

from bench.reading.job import peak_memory
from bench.reports.edition import SHA256, large_edition, long_annex

LANGUAGE = "de"


def report(measures: int) -> Iterator[tuple[str, int]]:
    """The documents of one report in one language, one after the other."""
    from reporting.renderers.html import render_html  # noqa: PLC0415  # once Django is set up
    from reporting.renderers.pdf import render_pdf  # noqa: PLC0415  # as above
    from reporting.renderers.workbook.xlsx import render_xlsx  # noqa: PLC0415  # as above

    edition = large_edition(measures)
    for name, render in (("PDF", render_pdf), ("XLSX", render_xlsx), ("HTML", render_html)):
        content = render(edition, LANGUAGE, sha256=SHA256)
        yield name, len(PdfReader(BytesIO(content)).pages) if name == "PDF" else len(content)


def typst(measures: int) -> Iterator[tuple[str, int]]:
    """From frozen data to a PDF, as the portal does it."""
    from reporting.renderers.pdf import render_pdf  # noqa: PLC0415  # as above

    yield "PDF", len(render_pdf(large_edition(measures), LANGUAGE, sha256=SHA256))


def weasyprint(measures: int) -> Iterator[tuple[str, int]]:
    """From frozen data to a PDF by way of the page, which another library lays out."""
    from weasyprint import HTML  # noqa: PLC0415  # only this process needs it

    from reporting.renderers.html import render_html  # noqa: PLC0415  # as above

    page = render_html(large_edition(measures), LANGUAGE, sha256=SHA256).decode()
    yield "PDF", len(HTML(string=page).write_pdf(pdf_variant="pdf/ua-1") or b"")


def annex(rows: int) -> Iterator[tuple[str, int]]:
    """The sheet with every figure of a report."""
    from reporting.charts.drawing import no_drawing  # noqa: PLC0415  # as above
    from reporting.renderers.composition import compose  # noqa: PLC0415  # as above
    from reporting.renderers.workbook.data_table import data_table  # noqa: PLC0415  # as above
    from reporting.renderers.workbook.xlsx import pack  # noqa: PLC0415  # as above

    edition = long_annex(rows)
    document = compose(large_edition(3), LANGUAGE, sha256=SHA256, draw=no_drawing)
    yield "XLSX", len(pack(edition, document, [data_table(edition, LANGUAGE, sha256=SHA256)]))


def editions(measures: int, lands: int, workers: int) -> Iterator[tuple[str, int]]:
    """Every edition of a year in both languages and four formats, by so many processes at once.

    ``lands``: of so many Länder.
    """
    from reporting.editions.types import REPORT_TYPES  # noqa: PLC0415  # as above

    edition = large_edition(measures)
    indicator = edition.indicators[0]
    scopes = [
        ("annual", ""),
        *(("land", land.code) for land in indicator.lands[:lands]),
        *(("umbrella", umbrella.code) for umbrella in indicator.umbrellas),
    ]
    kinds = [(language, form) for language in ("de", "en") for form in ("html", "pdf", "xlsx")]
    tasks = [
        (measures, report_type, scope, language, form)
        for report_type, scope in scopes
        for language, form in [*kinds, ("mul", "csv")]
        if report_type in REPORT_TYPES
    ]
    with ProcessPoolExecutor(workers, get_context("spawn"), django.setup) as pool:
        yield "editions", len([size for size in pool.map(document, tasks) if size])


def document(task: tuple[int, str, str, str, str]) -> int:
    """Make one document of an edition, as a worker of the queue does."""
    from reporting.editions.deriving import derive  # noqa: PLC0415  # as above
    from reporting.editions.types import REPORT_TYPES  # noqa: PLC0415  # as above
    from reporting.enums import DocumentFormat  # noqa: PLC0415  # as above
    from reporting.renderers.versions import render_document  # noqa: PLC0415  # as above

    measures, report_type, scope, language, form = task
    data = derive(large_edition(measures), REPORT_TYPES[report_type], scope)
    return len(render_document(data, language, DocumentFormat(form), sha256=SHA256))


WORK: dict[str, Callable[..., Iterator[tuple[str, int]]]] = {
    work.__name__: work for work in (report, typst, weasyprint, annex, editions)
}


def main(work: str, *sizes: int) -> None:
    django.setup()
    with override(LANGUAGE):
        started = time.perf_counter()
        steps = []
        for name, made in WORK[work](*sizes):
            now = time.perf_counter()
            steps.append((name, now - started, made))
            started = now
    found = {"steps": steps, "peak": peak_memory(), "processor": processor_time()}
    print(json.dumps(found))  # noqa: T201  # what the process is asked for


def processor_time() -> float:
    """The seconds that this process and those it has waited for were at work, whoever else was as well."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
