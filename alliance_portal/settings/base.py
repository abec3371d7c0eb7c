"""What every environment shares. The environment is read here and nowhere else."""

from pathlib import Path

import pghistory
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from alliance_portal.settings import limits, logs, openid
from alliance_portal.settings.connections import Peer
from alliance_portal.settings.environment import env
from alliance_portal.settings.limits import broker_limits, cache_limits, database_limits
from alliance_portal.settings.public_site import *  # noqa: F403  # its operator, its pages, its signature
from alliance_portal.settings.schedule import SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent.parent

SECRET_KEY: str
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # former ones, still accepted
DEBUG = False
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    "alliance_portal",
    "alliance_portal.admin_site.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_htmx",
    "csp",
    "import_export",
    "partners",
    "measures",
    "reporting",
]

MIDDLEWARE = [
    "alliance_portal.logs.middleware.RequestIdMiddleware",  # first: every line logged below carries its id
    "alliance_portal.serving.public_pages.PublicPageMiddleware",  # before all that costs
    "csp.middleware.CSPMiddleware",  # in front of all that answers: files and refusals carry it too
    "django.middleware.security.SecurityMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "partners.middleware.ConfidentialityMiddleware",
    "partners.middleware.MethodMiddleware",
    "partners.files.middleware.DiskFullMiddleware",  # before the next, which reads the form
    "alliance_portal.middleware.StorableRequestMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alliance_portal.middleware.CallRateMiddleware",  # before anything is computed or noted for the person
    "partners.sign_in.activity.ActivityMiddleware",
    "partners.middleware.AccessMiddleware",
    "partners.middleware.SignInMiddleware",
    "partners.sign_in.second_factor.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "partners.sign_in.impersonation.ImpersonationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "alliance_portal.middleware.SecurityEventMiddleware",
    "alliance_portal.logs.middleware.NamedHistoryMiddleware",
    "partners.middleware.ReadOnlyMiddleware",  # last: what surrounds the view writes outside
]

ROOT_URLCONF = "alliance_portal.urls"
CSRF_FAILURE_VIEW = "alliance_portal.views.csrf_failure"
FORM_RENDERER = "partners.form_renderer.KernFormRenderer"
WSGI_APPLICATION = "alliance_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["reporting.templatetags.resolutions"],  # a frozen template has no line to load it
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partners.views.context_processors.access",
            ],
        },
    }
]

# What one request may cost the web server (alliance_portal.serving.limits says what each means)
WEB_LIMITS = {
    "THREADS": env.int("WEB_THREADS", default=8),
    "LONG_AT_ONCE": 1,
    "WAITING": 100,
    "WAIT_SECONDS": 10,
    "STUCK_SECONDS": 300,
    "UPLOAD_BYTES": 51 * 1024 * 1024,  # the largest spreadsheet and the form around it
    "FORM_BYTES": 11 * 1024 * 1024,
    "ALL_BODIES_BYTES": 256 * 1024 * 1024,
    "BODY_IDLE_SECONDS": 15,
    "BODY_GRACE_SECONDS": 30,
    "BODY_BYTES_PER_SECOND": 16 * 1024,
}
WEB_VIEWS_TAKING_FILES = {"measures:import_list", "public:verify"}
WEB_VIEWS_TAKING_LONG = {
    "measures:history_export",
    "measures:import_marked",
    "measures:import_report",
    "measures:import_own_workbook",
    "measures:submission_own_workbook",
}

# How often one may ask, by kinds of alliance_portal.serving.rates: far more than anybody does by hand
CALL_RATES = limits.CALL_RATES | env.dict("CALL_RATES", default={})
# How many dashboards a process keeps while nothing in the database changes, each as long as its page
DASHBOARDS_KEPT = 100
PEERS: list[Peer] = []  # whom the portal may call, and nobody else; where none is named, anybody

# What looks at files before they are read: clamd, by the path of its socket or as host:port
MALWARE_SCANNER = env.str("MALWARE_SCANNER", default="")

# Data. Pages are to be quick or to say why not; tasks and commands may take their time.
IS_WEB = env.bool("PORTAL_IS_WEB", default=False)  # set by alliance_portal.serving.asgi
_database = env.db("DATABASE_URL")
DATABASES = {
    "default": _database
    | {"ATOMIC_REQUESTS": False}
    | database_limits(_database, is_web=IS_WEB, threads=WEB_LIMITS["THREADS"])
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "alliance_portal.stores.cache.FallbackCache",
        "LOCATION": env.str("REDIS_URL"),
        "OPTIONS": {
            **cache_limits(),
            "serializer": "alliance_portal.hardening.cache_serializer.MessagePackSerializer",
        },
        "VERSION": 2,  # values of version 1 were pickled
    }
}
MEDIA_ROOT = env.path("MEDIA_ROOT", default=BASE_DIR / ".state" / "media")
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "partners.files.uploads.CleanTemporaryFileUploadHandler",
]
STORAGES = {
    "default": {"BACKEND": "partners.files.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# People
AUTH_USER_MODEL = "partners.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # the address is unique by a constraint that ignores case
AUTHENTICATION_BACKENDS = [
    "partners.sign_in.authentication.PortalBackend",
    "partners.backends.RoleBackend",  # rights in the administration
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "partners.sign_in.adapters.PortalAccountAdapter"
ACCOUNT_FORMS = {"reset_password": "partners.sign_in.forms.ResetPasswordForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # an invitation proves the first address
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True  # a code is typed, so no address of a page carries it
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True  # one address; a new one takes its place once it is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_METHODS = {"password", "mfa"}  # a mail alone does not prove who somebody is
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Allianz-Portal] "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to people we do not know
PASSWORD_RESET_TIMEOUT = 4 * 3600  # seconds a link to a new password works
ACCOUNT_RATE_LIMITS = {
    "login_failed": "30/m/ip,5/5m/key",  # the key: an account from one client
    "login_failed_device": "5/5m/key",  # an account from a browser that has signed in to it
    "login_failed_account": "100/h/key",  # an account from everywhere else together
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "partners.sign_in.passwords.BreachedPasswordValidator"},
    {"NAME": "partners.sign_in.passwords.ContextWordsValidator"},
]
# How many reverse proxies of one's own stand in front: as many addresses at the end of X-Forwarded-For count
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)

# The second factor: who is named here, by role or as everybody, does nothing before having one
MFA_REQUIRED_ROLES = env.list("MFA_REQUIRED_ROLES", default=[]) or ["everybody"]
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True  # only hashes are kept, see partners/sign_in/one_time_codes.py
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Allianz-Portal"
MFA_TOTP_TOLERANCE = 0  # a code is good in its own half minute, and once: see one_time_codes.py
MFA_ADAPTER = "partners.sign_in.adapters.PortalMFAAdapter"
MFA_ENCRYPTION_KEYS: list[str] | None  # 32 bytes each, in base64; the first encrypts, all decrypt

# Sign-in by an OpenID Connect provider, if the environment names one: partners/sign_in/openid
SOCIALACCOUNT_ADAPTER = "partners.sign_in.openid.adapter.PortalSocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = openid.PROVIDERS
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
OPENID_ROLES = openid.ROLES
OPENID_ROLES_CLAIM = openid.ROLES_CLAIM
OPENID_SECOND_FACTOR = openid.SECOND_FACTOR

# Sessions end on the server, see partners/sign_in/session_store.py
SESSION_ENGINE = "partners.sign_in.session_store"
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=60)
SESSION_MAX_HOURS = env.int("SESSION_MAX_HOURS", default=12)
SESSION_COOKIE_AGE = SESSION_MAX_HOURS * 3600

# Languages: German first
LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["alliance_portal.formats"]

# Lists in and out of the administration: the web keeps no file between preview and confirmation
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "change"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
IMPORT_EXPORT_ESCAPE_ILLEGAL_CHARS_ON_EXPORT = True
IMPORT_EXPORT_TMP_STORAGE_CLASS = "import_export.tmp_storages.CacheStorage"
LIST_ROWS_IN_A_REQUEST = 1_000  # a list of more rows goes through the queue
LIST_MOST_ROWS = 50_000
LIST_MOST_BYTES = 10 * 1024 * 1024
LIST_MOST_UNPACKED_BYTES = 50 * 1024 * 1024
LIST_SECONDS = 1500  # then an export or import is given up
LIST_MEMORY_BYTES = 1024 * 1024 * 1024

# Files
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT: Path | None = BASE_DIR / "staticfiles"

# Browsers
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # KERN's icons are data images
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *openid.origins()],  # browsers hold redirects after a form to it, too
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "report-uri": "/csp-bericht/",  # for browsers that do not know the next line yet
        "report-to": "csp",
    }
}
REPORTING_ENDPOINTS = 'csp="/csp-bericht/"'
CSP_REPORTS_A_MINUTE = 30
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []  # no page needs any of them
    for feature in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True  # that of the token is read by static/portal/grid_saving.js
DEVICE_COOKIE_NAME = "device"
MESSAGE_STORAGE = (
    "django.contrib.messages.storage.session.SessionStorage"  # not in a cookie: messages name records
)

# Mail
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")
EMAIL_TIMEOUT = 30
# Where mails that cannot be delivered go back to; the portal puts a mark of each mail before its @
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", default="")
# Where links in mails written by a worker lead
PORTAL_ADDRESS = env.str("PORTAL_ADDRESS", default="http://localhost:8000")

# Logs and errors
LOGGING = logs.LOGGING
REQUEST_ID_FROM_PROXY = env.bool("REQUEST_ID_FROM_PROXY", default=False)
ADMINS = [(address, address) for address in env.list("ADMINS", default=[])]  # errors are mailed to them
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SECURITY_EVENTS_KEPT_DAYS = max(
    30, env.int("SECURITY_EVENTS_KEPT_DAYS", default=365)
)  # the database keeps 30

# The queue
CELERY_BROKER_URL = env.str("REDIS_URL")
CELERY_ACCEPT_CONTENT = CELERY_RESULT_ACCEPT_CONTENT = ["json"]  # data, nothing that runs
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_TASK_QUEUES = [  # a worker without --queues serves all of them
    Queue(name, routing_key=name) for name in ("reading", "writing", "reports", "lists", "mail", "upkeep")
]
CELERY_TASK_DEFAULT_QUEUE = "upkeep"
CELERY_TASK_DEFAULT_ROUTING_KEY = "upkeep"
CELERY_TASK_ROUTES = {
    "measures.read_next_import": {"queue": "reading"},
    "measures.carry_out_next_request": {"queue": "writing"},
    "reporting.produce_*": {"queue": "reports"},
    "reporting.check_*": {"queue": "reports"},
    "measures.mark_file": {"queue": "reports"},  # somebody waits; upkeep does not
    "measures.make_import_report": {"queue": "reports"},
    "partners.transfer_next_list": {"queue": "lists"},
    "partners.send_*": {"queue": "mail"},
    "measures.send_*": {"queue": "mail"},
    "reporting.announce_*": {"queue": "mail"},
    "portal.mail_error": {"queue": "mail"},
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_TIME_LIMIT = 1800
# How many imports of one person, and of one organisation, are read at once, and how many applied
IMPORTS_AT_ONCE_PER_PERSON = env.int("IMPORTS_AT_ONCE_PER_PERSON", default=1)
IMPORTS_AT_ONCE_PER_ORGANISATION = env.int("IMPORTS_AT_ONCE_PER_ORGANISATION", default=1)
# When a queue is too long, or what is first in it has waited too long
QUEUE_ALARM_LENGTH = env.int("QUEUE_ALARM_LENGTH", default=100)
QUEUE_ALARM_MINUTES = env.int("QUEUE_ALARM_MINUTES", default=30)
IMPORT_TASK_SECONDS = 3600  # a million rows on a slow machine; then the import is given up
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 2
    * max(CELERY_TASK_TIME_LIMIT, IMPORT_TASK_SECONDS),  # no task outlives its message
    **broker_limits(is_web=IS_WEB),
}
CELERY_TASK_PUBLISH_RETRY = not IS_WEB  # what could not be sent is dispatched later
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 512 * 1024  # KiB: a child that grew is replaced after its task
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = SCHEDULE

# Triggers belong to migrations
PGTRIGGER_MIGRATIONS = True

# Versions of figures are found by key or import; an index per column would double the cost of writing them
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)

# Spreadsheets: what a file may cost before it is refused
IMPORT_MAX_UPLOAD_BYTES = 50 * 1024 * 1024
ATTACHMENT_MAX_BYTES = 10 * 1024 * 1024
IMPORT_MAX_UNPACKED_BYTES = 1024 * 1024 * 1024
IMPORT_MAX_SHEETS = 250
IMPORT_MAX_ROWS = 1_100_000
IMPORT_MAX_COLUMNS = 16_384
IMPORT_MAX_CELLS = 20_000_000
IMPORT_MAX_SECONDS = 300
IMPORT_MAX_MEMORY_BYTES = 1536 * 1024 * 1024
# Above it a file comes back as the list of its problems, not as a marked workbook
IMPORT_MAX_MARKED_ROWS = 100_000
IMPORT_MAX_MARKING_SECONDS = 120
REPORT_ROWS_IN_A_REQUEST = 20_000  # the JSON report of an import with more is made in the queue
REPORT_SECONDS = 900
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
