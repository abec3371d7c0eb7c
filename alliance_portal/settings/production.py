"""A ministry's installation. Everything secret comes from files or the environment, to whoever needs it."""

from alliance_portal.logs.reports import report_errors_to
from alliance_portal.settings import connections, logs, openid
from alliance_portal.settings.base import *  # noqa: F403  # settings are meant to be inherited whole
from alliance_portal.settings.base import (
    CELERY_BROKER_URL,
    DATABASES,
    IS_WEB,
    LOGGING,
    MALWARE_SCANNER,
    SILENCED_SYSTEM_CHECKS,
    STORAGES,
)
from alliance_portal.settings.environment import env

# The web cannot do without these. Others get them only if their work needs them (docker-compose.yml); using
# one that is missing raises.
SECRET_KEY = env.str("SECRET_KEY", default=env.NOTSET if IS_WEB else "")
MFA_ENCRYPTION_KEYS = env.list("MFA_ENCRYPTION_KEYS", default=env.NOTSET if IS_WEB else None)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PORTAL_ADDRESS = env.str("PORTAL_ADDRESS", default="") or next(
    iter(CSRF_TRUSTED_ORIGINS), f"https://{ALLOWED_HOSTS[0]}"
)
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
EMAIL_CONFIG = env.email("EMAIL_URL", default="smtp://localhost:25")
vars().update(EMAIL_CONFIG)
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
# Names below the portal's are bound as well, unless the operator, whose they are, turns it off.
SECURE_HSTS_INCLUDE_SUBDOMAINS = not env.str("HSTS_INCLUDE_SUBDOMAINS", default="") or env.bool(
    "HSTS_INCLUDE_SUBDOMAINS"
)
# Whether browsers may bring it along in their own lists is hard to take back: the operator decides.
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "security.W021"]  # as said above
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
# Browsers take such a cookie over HTTPS from this host alone, and send it nowhere else.
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
LANGUAGE_COOKIE_NAME = "__Host-language"
DEVICE_COOKIE_NAME = "__Host-device"
LOGGING["handlers"]["console"]["formatter"] = "json"
if SENTRY_DSN := env.str("SENTRY_DSN", default=""):
    report_errors_to(SENTRY_DSN)

# Whom the portal calls, and nobody else. Over a network each has to be encrypted and to prove who it is.
PEERS = [*connections.database_peers(DATABASES["default"]), connections.valkey_peer(CELERY_BROKER_URL)]
if EMAIL_CONFIG["EMAIL_HOST"]:
    PEERS.append(connections.mail_peer(EMAIL_CONFIG))
if SENTRY_DSN:
    PEERS.append(connections.error_service_peer(SENTRY_DSN))
if MALWARE_SCANNER:
    PEERS.append(connections.scanner_peer(MALWARE_SCANNER))
if SYSLOG := env.str("SYSLOG", default=""):
    PEERS.append(connections.log_peer(SYSLOG))
    logs.forward_to(SYSLOG)
PEERS += [connections.openid_peer(address) for address in openid.origins()]
PEERS += [connections.other_peer(address) for address in env.list("OUTGOING_CONNECTIONS", default=[])]
connections.refuse_unprotected(PEERS, allowed=env.list("ALLOW_UNPROTECTED_CONNECTIONS", default=[]))
