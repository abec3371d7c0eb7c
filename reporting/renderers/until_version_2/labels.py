"""The report's fixed words, for the page and the PDF alike."""

from django.utils.translation import pgettext


def labels() -> dict[str, str]:
    return {
        "contents": pgettext("report", "Contents"),
        "glance": pgettext("report", "The year at a glance"),
        "overview": pgettext("report", "Headline figures and targets"),
        "objectives": pgettext("report", "Objectives and their measures"),
        "measures": pgettext("report", "The measures"),
        "lands": pgettext("report", "By Land"),
        "participation": pgettext("report", "Who has reported"),
        "participation_text": pgettext(
            "report",
            "Due are the organisations asked for figures of the reporting year. Counted as reported are "
            "those whose report has been approved.",
        ),
        "controls": pgettext("report", "Stated totals compared"),
        "controls_text": pgettext(
            "report",
            "Files state totals of their own. They are compared with the sum of their parts and never "
            "added to it. Listed are those whose parts are all approved as the file states them.",
        ),
        "results": pgettext("report", "Results beyond numbers"),
        "methods": pgettext("report", "Method"),
        "definitions": pgettext("report", "Definitions"),
        "sources": pgettext("report", "Sources"),
        "sources_text": pgettext(
            "report", "The files whose figures this report uses, each with its SHA-256."
        ),
        "indicator": pgettext("report", "Figure"),
        "year": pgettext("report", "Year"),
        "value": pgettext("report", "Value"),
        "target": pgettext("report", "Target"),
        "attainment": pgettext("report", "Attainment"),
        "coverage": pgettext("report", "Reported by"),
        "unit": pgettext("report", "Unit"),
        "period": pgettext("report", "Period"),
        "source": pgettext("report", "Source"),
        "definition": pgettext("report", "Definition"),
        "land": pgettext("report", "Land"),
        "total": pgettext("report", "Total"),
        "organisation": pgettext("report", "Organisation"),
        "due": pgettext("report", "Due"),
        "approved": pgettext("report", "Approved"),
        "missing": pgettext("report", "Missing"),
        "missing_names": pgettext("report", "Missing are"),
        "file": pgettext("report", "File"),
        "stated": pgettext("report", "Stated"),
        "sum": pgettext("report", "Sum"),
        "verdict": pgettext("report", "Result"),
        "sheets": pgettext("report", "Sheets"),
        "figures": pgettext("report", "Figures"),
        "fingerprint": pgettext("report", "Fingerprint of the snapshot (SHA-256)"),
        "page": pgettext("report", "Page %(page)s of %(pages)s"),
        "objective": pgettext("report", "Objective"),
        "gaps": pgettext("report", "No values yet"),
        "no_measure": pgettext("report", "no measure of its own"),
        "no_indicators": pgettext("report", "No figures are asked for this measure."),
    }
