"""A ministry's installation. Everything secret comes from the environment."""

from alliance_portal.logs.reports import report_errors_to
from alliance_portal.settings.base import *  # noqa: F403  # settings are meant to be inherited whole
from alliance_portal.settings.base import LOGGING, SILENCED_SYSTEM_CHECKS, STORAGES, env

SECRET_KEY = env.str("SECRET_KEY")
MFA_ENCRYPTION_KEYS = env.list("MFA_ENCRYPTION_KEYS")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
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
