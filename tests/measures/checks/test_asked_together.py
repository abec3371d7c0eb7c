"""Checks find the same in submissions asked about together as in each of them alone."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from measures.selectors.checks.findings import findings_by_submission
from tests.measures.checks.test_asked_of_files import CHECKS, FIGURES, counting, reporting, store
from tests.properties import share

pytestmark = pytest.mark.django_db

OWNERS = [("IHK-142", 2029), ("IHK-142", 2030), ("IHK-142", 2031), ("IHK-101", 2030)]
STATED = st.lists(FIGURES.filter(bool), min_size=len(OWNERS), max_size=len(OWNERS))


@share(0.5)
@given(checks=CHECKS, stated=STATED)
def test_findings_of_several_submissions_are_those_of_each_alone(checks, stated):
    with transaction.atomic():
        counting(*checks)
        submissions = [reporting(*owner) for owner in OWNERS]
        for submission, figures in zip(submissions, stated, strict=True):
            store(submission, figures)
        asked = [submission.pk for submission in submissions]

        together = findings_by_submission(asked)

        alone = [findings_by_submission([pk]) for pk in asked]
        assert together == {pk: findings for each in alone for pk, findings in each.items()}
        transaction.set_rollback(True)
