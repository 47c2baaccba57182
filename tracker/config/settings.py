"""The settings: one file, from environment variables only (docs/configuration.md lists them).

EMBEDDED says that this is the register of one machine, as `make up` runs it: addresses and secrets come from the
files that `up` keeps in DATA_DIR, and the browser speaks plain HTTP. Without it a missing secret stops the start.
"""

import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from tracker.config import env
from tracker.embedded import place

BASE_DIR = Path(__file__).resolve().parents[2]

EMBEDDED = env.flag("EMBEDDED")
DATA_DIR = place.data_dir()
HERE = place.addresses(DATA_DIR) if EMBEDDED else None

DEBUG = env.flag("DEBUG")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

# A command on a machine where `up` never ran still needs some key: one that nobody knows, and that ends with it.
if EMBEDDED:
    SECRET_KEY = (
        env.text("SECRET_KEY") or place.read_secret(DATA_DIR / "secret-key") or secrets.token_urlsafe(48)
    )
else:
    SECRET_KEY = env.required("SECRET_KEY")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "pgtrigger",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "tracker",
    "api",
]

MIDDLEWARE = [
    "tracker.web.requests.named",
    "tracker.web.requests.bodiless",
    "api.middleware.spoken",
    "tracker.web.requests.bearable_cookies",
    "api.gate.gate",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    # What follows is for people with a browser. Static files come first: they know no session.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.web.aside.ContentSecurity",
    "tracker.web.requests.bounded",
    "tracker.web.aside.Session",
    "tracker.web.aside.FormToken",
    "tracker.web.aside.Account",
    "allauth.account.middleware.AccountMiddleware",
    "tracker.web.aside.Messages",
]

ROOT_URLCONF = "tracker.config.urls"
WSGI_APPLICATION = "tracker.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "tracker" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- The database -----------------------------------------------------------------------------------------------

WEB_THREADS = env.number("WEB_THREADS", 4, least=1)
database_url = env.text("DATABASE_URL") or (HERE.database_url if HERE else env.required("DATABASE_URL"))
env.of_scheme(database_url, "DATABASE_URL", {"postgres", "postgresql"})
database = environ.Env.db_url_config(env.with_password(database_url, "DATABASE_PASSWORD"))
DATABASES = {
    "default": {
        **database,
        # Django's own; a restarted database costs no reader an error, nor every reader a question.
        "ENGINE": "tracker.config.postgresql",
        "OPTIONS": {
            "connect_timeout": 5,
            # What is read most is planned once for each connection (tracker/queries/asking.py). psycopg, which throws
            # away all plans of a connection after a ROLLBACK, is to prepare nothing.
            "prepare_threshold": None,
            # And no trigger is passed over. Unsaid, each finds that out by an error of its own, and PostgreSQL goes
            # through all that waits for the commit each time: 12,000 facts in one transaction took minutes.
            # Nor is anything merged: what is looked up for each row of a page costs a sort for each, where the tables
            # are small enough for the planner to think it cheap: a fifth of all the time of a list.
            # Nor is a plan compiled: a kept plan would be compiled anew each time that it runs.
            # Two names are alike enough from here: "Polise" and "Police" (queries/meaning.py).
            "options": "-c plan_cache_mode=force_generic_plan -c enable_mergejoin=off -c jit=off"
            " -c pgtrigger.ignore={} -c pg_trgm.strict_word_similarity_threshold=0.4",
            **database.get("OPTIONS", {}),
            # The default of four starves: a connection for each thread, and two to spare.
            "pool": {"min_size": 1, "max_size": WEB_THREADS + 2, "timeout": 10},
        },
    },
}
# What runs for minutes reads over connections of its own, as many as there may be exports at once in a process.
EXPORTS_AT_ONCE = env.number("EXPORTS_AT_ONCE", 2, least=1)
EXPORT_SECONDS = env.number("EXPORT_SECONDS", 15 * 60, least=1)
EXPORT_STALL_SECONDS = env.number("EXPORT_STALL_SECONDS", 30, least=1)
# Where workbooks are written while they are made: a folder of the system's for such files, if none is named.
EXPORTS_DIR = env.text("EXPORTS_DIR") or None
EXPORTS_DATABASE = "exports"
DATABASES[EXPORTS_DATABASE] = {
    **DATABASES["default"],
    "OPTIONS": {
        **DATABASES["default"]["OPTIONS"],
        "pool": {"min_size": 0, "max_size": EXPORTS_AT_ONCE, "timeout": 10},
    },
}
DATABASE_ROUTERS = ["tracker.queries.readers.Readers"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- The cache: each process's own memory, or a server of its own (never the broker, which must not evict) -----

if env.text("CACHE_URL"):
    cache_url = env.of_scheme(env.text("CACHE_URL"), "CACHE_URL", environ.Env.CACHE_SCHEMES)
    cache = kept = environ.Env.cache_url_config(cache_url)
else:
    cache = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    kept = {"BACKEND": "api.memory.Memory", "OPTIONS": {"MAX_ENTRIES": 128}}
CACHES = {
    "default": cache,
    # Whole public answers, of 512 KiB at most (api/answers.py): some tens of megabytes in the memory of a process.
    "answers": {**kept, "KEY_PREFIX": "answers", "LOCATION": kept.get("LOCATION", "answers")},
}

# --- Celery -----------------------------------------------------------------------------------------------------

broker_url = env.text("BROKER_URL") or (HERE.broker_url if HERE else env.required("BROKER_URL"))
env.of_scheme(broker_url, "BROKER_URL", {"redis", "rediss", "sentinel", "amqp", "amqps"})
CELERY_BROKER_URL = env.with_password(broker_url, "BROKER_PASSWORD")
# What held when workers, brokers and databases were killed: a task is done when it ended, not when it was taken.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # wait for the broker for ever
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
# A hung broker blocks a publisher for minutes by default. Beat asks again anyway.
CELERY_BROKER_CONNECTION_TIMEOUT = 4
once_more = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.5}
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 3,
    "socket_connect_timeout": 4,
    "visibility_timeout": 30 * 60,
    **once_more,
}
CELERY_TASK_PUBLISH_RETRY_POLICY = once_more
# When something runs: so many seconds apart. Once the next message comes, the one before it is worth nothing.
every = {
    "record_missed_deadlines": 180,
    "make_notices": 10,
    "send_due_messages": 15,
    "send_due_calls": 10,
    "send_reply_links": 60,
    "tell_of_proposals": 60,
    # Each asks whether the day's are made: soon after their time, or whenever the service is up again.
    "make_reminders": 600,
    "make_digests": 600,
    "dump_register": 900,
    # Each forgets what is over.
    "forget_rate_counts": 600,
    "forget_unconfirmed": 3600,
    "forget_old_words": 3600,
    "look_at_sources": 300,
    "run_imports": 5,
}
CELERY_BEAT_SCHEDULE = {
    name: {"task": f"tracker.tasks.{name}", "schedule": seconds, "options": {"expires": seconds}}
    for name, seconds in every.items()
}

# --- Mail -------------------------------------------------------------------------------------------------------

if env.text("EMAIL_URL") or not EMBEDDED:
    email_url = env.of_scheme(env.required("EMAIL_URL"), "EMAIL_URL", environ.Env.EMAIL_SCHEMES)
    mail = environ.Env.email_url_config(email_url)
    EMAIL_BACKEND = mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = mail["EMAIL_HOST"] or "localhost", mail["EMAIL_PORT"] or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail["EMAIL_HOST_USER"] or "", mail["EMAIL_HOST_PASSWORD"] or ""
    EMAIL_USE_TLS, EMAIL_USE_SSL = mail.get("EMAIL_USE_TLS", False), mail.get("EMAIL_USE_SSL", False)
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")
EMAIL_TIMEOUT = 20
# The service that sends our mail, as django-anymail calls it ("postmark"): it may tell us later what bounced. By which
# "user:password" it calls, it and we know.
MAIL_SERVICE = env.text("MAIL_SERVICE")
ANYMAIL = {"WEBHOOK_SECRET": env.required("MAIL_SERVICE_SECRET")} if MAIL_SERVICE else {}
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "register@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where the links of a mail lead: the service's own address, without a slash at the end.
if EMBEDDED:
    SITE_URL = env.text("SITE_URL") or f"http://127.0.0.1:{env.port()}"
else:
    SITE_URL = env.required("SITE_URL")
SITE_URL = SITE_URL.rstrip("/")

# --- Calls of addresses that somebody typed in (tracker.egress) -------------------------------------------------

# Networks that may be called besides the public internet: for tests, and for systems of an intranet.
EGRESS_ALLOW = env.networks("EGRESS_ALLOW")

# Whom the keeper of a page may write to, where the register asks whether it is still there; and, where copies are to
# be asked of the Wayback Machine, its key ("access:secret").
WATCH_CONTACT = env.text("WATCH_CONTACT") or DEFAULT_FROM_EMAIL
WAYBACK_KEY = env.text("WAYBACK_KEY")

# Whoever asks for /metrics says this word; without it nobody is answered.
METRICS_TOKEN = env.text("METRICS_TOKEN")

# --- People -----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "tracker.User"
# What a body would contest needs two people: tracker/queries/second_looks.py. On one machine there may be one only.
TWO_PERSON_RULE = env.flag("TWO_PERSON_RULE", default=not EMBEDDED)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
# Who keeps the register has a password and something else; on one machine that is their own choice.
SECOND_FACTOR_REQUIRED = not EMBEDDED
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"
ACCOUNT_ADAPTER, MFA_ADAPTER = "tracker.signin.adapter.Accounts", "tracker.signin.adapter.SecondFactors"
ACCOUNT_LOGIN_METHODS, ACCOUNT_SIGNUP_FIELDS = {"username"}, ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # nobody signs up: accounts are made by administrators
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "admin:login"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Told to Act"
# A code is good for the half minute before and after its own: clocks of telephones differ.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EMBEDDED

# --- Words and time ---------------------------------------------------------------------------------------------

# The register's time zone: a deadline passes when the next day begins here.
TIME_ZONE = env.time_zone("TIME_ZONE", "Europe/London")
USE_TZ = True
LANGUAGE_CODE = "en-gb"

# --- The API ----------------------------------------------------------------------------------------------------

REST_FRAMEWORK: dict[str, object] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.PartnerKeys"],
    "DEFAULT_PERMISSION_CLASSES": ["api.authentication.Scoped"],
    "DEFAULT_THROTTLE_CLASSES": ["api.throttling.Limits"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "api.renderers.Negotiation",
    "DEFAULT_PARSER_CLASSES": ["api.parsers.Json"],
    "DEFAULT_RENDERER_CLASSES": ["api.renderers.Json"],
    "DEFAULT_SCHEMA_CLASS": "api.schema.RegisterSchema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
# How many proxies of ours stand in front, each of which appends whom it saw to X-Forwarded-For.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
# 0: no limit.
REQUESTS_PER_MINUTE_OF_AN_ADDRESS = env.number("RATE_LIMIT_ADDRESS", 1200)
REQUESTS_PER_MINUTE_OF_A_KEY = env.number("RATE_LIMIT_KEY", 6000)
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "api.errors.ProblemHandler",
    "EXCEPTION_FORMATTER_CLASS": "api.errors.ProblemFormatter",
}
# Many fields are called `kind`: each closed list has the name that it has in the code.
closed_lists = (
    "Basis", "BodyKind", "ChallengeAbout", "ChallengeOutcome", "Challenger", "ClockStart", "Counting",
    "DeadlineUnit", "DevelopmentKind", "HolidayCalendar",
    "Implementation", "LinkKind", "News", "Noun", "Position", "Precision", "ProposalKind", "ProposalState",
    "Reason", "RecommendationKind", "Relation", "ReportKind", "ResponseDate", "ResponseKind", "Role",
    "SourceKind", "Strength", "TimeKind",
)  # fmt: skip
SPECTACULAR_SETTINGS = {
    "TITLE": "Told to act",
    "DESCRIPTION": "The open register of who was told to do what, by when, what they answered, and what they did.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "api.schema.partly_told"],
    "ENUM_NAME_OVERRIDES": {
        **{name: f"tracker.vocabulary.{name}" for name in closed_lists},
        "AddresseeStatus": "tracker.vocabulary.STATUSES",
        "WebhookNews": "tracker.vocabulary.WEBHOOK_NEWS",
    },
}

# The nightly dumps: written by the worker, served by web. On several machines they share this folder.
DUMPS_DIR = env.text("DUMPS_DIR") or str(DATA_DIR / "dumps")

# --- Static files: served by the application ----------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = None if EMBEDDED else Path(env.text("STATIC_ROOT") or BASE_DIR / "static-collected")
if EMBEDDED:
    WHITENOISE_USE_FINDERS = True  # straight from the source tree, nothing to collect
    STATIC_STORAGE = "django.contrib.staticfiles.storage.StaticFilesStorage"
else:
    STATIC_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}

# Papers that staff upload: outside everything that is served by its name. Only views hand them out, as attachments.
MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# A page of the desk may hold a box for each of some thousand addressees.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- What browsers may do -----------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
if not EMBEDDED:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
    # Containers ask each other in plain HTTP whether they are well.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 3600)
    # Only where every request comes through a proxy that sets this header itself.
    if env.flag("BEHIND_PROXY"):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Logs: to standard error ----------------------------------------------------------------------------------------

LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", {"DEBUG", "INFO", "WARNING", "ERROR"})
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}{request_name}: {message}", "style": "{"},
    },
    "filters": {
        "request_name": {"()": "tracker.web.requests.RequestName"},
        "no_keys": {"()": "tracker.web.requests.NoKeys"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_name", "no_keys"],
        },
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "tracker": {"level": LOG_LEVEL},
        "api": {"level": LOG_LEVEL},
        "celery": {"level": "WARNING" if EMBEDDED else LOG_LEVEL},
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
