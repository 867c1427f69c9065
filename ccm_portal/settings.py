"""Settings of the portal, all of them read from the environment.

`.env.example` explains every variable. A file `.env` beside `manage.py` is read first, where
it exists; variables that are already set win over it.
"""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from ccm_portal import environment
from ccm_portal.watching import logs

BASE_DIR = Path(__file__).resolve().parent.parent
environment.read_file(BASE_DIR / ".env")
VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)


# Running mode and secrets

DEBUG: bool = environment.switch("DEBUG", default=False)
INSECURE_KEY = "insecure-key-for-development-only"
SECRET_KEY: str = environment.text("SECRET_KEY", INSECURE_KEY if DEBUG else "")
if not DEBUG and (not SECRET_KEY or SECRET_KEY in {INSECURE_KEY, "change-me"}):
    raise ImproperlyConfigured(
        "SECRET_KEY is missing or still the example's: set the environment variable SECRET_KEY "
        "to a long random text (`make run` writes one into .env), or set DEBUG=on to develop."
    )
SECRET_KEY_FALLBACKS: list[str] = environment.texts("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS: list[str] = environment.texts(
    "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEBUG else []
)
HTTPS: bool = environment.switch("HTTPS", default=not DEBUG)
BEHIND_PROXY: bool = environment.switch("BEHIND_PROXY", default=False)


# What the portal is made of

INSTALLED_APPS = [
    "ccm_portal",
    "states",
    "reports",
    "actions",
    "ccm_portal.admin_site.apps.SecretariatAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "ccm_portal.sign_in.apps.SignInConfig",
    "csp",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "import_export",
    "simple_history",
    "django_structlog",
]

MIDDLEWARE = [
    "ccm_portal.health.middleware.HealthMiddleware",
    "ccm_portal.watching.requests.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "ccm_portal.guard.headers.HeadersMiddleware",
    # Before static files and the pages that are kept, which have these headers from here alone.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "ccm_portal.guard.headers.AdminPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ccm_portal.guard.characters.NulMiddleware",
    # Before whatever asks the database.
    "ccm_portal.database.answers.BreakerMiddleware",
    "ccm_portal.page_cache.PageCacheMiddleware",
    "ccm_portal.read_only.ReadOnlyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ccm_portal.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ccm_portal.sign_in.sessions.SessionLimitsMiddleware",
    "ccm_portal.sign_in.second_factor.SecondFactorMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "ccm_portal.as_of.AsOfMiddleware",
    "ccm_portal.guard.throttling.ThrottleMiddleware",
    "ccm_portal.file_store.FileStoreMiddleware",
]
METRICS_TOKEN: str = environment.text("METRICS_TOKEN")
if METRICS_TOKEN:
    MIDDLEWARE = [
        "django_prometheus.middleware.PrometheusBeforeMiddleware",
        *MIDDLEWARE,
        "django_prometheus.middleware.PrometheusAfterMiddleware",
    ]

ROOT_URLCONF = "ccm_portal.urls"
WSGI_APPLICATION = "ccm_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "ccm_portal.site.context.portal",
            ],
            "builtins": ["ccm_portal.templatetags.dates"],
        },
    },
]


# Stored things

DATABASES = {"default": environment.database("DATABASE_URL", f"sqlite:///{VAR_DIR}/portal.sqlite3")}
# Each thread keeps its connection: opening one costs more than a page that was made before. After
# a restart of the database it is found broken and opened anew before a request uses it.
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue instead of failing half-way, and a committed write survives a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    # A machine that is gone is found out, by whoever waits for it and however long its work may
    # take. What DATABASE_URL says itself stands.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 300_000,
        **DATABASES["default"].get("OPTIONS", {}),
    }
# Seconds that a statement of a web request may take (`ccm_portal.database.limits`).
DATABASE_SECONDS: int = environment.number("DATABASE_SECONDS", default=15)

MEDIA_ROOT = environment.text("MEDIA_ROOT", str(VAR_DIR / "media"))
MEDIA_URL = "media/"
UPLOAD_MAX_BYTES: int = environment.number("UPLOAD_MAX_BYTES", default=20 * 2**20)
# One handler alone, which bounds every upload: what is too large never reaches the disk.
FILE_UPLOAD_HANDLERS = ["states.files.receiving.BoundedUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# What long work reads and makes, and how far it is.
WORK_DIR = Path(environment.text("WORK_DIR", str(VAR_DIR / "work")))
STATIC_URL = "static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Files lie in folders, or in a bucket where S3_BUCKET names one: never public there, because the
# portal itself decides who gets which file.
S3_BUCKET: str = environment.text("S3_BUCKET")
S3_OPTIONS = {
    "bucket_name": S3_BUCKET,
    "endpoint_url": environment.text("S3_ENDPOINT_URL") or None,
    "region_name": environment.text("S3_REGION") or None,
}
STORAGES: dict[str, dict[str, object]] = {
    "default": {
        "BACKEND": "ccm_portal.bucket.BucketStorage",
        "OPTIONS": S3_OPTIONS | {"location": "media"},
    }
    if S3_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What long work reads and makes. Workers and web processes share it; nobody else sees it.
    "work": {
        "BACKEND": "ccm_portal.bucket.BucketStorage",
        "OPTIONS": S3_OPTIONS | {"location": "work"},
    }
    if S3_BUCKET
    else {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(WORK_DIR / "files"), "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
        # Whoever installs collects them, and the portal's user reads them: unlike uploaded files.
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
# Pages name the hashed files alone; maps of scripts are for whoever debugs, not worth squeezing.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map", "md", "txt"]

REDIS_URL: str = environment.text("REDIS_URL")
CACHES: dict[str, dict[str, object]] = {
    "default": {
        "BACKEND": "ccm_portal.cache.LenientRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # Small counts of tries and requests: more of them than anybody can make while they hold.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
# Apart from the counts, which whoever asks for a thousand pages would otherwise push out.
CACHES["pages"] = (
    CACHES["default"]
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    }
)
# How far long work is: all processes look there, also without Redis.
CACHES["progress"] = (
    CACHES["default"]
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(WORK_DIR / "progress"),
    }
)
# Pages that were made once are kept until the data change (`ccm_portal.page_cache`).
PAGE_CACHE: bool = environment.switch("PAGE_CACHE", default=not DEBUG)
# Tables whose rows never show on a public page: writing there leaves the data's version alone.
UNSHOWN_TABLES = (
    "ccm_portal_",
    "django_session",
    "django_admin_log",
    "auth_",
    "account_",
    "mfa_",
    "reports_letter",
    "reports_historicalletter",
    "reports_bounce",
    "reports_hold",
    "sign_in_",
    "reports_jobrun",
    "reports_alarm",
)


# Jobs: Redis where it is named, else a folder under var/ that serves as the broker

BROKER_DIR = Path(environment.text("BROKER_DIR", str(VAR_DIR / "broker")))
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(BROKER_DIR / "schedule")
# A Redis that hangs is found out: whoever asks for long work must not wait for it without end.
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
}
if not REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "processed_folder": str(BROKER_DIR / "processed"),
        "control_folder": str(BROKER_DIR / "control"),
        "store_processed": False,
    }
    # A queue for remote control would leave a file a message behind, read by nobody.
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False


# Mail: files under var/outbox/ unless EMAIL_URL names a server

EMAIL_OUTBOX_DIR = VAR_DIR / "outbox"
vars().update(environment.mail("EMAIL_URL", f"filemail:///{EMAIL_OUTBOX_DIR}"))
EMAIL_TIMEOUT: int = environment.number("EMAIL_TIMEOUT", default=60)
# A mail provider that tells of letters that came back (`reports.letters.sending.provider_events`).
EMAIL_WEBHOOK_PROVIDER: str = environment.text("EMAIL_WEBHOOK_PROVIDER")
EMAIL_WEBHOOK_KEY: str = environment.text("EMAIL_WEBHOOK_KEY")


# Languages, time and the date that the pages speak of

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("es", _("Spanish")), ("ar", _("Arabic"))]
PUBLIC_LANGUAGES = ["en"]  # those of LANGUAGES whose catalogue is complete
LOCALE_PATHS = [BASE_DIR / "ccm_portal" / "locale"]
FORMAT_MODULE_PATH = ["ccm_portal.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
PORTAL_DATE = environment.day("PORTAL_DATE")


# Safety

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
# Public pages never see who is signed in: the browser sends the session to the admin alone.
SESSION_COOKIE_PATH = "/admin/"
SESSION_COOKIE_AGE = 60 * 60 * environment.number("SESSION_HOURS", default=10)
SESSION_IDLE = timedelta(minutes=environment.number("SESSION_IDLE_MINUTES", default=120))
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_PATH = "/admin/"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
# Nothing here asks for the reader's camera, place or payment; passkeys are for the sign-in.
NOT_ASKED_FOR = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
    *("encrypted-media", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get"),
    *("idle-detection", "interest-cohort", "local-fonts", "magnetometer", "microphone", "midi"),
    *("otp-credentials", "payment", "picture-in-picture", "screen-wake-lock", "serial"),
    *("storage-access", "usb", "xr-spatial-tracking"),
)
PERMISSIONS_POLICY: dict[str, list[str]] = {
    **{feature: [] for feature in NOT_ASKED_FOR},
    "publickey-credentials-create": ["self"],
    "publickey-credentials-get": ["self"],
}
# Requests a minute from one address, by where the path begins. Generous, because a conference
# shares one address; the API has its own limit below.
THROTTLED = {
    "/search/": 300,
    "/figures": 300,
    "/compare/": 300,
    "/data/": 120,
    "/progress-reports/": 300,
}


# Sign-in of staff

SECOND_FACTOR: str = environment.choice("SECOND_FACTOR", ["required", "optional"])
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "ccm_portal.sign_in.adapters.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True  # SESSION_COOKIE_AGE and SESSION_IDLE say how long, for everybody
# After five wrong passwords for one name it waits five minutes, whatever the address; the others
# stop a machine that tries many names.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "reauthenticate": "10/m/user",
}
# As many proxies as are trusted to say where a request came from.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
MFA_ADAPTER = "ccm_portal.sign_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_TOLERANCE = 1  # clocks of telephones may be half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True


# API: public and read-only, the same for everybody

REST_FRAMEWORK: dict[str, object] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": [
        "rest_framework.renderers.JSONRenderer",
        "ccm_portal.rest.table.CSVRenderer",
    ],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "ccm_portal.rest.negotiation.FormatNegotiation",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_PAGINATION_CLASS": "ccm_portal.rest.pagination.Pages",
    "DEFAULT_SCHEMA_CLASS": "ccm_portal.rest.schema.PortalSchema",
    "EXCEPTION_HANDLER": "ccm_portal.rest.errors.answer_error",
    # Stops a script that runs away, not a conference that shares one address. Each web process
    # counts by itself unless REDIS_URL gives them a common cache.
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"anon": "1200/minute"},
    # A caller cannot choose the address under which it is counted.
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
}
SPECTACULAR_SETTINGS: dict[str, object] = {
    "TITLE": "Convention on Cluster Munitions: status and reports",
    "DESCRIPTION": _(
        "Who is bound by the Convention on Cluster Munitions, what each state must report and "
        "what came, on any date, with the evidence. Read-only, without sign-in. Every address "
        "takes `as_of`, the date that the answer speaks of; a parameter that an address does not "
        "know is refused. Drafts and documents that are not public never appear."
    ),
    "VERSION": "1.0.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "StatusEnum": "states.register.Status",
        "RegionEnum": "states.models.state.Region",
        "UNRegionalGroupEnum": "states.models.state.UNRegionalGroup",
        "CertaintyEnum": "states.models.certainty.Certainty",
        "TreatyActionKindEnum": "states.models.treaty.TreatyAction.Kind",
        "DepositKindEnum": "states.api.standings.KIND_OF_DEPOSIT",
        "ClockKindEnum": "states.api.standings.KIND_OF_CLOCK",
        "MeetingKindEnum": "states.models.meeting.Meeting.Kind",
        "DocumentKindEnum": "states.models.document.Document.Kind",
        "NameKindEnum": "states.models.state.StateName.Kind",
    },
}


# Spreadsheets

IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORTS_DIR = VAR_DIR / "imports"  # uploads that wait for their confirmation


# Logs

LOGGING = logs.configure(environment.choice("LOG_FORMAT", logs.LOG_FORMATS))
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # an address is a person's; proxies keep their own log
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = 20
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
