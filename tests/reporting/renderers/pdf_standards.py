"""Whether a PDF keeps to PDF/UA-1 and PDF/A-2a, by an independent checker.

The checker takes a stream whose data end in a carriage return for one of a wrong length, since it reads that
sign and the line feed before ``endstream`` as one line end. So it is asked again by counting: the bytes
that ``/Length`` names have to be followed by a line end and ``endstream``.
"""

import re

import page

STANDARDS = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)

_STREAM = re.compile(rb"\d+ 0 obj\s*<<(?P<dictionary>(?:(?!endobj|stream).)*?)>>\s*stream\r?\n", re.DOTALL)
_LENGTH = re.compile(rb"/Length (\d+)")
_END = re.compile(rb"(\r\n|\n|\r)endstream")


def standard_problems(pdf: bytes) -> list[str]:
    """The rules of either standard that the PDF breaks, each with the checker's words."""
    found = [
        f"{failure.rule_id}: {failure.message}"
        for standard in STANDARDS
        for failure in page.validate_pdf_bytes(pdf, profile=standard).failures
    ]
    lengths_agree = streams_have_their_length(pdf)
    return [each for each in found if "STREAM-LENGTH" not in each or not lengths_agree]


def streams_have_their_length(pdf: bytes) -> bool:
    streams = list(_STREAM.finditer(pdf))
    lengths = [_LENGTH.search(each["dictionary"]) for each in streams]
    return bool(streams) and all(
        length and _END.match(pdf, each.end() + int(length[1]))
        for each, length in zip(streams, lengths, strict=True)
    )
