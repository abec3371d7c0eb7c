"""A developer's machine and the demo."""

from alliance_portal.settings.base import *  # noqa: F403  # settings are meant to be inherited whole
from alliance_portal.settings.environment import env

SECRET_KEY = env.str("SECRET_KEY", default="only-for-development-and-the-demo")
MFA_ENCRYPTION_KEYS = ["b25seS1mb3ItZGV2ZWxvcG1lbnQtYW5kLXRoZS1kZW0="]
MANIFEST_SIGNING_KEY = env.str("MANIFEST_SIGNING_KEY", default="b25seS1mb3ItZGV2ZWxvcG1lbnQtYW5kLXRoZS1kZW0=")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
STATIC_ROOT = None  # nothing is collected: files come from where they lie
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
MFA_REQUIRED_ROLES = env.list("MFA_REQUIRED_ROLES", default=[])  # offered to everybody, required of nobody
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys on http://localhost
