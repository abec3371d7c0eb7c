"""What an approval would change in the Alliance's totals, and what a reviewer sees before it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from measures.models import Submission
from measures.selectors.submission_versions import versions_of
from measures.services.review import approve_submissions
from reporting.aggregates.approval import effect_of_approval
from reporting.aggregates.totals import load_totals
from tests.factories import UserFactory
from tests.measures.submissions import make_submission, move
from tests.measures.test_review_views import text_of
from tests.queries import exactly_queries
from tests.reporting.stated import approve, state, submit

pytestmark = pytest.mark.django_db

KOELN, AACHEN = "IHK-142", "IHK-101"
MENTORS = "welcome_mentors"


def effect(*submissions: int, code: str = MENTORS):
    [line] = [each for each in effect_of_approval(submissions) if each.indicator.code == code]
    return line


def test_effect_is_what_the_total_is_after_the_approval():
    state(AACHEN, MENTORS, 2016, 4)
    approve(AACHEN, year=2016)
    state(KOELN, MENTORS, 2016, 3)
    asked = submit(KOELN, year=2016)

    line = effect(*asked)
    approve_now(asked)
    after = load_totals(indicators=[line.indicator], years=[2016]).total(MENTORS, 2016)

    assert (line.before.value, line.after.value, line.difference) == (Decimal(4), Decimal(7), Decimal(3))
    assert line.after == after


def approve_now(submissions: list[int]) -> None:
    approve_submissions(seen=versions_of(submissions), actor=UserFactory())


def test_effect_of_a_correction_is_the_difference_alone():
    state(KOELN, MENTORS, 2016, 3)
    approved = approve(KOELN, year=2016)
    submission = Submission.objects.get(pk=approved[0])
    move(submission, "draft")
    submission.items.get(indicator__code=MENTORS).figures.update(value=1)
    move(submission, "submitted")

    assert (effect(*approved).difference, effect(*approved).is_changed) == (Decimal(-2), True)


def test_first_value_has_no_difference_to_nothing():
    state(KOELN, MENTORS, 2016, 3)
    line = effect(*submit(KOELN, year=2016))

    assert (line.before.value, line.after.value, line.difference) == (None, Decimal(3), None)


def test_effect_of_several_is_that_of_all_of_them():
    state(KOELN, MENTORS, 2016, 3)
    state(AACHEN, MENTORS, 2016, 4)

    assert effect(*submit(KOELN, AACHEN, year=2016)).after.value == Decimal(7)


def test_totals_that_stay_are_no_change():
    state(KOELN, MENTORS, 2016, 3)
    approved = approve(KOELN, year=2016)

    assert not any(line.is_changed for line in effect_of_approval(approved))


@pytest.mark.parametrize("organisations", [(KOELN,), (KOELN, AACHEN, "IHK-111")])
def test_effect_asks_as_often_for_many(organisations):
    for organisation in organisations:
        state(organisation, MENTORS, 2016, 3)
    asked = submit(*organisations, year=2016)

    with exactly_queries(6):
        effect_of_approval(asked)


def test_reviewer_approves_with_the_effect_on_the_page(client, sign_in):
    state(AACHEN, MENTORS, 2016, 4)
    approve(AACHEN, year=2016)
    state(KOELN, MENTORS, 2016, 3)
    [asked] = submit(KOELN, year=2016)
    sign_in("reviewer", "BMAS")

    review = client.get(reverse("measures:review_detail", args=[asked]))
    page = client.get(reverse("measures:submission_approve", args=[asked]))

    assert reverse("measures:submission_approve", args=[asked]) in review.content.decode()
    assert "4 1 von 132 7 2 von 132 +3" in text_of(page)


def test_missing_members_are_named_for_their_umbrella(client, sign_in):
    submitted = move(make_submission(AACHEN), "submitted")
    missing = make_submission(KOELN)
    make_submission("HWK-00032")
    sign_in("coordinator", "DIHK")

    page = client.get(reverse("measures:review_missing"), {"year": 2030})

    [group] = page.context["groups"]
    assert (group.umbrella, group.handed_over, group.missing) == ("DIHK", 1, 1)
    assert [row.submission for row in group.rows] == [missing]
    assert "1 von 2 eingereicht, noch ausstehend: 1." in text_of(page)
    assert submitted.organisation.short_name not in text_of(page)
