"""Sign-in by an OpenID Connect provider, where the environment names one (docs/operations.md)."""

import json
from typing import Any
from urllib.parse import urlsplit

from alliance_portal.settings.environment import env

PROVIDER_ID = "dienst"
"""Part of the addresses that the provider sends people back to."""

ISSUER = env.str("OIDC_ISSUER", default="").rstrip("/")
SERVERS = env.list("OIDC_SERVERS", default=[])  # origins of its parts that are elsewhere: https://host
ROLES = json.loads(env.str("OIDC_ROLES", default="") or "{}")
ROLES_CLAIM = env.str("OIDC_ROLES_CLAIM", default="") or "roles"
SECOND_FACTOR = env.list("OIDC_SECOND_FACTOR", default=[])


def provider_settings(*, issuer: str, client_id: str, secret: str, name: str) -> dict[str, Any]:
    """What allauth has to know of the provider; without an issuer there is none."""
    app = {
        "provider_id": PROVIDER_ID,
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }
    return {
        "openid_connect": {
            "provider_class": "partners.sign_in.openid.provider.PortalProvider",
            "APPS": [app] if issuer else [],
        }
    }


def origins() -> list[str]:
    """The servers of the provider, which the portal calls and browsers are sent to."""
    addresses = [address for address in (ISSUER, *SERVERS) if address]
    return list(dict.fromkeys("{0.scheme}://{0.netloc}".format(urlsplit(each)) for each in addresses))


PROVIDERS = provider_settings(
    issuer=ISSUER,
    client_id=env.str("OIDC_CLIENT_ID", default=""),
    secret=env.str("OIDC_CLIENT_SECRET", default=""),
    name=env.str("OIDC_NAME", default="") or "OpenID Connect",
)
