"""Every case of the folder ``cases`` is read as a careful person would read it, or asked about."""

import pytest

from tests.measures.importing.cases import all_cases
from tests.measures.importing.cases.files import write_file
from tests.measures.importing.cases.verdicts import Verdict, judge, outcome_of_reading

ASKED_THOUGH_CLEAR: dict[str, str] = {}
"""Cases that are asked about although a person would not have to, each with its reason."""

RIGHT = Verdict(asked_though_clear=False, silently_wrong=(), lost=(), unreported=())


@pytest.mark.parametrize("case", all_cases().values(), ids=str)
def test_case_is_read_as_a_careful_person_would(read, tmp_path, case):
    reading = read(write_file(case, tmp_path))

    verdict = judge(case, outcome_of_reading(reading))

    assert (str(verdict), verdict.asked_though_clear) == (
        ("asked though clear", True) if case.name in ASKED_THOUGH_CLEAR else (str(RIGHT), False)
    )
