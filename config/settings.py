"""Settings: one file for every place; what differs comes from the environment (docs/running.md)."""

import os
import shlex
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from config import env
from config.enum_names import ENUM_NAMES
from config.logs import logging_config
from config.retention import DAYS

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION = "0.1.0"

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
SITE_URL = env.text("SITE_URL").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
IS_LOOPBACK = SITE_HOST in {"localhost", "127.0.0.1", "::1"}
IS_SECURE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", SITE_HOST)
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "stakeholders.apps.StakeholdersConfig",
    "plans.apps.PlansConfig",
    "consult.apps.ConsultConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "guardian",
    "knox",
    "pgtrigger",
    "rest_framework",
    "template_partials",
    "tree_queries",
]

MIDDLEWARE = [
    "config.middleware.RequestContextMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.LocalhostMiddleware",
    "config.middleware.ReadableMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.LinkMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.RefusalMiddleware",
    "stakeholders.people.middleware.ActorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

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
                "plans.register.context.chrome",
                "consult.demonstration.context.demonstration",
            ],
            "builtins": [
                "stakeholders.templatetags.as_of",
                "stakeholders.templatetags.in_language",
                "stakeholders.templatetags.moment",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# The application connects as a role that may only SELECT and INSERT in append-only tables;
# migrations run through the alias "owner" (`migrate --database owner`).
DATABASES = {"default": env.database("DATABASE_URL")}
if os.environ.get("DATABASE_OWNER_URL"):
    DATABASES["owner"] = {**env.database("DATABASE_OWNER_URL"), "TEST": {"MIRROR": "default"}}
DATABASE_APP_ROLE = env.text("DATABASE_APP_ROLE", "jointplan_app")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
    },
    # Texts compared before, by the hashes of both: they never grow old, each process keeps its own.
    "differences": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "differences",
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}

AUTH_USER_MODEL = "stakeholders.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "stakeholders.people.passwords.TokensEnd"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "stakeholders.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers do not make us write to strangers
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True  # a new address counts once its mail was opened; the old one is told
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {"add_email": "stakeholders.people.forms.NewAddressForm"}
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session stays; Django ends all the others
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "stakeholders.people.adapter.PasswordResetTokens"  # noqa: S105 - the name of a class
ACCOUNT_RATE_LIMITS = {
    # An office of many people behind one address signs in within the same minute; failures are
    # counted per account and client address (people.adapter), never per account alone.
    "login": "100/m/ip",
    "login_failed": "30/m/ip,5/300s/key",
    "evaluate": "20/m/ip",  # consensus cases of strangers
    "asked_link": "20/m/ip",  # wrong links of invitations to give an opinion
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_LOOPBACK
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are entered by keepers: nobody takes another's address
MFA_TOTP_ISSUER = "Jointplan"
SOCIALACCOUNT_ADAPTER = "stakeholders.people.adapter.SocialAccountAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # narrowed to verified addresses by the adapter
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {}
if os.environ.get("OIDC_SERVER_URL"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "sso",
                "name": env.text("OIDC_NAME", "Single sign-on"),
                "client_id": env.text("OIDC_CLIENT_ID"),
                "secret": env.text("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": env.text("OIDC_SERVER_URL")},
            }
        ]
    }

# Guardian only stores who was granted what; sight and rights are asked of stakeholders.access.
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
# W001: guardian's backend would answer user.has_perm, which nothing here asks.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

KNOX_TOKEN_MODEL = "stakeholders.ApiToken"  # noqa: S105 - the name of a model
REST_KNOX = {
    "TOKEN_TTL": timedelta(days=30),
    "TOKEN_MODEL": KNOX_TOKEN_MODEL,
    "TOKEN_LIMIT_PER_USER": 20,
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "stakeholders.people.authentication.MandateTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.parsers.ReadableJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "DEFAULT_SCHEMA_CLASS": "config.description.Operation",
    "EXCEPTION_HANDLER": "config.api.answer_exception",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Jointplan API",
    "VERSION": VERSION,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "docExpansion": "none", "filter": True},
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.description.describe_alike",
    ],
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.text("TIME_ZONE", "Asia/Shanghai")
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.folder("STATIC_ROOT", BASE_DIR / "var" / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = env.folder("MEDIA_ROOT", BASE_DIR / "var" / "files")
FILE_MAX_SIZE = env.number("FILE_MAX_MIB", 50) * 1024 * 1024
FILE_QUOTA_PERSON = env.number("FILE_QUOTA_PERSON_MIB", 2_048) * 1024 * 1024
FILE_QUOTA_PLAN = env.number("FILE_QUOTA_PLAN_MIB", 20_480) * 1024 * 1024
FILE_UNATTACHED_HOURS = env.number("FILE_UNATTACHED_HOURS", 24)
# The program that checks one file for viruses, its path last: exit status 0 clean, 1 infected.
FILE_SCAN_COMMAND = shlex.split(env.text("FILE_SCAN_COMMAND", ""))
FILE_SCAN_SECONDS = env.number("FILE_SCAN_SECONDS", 60)
FILE_ACCEL_PREFIX = env.text("FILE_ACCEL_PREFIX", "")

EMAIL_HOST = env.text("EMAIL_HOST", "" if IS_LOOPBACK else None)
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", f"jointplan@{SITE_HOST}")
# Where mail that cannot be delivered comes back to; `{mail}` in it names the mail.
EMAIL_BOUNCES = env.text("EMAIL_BOUNCES", "")
# A Maildir the mail server puts it into, read by `manage.py returned_mail`.
EMAIL_BOUNCES_DIR = env.text("EMAIL_BOUNCES_DIR", "")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if not EMAIL_HOST:
    # Without a mail server every mail becomes a file an administrator can read.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = env.folder("MAIL_DIR", BASE_DIR / "var" / "mail")

CELERY_BROKER_URL = env.text("BROKER_URL", "redis://127.0.0.1:6379/0" if IS_LOOPBACK else None)
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TIME_LIMIT = 240
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A lost task comes back after this; state is in PostgreSQL, so a second run does nothing.
    "visibility_timeout": 300,
    "socket_connect_timeout": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "consult.desk.tasks.sweep", "schedule": 60.0},
}

SESSION_COOKIE_NAME = "__Host-session" if IS_SECURE else "session"
SESSION_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_NAME = "__Host-csrftoken" if IS_SECURE else "csrftoken"
CSRF_COOKIE_SECURE = IS_SECURE
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
LANGUAGE_COOKIE_SECURE = IS_SECURE
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SECURE
SECURE_HSTS_PRELOAD = IS_SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if IS_SECURE and ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Browsers apply form-action to where a form is sent on: the button of single sign-on leads there.
SIGN_IN_ORIGINS = env.origins("OIDC_SERVER_URL")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *SIGN_IN_ORIGINS],
        "frame-ancestors": [NONE],
    }
}

# `RETENTION=jobs=10,mail_texts=90` changes after how many days single kinds are forgotten.
RETENTION = env.days("RETENTION", DAYS | {"typed": env.number("AUTOSAVE_DAYS", DAYS["typed"])})

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_HANDLERS = [
    "config.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Jobs lie at the bottom of the house; what they need from above is named here by its path.
JOBS = {
    # Whether the person still may act as it did when it started the job.
    "ACTOR": "stakeholders.people.queries.actor_again",
    # Tells a person by notice.
    "TELL": "stakeholders.notices.steps.notify",
    # Serves the file a job made.
    "ANSWER_FILE": "stakeholders.files.serving.answer_file",
}
# Secrets given out by slices above the people: what voids them all after a restore.
DOORS = {
    "feeds": "consult.desk.feeds.steps.revoke_all",
    "expert_links": "consult.phase2_preparation.steps.experts.void_all_links",
}
JOB_KINDS = {
    "archive.package": "consult.archive.kinds.ArchivePackage",
    "approval.dossier": "consult.approval.kinds.DossierPackage",
    "preparation.adoption_table": "consult.phase2_preparation.kinds.AdoptionTableFile",
    "text.file": "plans.text.kinds.TextFile",
    "jurisdictions.check": "stakeholders.jurisdictions.kinds.UnitsCheck",
    "jurisdictions.enter": "stakeholders.jurisdictions.kinds.UnitsEntry",
    "mandates.check": "stakeholders.people.kinds.MandatesCheck",
    "mandates.enter": "stakeholders.people.kinds.MandatesEntry",
}
# How plans are called, and which of them a mail calls a demonstration: mail lies below the plans.
PLAN_TITLES = "plans.register.queries.short_titles"
DEMONSTRATION_PLANS = "plans.register.queries.demonstrations_among"
# For which plans people hold mandates: mail lies below the people, too.
PLANS_ACTED_ON = "stakeholders.people.queries.plans_acted_on"
# Rows whose file a job made: they are no uploads of the person.
FILE_MADE_BY = ("stakeholders.Job",)
# Provisions up to which a Word or PDF file is made while the page waits.
EXPORT_DIRECT = env.number("EXPORT_DIRECT", 300)
# Comments up to which the adoption table is made while the page waits.
ADOPTION_TABLE_DIRECT = env.number("ADOPTION_TABLE_DIRECT", 1_000)
# The largest package of a plan: its archive, its dossier.
ARCHIVE_MAX_SIZE = env.number("ARCHIVE_MAX_MIB", 1_024) * 1024 * 1024
# How long each kind of paper is kept: permanent, 30 or 10 years, as the catalogue of an archive
# says it. `ARCHIVE_RETENTION=comment=30,matter=permanent` changes single kinds.
ARCHIVE_RETENTION = {
    "charter": "permanent",
    "invitation": "30",
    "demand": "10",
    "text": "permanent",
    "attachment": "30",
    "round": "30",
    "comment": "10",
    "checklist": "30",
    "matter": "30",
    "position": "permanent",
    "statement": "permanent",
    "approval": "permanent",
    "programme": "30",
    "minutes": "permanent",
    "health_check": "permanent",
    "record": "permanent",
} | env.choices("ARCHIVE_RETENTION", ("permanent", "30", "10"))

LOG_DIR = env.text("LOG_DIR", "")
LOGGING_CONFIG = None
logging_config(folder=LOG_DIR)
