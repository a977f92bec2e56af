"""Settings of one installation, read from the environment, with secure defaults.

| variable        | meaning                                                             | default            |
|-----------------|---------------------------------------------------------------------|--------------------|
| SECRET_KEY      | signs links and sessions                                            | none: an error     |
| DATABASE_URL    | PostgreSQL 15 or newer                                              | none: an error     |
| REDIS_URL       | Redis or Valkey, 6.2 or newer                                       | redis://localhost  |
| ALLOWED_HOSTS   | comma-separated host names                                          | localhost          |
| PUBLIC_URL      | address that mailed links begin with                                | localhost:8000     |
| MAIL_FOLDER     | folder that mail is written to when SMTP_URL is not set             | var/mail           |
| ATTACHMENT_FOLDER| folder that attachments are kept in, outside the checkout          | the data folder    |
| VIRUS_SCANNER   | clamd://host:port, clamd:///socket, or a function's dotted path     | none: not scanned  |
| SMTP_URL        | smtp://user:password@host:port, smtps:// for TLS from the start     | none               |
| DEMONSTRATION   | 1 shows the strip that says figures are invented                    | 0                  |
| GENERATED_FOLDER| where collected static files and compiled catalogues are put        | var                |
| NODE_MODULES    | where npm has put the front-end packages                            | node_modules       |
| REGISTER_URL    | the CVR register's `_search`, before `cvr-permanent/`               | none: a local copy |
| REGISTER_USER   | the name we ask the register under                                  | none               |
| REGISTER_PASSWORD | the password that belongs to it                                   | none               |
| JOBINDSATS_TOKEN | what Jobindsats' API knows us by, one for the organisation         | none               |
| DATABASE_POOL   | connections kept open by a process that serves threads              | 0: no pool         |
| BEHIND_PROXY    | 1 when a proxy in front says who asks, and whether over HTTPS       | 0                  |
| DEBUG           | 1 for a developer's own machine                                     | 0                  |
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from jobcenter.runtime.setup import data_folder

BASE_DIR = Path(__file__).resolve().parent.parent


def required(name: str) -> str:
    """The variable's value; raises ImproperlyConfigured with a sentence if it is not set."""
    try:
        return os.environ[name]
    except KeyError:
        raise ImproperlyConfigured(
            f"The environment variable {name} is not set. `make run` sets it by itself; "
            "an installation of its own must choose it."
        ) from None


def switch(name: str) -> bool:
    """Whether the variable is set to 1."""
    return os.environ.get(name, "0") == "1"


DEBUG = switch("DEBUG")
DEMONSTRATION = switch("DEMONSTRATION")
SECRET_KEY = required("SECRET_KEY")
PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
GENERATED_FOLDER = Path(os.environ.get("GENERATED_FOLDER", BASE_DIR / "var"))

HTTPS = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = False  # the proxy in front answers for it
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if switch("BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = int(timedelta(hours=10).total_seconds())
SESSION_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "jobcenter.runtime",
    "jobcenter.pages",
    "jobcenter.notifications",
    "jobcenter.retention",
    "jobcenter.accounts",
    "jobcenter.geography",
    "jobcenter.classifications",
    "jobcenter.centres",
    "employers.companies",
    "employers.contacts",
    "employers.imports",
    "employers.access",
    "employers.vacancies",
    "employers.saved_searches",
    "employers.referrals",
    "employers.placements",
    "employers.enquiries",
    "employers.cooperation",
    "employers.surveys",
    "employers.campaigns",
    "employers.desk",
    "regions.measures",
    "regions.feeds",
    "regions.timeliness",
    "regions.comparison",
    "regions.oversight",
    "regions.interventions",
    "regions.bottlenecks",
    "regions.dashboard",
    "regions.publications",
    "regions.illustration",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "jobcenter.runtime.apps.CollectedFiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "import_export",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "drf_spectacular",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "jobcenter.pages.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jobcenter.accounts.middleware.MembershipMiddleware",
    "jobcenter.accounts.middleware.SecondFactorMiddleware",
    "jobcenter.pages.middleware.HealthWordsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "jobcenter.accounts.reading.ReadLogMiddleware",
    "jobcenter.accounts.middleware.ReadOnlyMiddleware",
    "employers.companies.middleware.MergedMeanwhileMiddleware",
]

ROOT_URLCONF = "jobcenter.urls"
WSGI_APPLICATION = "jobcenter.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jobcenter.pages.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

database: dict[str, Any] = {**dj_database_url.parse(required("DATABASE_URL"))}
if pool_size := int(os.environ.get("DATABASE_POOL", "0")):
    database.setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 5}
    # A connection from before the database was started anew is replaced, not handed to a page.
    database["CONN_HEALTH_CHECKS"] = True
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", **database}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = os.environ.get("REDIS_URL", "redis://localhost:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
# A mail or a recomputation waits as a row; Redis only says "look now", so a publish may fail fast.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 5, "max_retries": 0}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Copenhagen"
# The sign of life has a queue of its own, served in turn: a long list of work never hides it.
CELERY_TASK_QUEUES = [Queue("celery"), Queue("heartbeat")]
CELERY_TASK_ROUTES = {"runtime.heartbeat": {"queue": "heartbeat"}}
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "runtime.heartbeat", "schedule": 20.0, "options": {"expires": 60}},
    "sweep-lists": {"task": "imports.sweep", "schedule": 60.0},
    "forget-lists": {"task": "imports.forget", "schedule": crontab(hour=3, minute=40)},
    "sweep-register-imports": {"task": "companies.sweep", "schedule": 60.0},
    "sweep-mail": {"task": "notifications.sweep", "schedule": 60.0},
    "daily-mails": {"task": "notifications.bundle", "schedule": 300.0},
    "forget-notices": {"task": "notifications.forget", "schedule": crontab(hour=3, minute=50)},
    "sweep-recomputations": {"task": "comparison.sweep", "schedule": 60.0},
    "look-into-saved-searches": {"task": "saved_searches.look", "schedule": 300.0},
    # Asked for more often than it is done: a day's run is one row, whoever promises it.
    "promise-retention": {"task": "retention.promise", "schedule": crontab(hour="3-5", minute=20)},
    "sweep-retention": {"task": "retention.sweep", "schedule": 60.0},
    "forget-saved-searches": {"task": "saved_searches.forget", "schedule": crontab(hour=3, minute=55)},
    "forget-requests": {"task": "access.forget_requests", "schedule": crontab(hour=3, minute=45)},
    "remind-representatives": {"task": "placements.remind", "schedule": 300.0},
    "obey-conflicts": {"task": "placements.obey_conflicts", "schedule": 60.0},
    "end-placements": {"task": "placements.end_those_that_are_over", "schedule": 900.0},
    "ask-what-came-of-placements": {"task": "placements.ask_what_came", "schedule": crontab(minute=15)},
    "end-referrals": {"task": "referrals.end_those_in_vain", "schedule": 60.0},
    "sweep-attachments": {"task": "enquiries.sweep_attachments", "schedule": 60.0},
    "forget-attachments": {"task": "enquiries.forget_orphans", "schedule": crontab(hour=3, minute=50)},
    "keep-enquiries-owned": {"task": "enquiries.keep_owned", "schedule": 60.0},
    "sweep-escalations": {"task": "enquiries.sweep_escalations", "schedule": 60.0},
    # Each looks for what its day has come for, so how often it runs matters only to how soon it is done.
    "remind-of-follow-ups": {"task": "contacts.remind", "schedule": crontab(hour="6-16", minute=20)},
    "remind-of-deadlines": {
        "task": "enquiries.remind_of_deadlines",
        "schedule": crontab(hour="6-16", minute=10),
    },
    "close-after-deadline": {"task": "enquiries.close_after_deadline", "schedule": crontab(minute=5)},
    "close-with-vacancies": {"task": "enquiries.close_with_their_vacancies", "schedule": 60.0},
    # A week's draw is one row, as often as it is asked for.
    "promise-draws": {"task": "surveys.promise", "schedule": crontab(hour="4-6", minute=5)},
    "sweep-draws": {"task": "surveys.sweep", "schedule": 60.0},
    "follow-conflicts": {"task": "vacancies.follow_conflicts", "schedule": 60.0},
    "forget-drafts": {"task": "enquiries.forget_drafts", "schedule": crontab(hour=3, minute=40)},
    "find-catchments": {"task": "geography.find_catchments", "schedule": crontab(hour=0, minute=20)},
    # What depends on figures that have changed; whoever brings figures may ask for it sooner.
    # Tables of Jobindsats: asked for more often than it is done, since each has its day.
    "promise-fetches": {"task": "feeds.promise", "schedule": crontab(hour="7-18", minute=25)},
    "sweep-fetches": {"task": "feeds.sweep", "schedule": 60.0},
    "follow-changed-figures": {"task": "dashboard.follow", "schedule": 60.0},
    # As often as it is asked for, a month is one row.
    "promise-countings": {"task": "timeliness.promise_month", "schedule": crontab(hour="4-6", minute=15)},
    "sweep-countings": {"task": "timeliness.sweep", "schedule": 60.0},
    "promise-own-figures": {"task": "feeds.promise_own", "schedule": crontab(hour="4-6", minute=35)},
    "sweep-own-figures": {"task": "feeds.sweep_own", "schedule": 60.0},
    "record-silences": {"task": "oversight.record_silences", "schedule": crontab(minute=35)},
    # Comparisons, flags, what is known of occupations, and draft bottleneck reports: one recomputation does
    # them all, in that order. Asked for more often than it is done: another may be running when it is due.
    "nightly-recomputation": {"task": "dashboard.nightly", "schedule": crontab(hour="2-5", minute=30)},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "jobcenter.accounts.permissions.RolePermissions",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:home"
LOGOUT_REDIRECT_URL = "enquiries:front"
ACCOUNT_ADAPTER = "jobcenter.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"request_login_code": "jobcenter.accounts.forms.CodeForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# Nobody signs up; allauth reads here that the sign-in page also asks for a password, which staff have.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "jobcenter.accounts.second_factor.SecondFactorAdapter"
MFA_TOTP_ISSUER = "Én Indgang"
ALLAUTH_TRUSTED_PROXY_COUNT = int(switch("BEHIND_PROXY"))

# Holds how often sign-in was tried. In the database, so that every process counts in the same place, no
# attempt is forgotten with Redis, and nobody signs in without a limit while Redis is away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_sign_in_attempt",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "static/"
NODE_MODULES = Path(os.environ.get("NODE_MODULES", BASE_DIR / "node_modules"))
STATIC_ROOT = GENERATED_FOLDER / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/dkfds/css", NODE_MODULES / "dkfds/dist/css"),
    ("vendor/dkfds/fonts", NODE_MODULES / "dkfds/dist/fonts"),
    ("vendor/dkfds/img", NODE_MODULES / "dkfds/dist/img"),
    ("vendor/dkfds/js", NODE_MODULES / "dkfds/dist/js"),
    ("vendor/echarts", NODE_MODULES / "echarts/dist"),
    ("vendor/htmx", NODE_MODULES / "htmx.org/dist"),
]

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [GENERATED_FOLDER / "locale", BASE_DIR / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = USE_TZ = True

smtp = urlsplit(os.environ.get("SMTP_URL", ""))
MAIL_FOLDER = Path(os.environ.get("MAIL_FOLDER", BASE_DIR / "var/mail"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("MAIL_FROM", "Én Indgang <svar@enindgang.example>")
if smtp.hostname:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = smtp.hostname
    EMAIL_PORT = smtp.port or (465 if smtp.scheme == "smtps" else 25)
    EMAIL_HOST_USER = unquote(smtp.username or "")
    EMAIL_HOST_PASSWORD = unquote(smtp.password or "")
    EMAIL_USE_SSL = smtp.scheme == "smtps"
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "jobcenter.notifications.folder.EmailBackend"

ATTACHMENT_FOLDER = Path(os.environ.get("ATTACHMENT_FOLDER", data_folder() / "state/attachments"))
VIRUS_SCANNER = os.environ.get("VIRUS_SCANNER", "")

# Without an address the register is the local copy, which extracts fill.
REGISTER_URL = os.environ.get("REGISTER_URL", "")
REGISTER_USER = os.environ.get("REGISTER_USER", "")
REGISTER_PASSWORD = os.environ.get("REGISTER_PASSWORD", "")

JOBINDSATS_TOKEN = os.environ.get("JOBINDSATS_TOKEN", "")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

REST_FRAMEWORK = {
    # Nobody writes by their session here, so no page of another site can write in their name.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Én Indgang",
    "DESCRIPTION": "Vacancies: anyone reads those that are public; a source with a token writes its own.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": [],
}

FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.server": {"propagate": True}},
}
