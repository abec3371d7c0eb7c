"""The texts that frozen data hold, in both languages or in one, wherever they stand."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from reporting.frozen.contents import ChangeRow, Changes, DefinitionChange, NarrativeData, Practice
from reporting.frozen.schema import (
    Alliance,
    CommitmentData,
    IndicatorData,
    MeasureData,
    Participation,
    ScopeData,
    SourceData,
)
from reporting.frozen.values import Amount, Remark, Text

_IN_ONE_LANGUAGE = {
    Alliance: {"implementing_body"},
    ChangeRow: {"part"},
    Changes: {"dropped"},
    CommitmentData: {"organisation"},
    DefinitionChange: {"before"},
    IndicatorData: {"umbrellas"},
    MeasureData: {"leads", "contributing"},
    NarrativeData: {"organisation"},
    Participation: {"name"},
    Practice: {"partners"},
    Remark: {"by"},
    ScopeData: {"name"},
    SourceData: {"organisation"},
}
"""Most organisations have one name in both languages; what was released before stays as it was."""


_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def without_private_use(text: str) -> str:
    """Without characters that mean nothing outside of one program, such as a text processor's signs of lists.

    No font has them, so that a PDF with one is refused; and sentences mark their links with some.
    """
    return _PRIVATE_USE.sub("", text)


def texts_of(part: object) -> Iterator[Text]:
    """Every text in a part of the data that is to be there in both languages; new ones are included."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from texts_of(each)
    elif is_dataclass(part) and not isinstance(part, Amount):
        names = _IN_ONE_LANGUAGE.get(type(part), set())
        for field in fields(part):
            if field.name not in names:
                yield from texts_of(getattr(part, field.name))


def remarks_of(part: object) -> Iterator[Remark]:
    """Everything in a part of the data that people wrote in one language alone."""
    if isinstance(part, Remark):
        yield part
    elif isinstance(part, CommitmentData):
        if part.reason:
            yield Remark(text=part.reason, language=part.reason_language, by=part.organisation)
    elif isinstance(part, tuple):
        for each in part:
            yield from remarks_of(each)
    elif is_dataclass(part) and not isinstance(part, Amount):
        for field in fields(part):
            yield from remarks_of(getattr(part, field.name))
