"""Two people confirm the same request at once."""

from threading import Barrier, Thread

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection

from partners.exceptions import FactorResetSpentError
from partners.models import FactorReset
from partners.services.second_factors import resets as factor_resets
from tests.factories import UserFactory


def test_second_of_two_who_confirm_at_once_learns_that_it_is_done(transactional_db):
    lost, first = UserFactory(), UserFactory()
    TOTP.activate(lost, generate_totp_secret())
    reset = FactorReset.objects.create(
        person=lost, requested_by=first, reason="lost", identity_check="called back"
    )
    start, outcomes = Barrier(2), []

    def confirm_as(actor):
        start.wait()
        try:
            factor_resets.confirm(reset_id=reset.pk, actor=actor)
            outcomes.append("confirmed")
        except FactorResetSpentError:
            outcomes.append("spent")
        finally:
            connection.close()

    administrators = [UserFactory(is_superuser=True) for _ in range(2)]
    threads = [Thread(target=confirm_as, args=[actor]) for actor in administrators]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["confirmed", "spent"]
