"""The test suite: real PostgreSQL, real Valkey, cheap passwords."""

import os
from urllib.parse import urlsplit

from alliance_portal.settings.base import *  # noqa: F403  # settings are meant to be inherited whole
from alliance_portal.settings.base import CACHES, LOGGING
from alliance_portal.settings.limits import cache_limits
from alliance_portal.settings.public_site import OPERATOR

SECRET_KEY = "only-for-tests"  # noqa: S105  # not a secret: no installation uses it
MFA_ENCRYPTION_KEYS = ["b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtb24="]
OPERATOR = OPERATOR | {"accessibility_email": "barriers@example.org"}
MANIFEST_SIGNING_KEY = "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtb24="
PUBLIC_PAGES_KEPT_SECONDS = 0  # tests about it say how long
DASHBOARDS_KEPT = 0  # tests about it say how many
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CALL_RATES = {}  # tests about it name the rates
MFA_REQUIRED_ROLES = []  # tests about it name the roles
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
STATIC_ROOT = None  # nothing is collected: files come from where they lie
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True  # a file is looked for when it is asked for, not all of them by each client

# Clearing the cache empties a database of Valkey, so each process of a test run has one of its own.
VALKEY_DATABASES = 16
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
CACHES["default"]["LOCATION"] = (
    urlsplit(CACHES["default"]["LOCATION"])._replace(path=f"/{_worker % VALKEY_DATABASES}").geturl()
)
LOGGING["root"] = {"handlers": ["console"], "level": "WARNING"}
CACHES["default"]["OPTIONS"] |= cache_limits(seconds=10)  # tests share the machine

# Few submissions are approved in the worlds of the tests
REPORT_MISSING_PERCENT = 100
