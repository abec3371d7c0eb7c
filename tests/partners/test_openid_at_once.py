"""One person comes in by the provider in two windows at the same moment."""

from functools import partial
from threading import Barrier, Thread

from django.db import connection
from django.test import Client

from alliance_portal.settings.openid import provider_settings
from partners.models import Membership
from tests.factories import UserFactory
from tests.partners.openid_provider import CLIENT_ID, SECRET, running
from tests.partners.test_openid import ADA, ROLES, back, is_in, to_provider


def test_first_sign_in_in_two_windows_at_once_gives_account_and_role_once(transactional_db, settings):
    ada = UserFactory(email="ada@example.org")
    settings.OPENID_ROLES = ROLES
    windows, start, statuses = [Client(), Client()], Barrier(2), []

    def come_back(window: Client, address: str) -> None:
        start.wait()
        statuses.append(window.get(address).status_code)
        connection.close()

    with running() as provider:
        provider.claims = ADA | {"roles": ["koeln"]}
        settings.SOCIALACCOUNT_PROVIDERS = provider_settings(
            issuer=provider.issuer, client_id=CLIENT_ID, secret=SECRET, name="Ministeriumskonto"
        )
        ways = [partial(come_back, window, back(to_provider(window))) for window in windows]
        threads = [Thread(target=way) for way in ways]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert set(statuses) <= {302, 403}  # at worst: please sign in once more
    assert any(is_in(window) for window in windows)
    assert list(Membership.objects.filter(user=ada).values_list("role", flat=True)) == ["contributor"]
