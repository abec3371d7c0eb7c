"""An explanation is bound to cell, rule and value; the review accepts it, or refuses it with a reason."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from measures.exceptions import (
    ExplanationRefusedError,
    ReasonMissingError,
    SeparateDutiesError,
    StepNotPossibleError,
    SubmissionHasFindingsError,
)
from measures.models import Figure, FigureExplanation, FigureExplanationVersion
from measures.services.explanations import explain_findings, judge_explanation
from measures.services.imports.judging.explanations import explain_queries, has_open_queries
from measures.services.imports.writing.apply import apply_import
from tests.factories import UserFactory
from tests.measures.checking import (
    JUMP,
    explained,
    explanation_fields,
    findings,
    jumping,
    make_check,
    names_of,
)
from tests.measures.spreadsheets import person, row, stage, workbook
from tests.measures.submissions import item_of, move, seen, submit_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return UserFactory(first_name="Karl", last_name="Kammer")


@pytest.fixture
def reviewer():
    return UserFactory(first_name="Rita", last_name="Ressort")


@pytest.fixture
def submission():
    return jumping()


def judged(explanation, actor, refusal=""):
    return judge_explanation(
        explanation_id=explanation.pk,
        submission_id=explanation.item.submission_id,
        actor=actor,
        is_accepted=not refusal,
        refusal=refusal,
        seen_at=explanation.explained_at,
    )


def test_explained_query_is_a_note_until_the_value_changes(submission, clerk):
    assert findings(submission) == [("query", JUMP)]
    explained(submission, clerk)
    assert findings(submission) == [("note", JUMP)]

    figure = Figure.objects.get(item=item_of(submission))
    figure.value = 101
    figure.save()

    assert findings(submission) == [("query", JUMP)]


def test_each_query_needs_its_own_explanation_before_submitting(clerk):
    submission = jumping(indicators=3)
    first, *others = names_of(submission)
    explain_findings(submission_id=submission.pk, texts={first: "Neues Programm"}, actor=clerk)

    with pytest.raises(SubmissionHasFindingsError) as caught:
        submit_submission(submission_id=submission.pk, actor=clerk)
    assert [each.severity.value for each in caught.value.findings].count("query") == 2

    explain_findings(submission_id=submission.pk, texts=dict.fromkeys(others, "Ebenso"), actor=clerk)
    assert submit_submission(submission_id=submission.pk, actor=clerk).status == "submitted"


def test_empty_unknown_and_repeated_texts_change_nothing(submission, clerk):
    [name] = names_of(submission)

    def explain(**texts):
        return explain_findings(submission_id=submission.pk, texts=texts, actor=clerk)

    assert [
        explain(**{name: "  ", "no-such": "x"}),
        explain(**{name: "Neu"}),
        explain(**{name: " Neu "}),
    ] == [
        0,
        1,
        0,
    ]
    assert explain(**{name: "Anders"}) == 1
    assert [each.text for each in FigureExplanation.objects.all()] == ["Anders"]
    assert [each.text for each in FigureExplanationVersion.objects.all()] == ["Neu", "Anders"]


def test_explanation_from_the_grid_survives_a_file_with_the_same_value_and_no_other(submission, clerk):
    explained(submission, clerk)
    steward = person()
    same = stage(workbook([row(100)]), steward)
    other = stage(workbook([row(120)]), steward)

    assert [has_open_queries(run) for run in (same, other)] == [False, True]
    apply_import(run_id=same.pk, actor=steward)
    assert findings(submission) == [("note", JUMP)]


def test_accepted_explanation_names_who_and_when(submission, clerk, reviewer):
    explanation = explained(submission, clerk)
    move(submission, "submitted")

    done = judged(explanation, reviewer)

    assert (done.is_accepted, done.judged_by, done.judged_at is not None) == (True, reviewer, True)
    assert findings(submission) == [("note", JUMP)]


def test_refused_explanation_is_a_query_again_and_needs_a_new_one(submission, clerk, reviewer):
    explanation = explained(submission, clerk)
    move(submission, "submitted")
    judged(explanation, reviewer, "Das gilt nicht für dieses Jahr")
    move(submission, "returned")

    assert findings(submission) == [("query", JUMP)]
    with pytest.raises(SubmissionHasFindingsError):
        submit_submission(submission_id=submission.pk, actor=clerk, comment="stimmt schon")
    with pytest.raises(ExplanationRefusedError):
        explained(submission, clerk)
    new = explained(submission, clerk, "Zwei neue Berufsschulen")
    assert (new.is_accepted, new.refusal, new.judged_by) == (None, "", None)
    assert submit_submission(submission_id=submission.pk, actor=clerk).status == "submitted"
    history = FigureExplanationVersion.objects.values_list("text", "refusal")
    assert list(history) == [
        ("Neues Programm", ""),
        ("Neues Programm", "Das gilt nicht für dieses Jahr"),
        ("Zwei neue Berufsschulen", ""),
    ]


def test_file_asks_again_what_was_refused_and_its_answer_is_judged_anew(submission, clerk, reviewer):
    explanation = explained(submission, clerk)
    move(submission, "submitted")
    judged(explanation, reviewer, "Bitte genauer")
    move(submission, "returned")
    steward = person()

    run = stage(workbook([row(100)]), steward)
    assert has_open_queries(run) is False  # unchanged: nothing to write, so nothing to ask
    run = stage(workbook([row(150)]), steward)
    explain_queries(run_id=run.pk, actor=steward, text="Bitte genauer")
    run = stage(workbook([row(150)]), steward)

    assert has_open_queries(run) is False
    explanation.refresh_from_db()
    assert (explanation.is_accepted, explanation.refusal, explanation.value) == (None, "", 150)


def test_explanation_is_judged_in_review_by_somebody_else_with_a_reason_and_as_it_was_read(
    submission, clerk, reviewer
):
    explanation = explained(submission, clerk)
    with pytest.raises(StepNotPossibleError):
        judged(explanation, reviewer)
    move(submission, "submitted")

    with pytest.raises(SeparateDutiesError):
        judged(explanation, clerk)
    with pytest.raises(ReasonMissingError):
        judged(explanation, reviewer, "  ")
    FigureExplanation.objects.update(explained_at="2030-01-01T00:00Z", text="Anders")
    with pytest.raises(ExplanationRefusedError):
        judged(explanation, reviewer)


@pytest.mark.parametrize(
    "statement",
    [
        "is_accepted = true",
        "is_accepted = false, judged_by_id = %(other)s, judged_at = now()",
        "is_accepted = true, judged_by_id = explained_by_id, judged_at = now()",
        "is_accepted = true, judged_by_id = %(other)s, judged_at = now(), refusal = 'x'",
        "refusal = 'x'",
    ],
)
def test_database_refuses_half_a_judgement(submission, clerk, reviewer, statement):
    explained(submission, clerk)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE measures_figureexplanation SET {statement}", {"other": reviewer.pk})


def test_versions_of_explanations_are_never_changed(submission, clerk):
    explained(submission, clerk)

    for statement in ("UPDATE {} SET text = 'x'", "DELETE FROM {}", "TRUNCATE {}"):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format("measures_figureexplanationversion"))


def test_nothing_is_explained_once_it_is_handed_over(submission, clerk):
    [name] = names_of(submission)
    move(submission, "submitted")

    with pytest.raises(StepNotPossibleError):
        explain_findings(submission_id=submission.pk, texts={name: "Neu"}, actor=clerk)


def test_clerk_explains_in_the_grid_and_reads_what_became_of_it(client, sign_in, submission):
    sign_in("contributor", "IHK-142")
    grid = reverse("measures:submission_detail", args=[submission.pk])
    assert 'form="explain"' in client.get(grid).content.decode()

    answer = client.post(
        reverse("measures:submission_explain", args=[submission.pk]),
        explanation_fields(submission, "Neues Programm"),
        follow=True,
    )

    page = answer.content.decode()
    assert (answer.redirect_chain[0][0], "Neues Programm" in page) == (grid, True)
    assert 'form="explain"' not in page.replace('id="explain"', "")


def test_what_stewards_write_of_a_check_is_text_to_those_who_explain(client, sign_in, submission):
    make_check(text_de='<b hx-get="/x">5 bis 50 Plätze</b>')
    sign_in("contributor", "IHK-142")

    pages = [
        client.get(reverse(f"measures:{name}", args=[submission.pk])).content.decode()
        for name in ("submission_detail", "submission_submit")
    ]

    assert ["<b hx-get" in page for page in pages] == [False, False]
    assert "&lt;b hx-get" in pages[1]


def test_refused_text_is_not_taken_a_second_time_on_the_page_of_submitting(
    client, sign_in, submission, clerk, reviewer
):
    explanation = explained(submission, clerk)
    move(submission, "submitted")
    judged(explanation, reviewer, "Bitte genauer")
    move(submission, "returned")
    sign_in("contributor", "IHK-142")
    address = reverse("measures:submission_submit", args=[submission.pk])

    def submit(text):
        return client.post(address, seen(submission, **explanation_fields(submission, text)))

    refused = submit("Neues Programm")
    assert refused.status_code == 422
    assert "Diese Erläuterung wurde abgelehnt" in refused.content.decode()
    assert submit("Zwei neue Berufsschulen").status_code == 302


def test_reviewer_judges_on_a_page(client, sign_in, submission, clerk):
    explanation = explained(submission, clerk)
    move(submission, "submitted")
    user = sign_in("reviewer", "BMAS")
    address = reverse("measures:explanation_judge", args=[submission.pk, explanation.pk])
    assert address in client.get(reverse("measures:review_detail", args=[submission.pk])).content.decode()
    read = {"seen_at": explanation.explained_at.isoformat()}

    for other in ("", "gestern", "2030-13-45T00:00:00+00:00", "2030-01-01T00:00:00"):
        assert client.post(address, {"seen_at": other, "verdict": "accept"}).status_code == 422
    assert client.post(address, {**read, "verdict": "refuse", "refusal": " "}).status_code == 422
    assert client.post(address, {**read, "verdict": "refuse", "refusal": "Bitte genauer"}).status_code == 302

    explanation.refresh_from_db()
    assert (explanation.is_accepted, explanation.refusal, explanation.judged_by) == (
        False,
        "Bitte genauer",
        user,
    )
    again = client.get(reverse("measures:review_detail", args=[submission.pk])).content.decode()
    assert "Bitte genauer" in again
