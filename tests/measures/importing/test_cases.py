"""Every case of the folder ``cases`` is read as a careful person would read it, or asked about."""

import pytest

from tests.measures.importing.cases import all_cases
from tests.measures.importing.cases.files import write_file
from tests.measures.importing.cases.verdicts import judge, outcome_of_reading

HELD_AFTER_READING = {
    "refugees_of_consultations": "Which breakdowns an indicator has is checked when figures are staged.",
}
"""Cases whose figures the reading lets pass and a later check holds, each with its reason."""


@pytest.mark.parametrize("case", all_cases().values(), ids=str)
def test_case_is_read_as_a_careful_person_would(read, tmp_path, case):
    verdict = judge(case, outcome_of_reading(read(write_file(case, tmp_path))))

    if case.name in HELD_AFTER_READING:
        assert verdict.silently_wrong
    else:
        assert str(verdict) == ""


def test_names_of_exceptions_are_those_of_cases():
    assert set(HELD_AFTER_READING) <= set(all_cases())
