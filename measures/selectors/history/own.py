"""The sources of the history that this app has, and those below it."""

from measures.selectors.history import checks, dealings, figures, invitations, notices, security, steps
from measures.selectors.history.changed import catalogue, meetings, organisations

SOURCES = [
    figures.SOURCE,
    steps.STEPS,
    steps.ROUNDS,
    security.SOURCE,
    checks.SOURCE,
    dealings.DISCUSSION,
    dealings.REMINDERS,
    dealings.COMMITMENTS,
    meetings.SOURCE,
    notices.SOURCE,
    organisations.SOURCE,
    invitations.SOURCE,
    catalogue.SOURCE,
]
