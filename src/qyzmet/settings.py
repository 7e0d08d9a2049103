"""Every setting of Qyzmet. What an operator may change stands in OPTIONS and is read from the environment.

`docs/reference/settings.md` is generated from OPTIONS by `tools/reference.py`.
"""

import os
import secrets
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit


class Option(NamedTuple):
    """One environment variable: its default as text and what it does, for a reader."""

    default: str
    words: str


OPTIONS: dict[str, Option] = {
    "QYZMET_DATA": Option("var", "Folder of all data: database, attachments, mail kept as files, secret key."),
    "QYZMET_DATABASE": Option(
        "",
        "`postgres://user:password@host:5432/name`, or `sqlite:///path`. Empty: SQLite in the data folder.",
    ),
    "QYZMET_SECRET_KEY": Option("", "Secret key. Empty: made once and kept in the data folder (mode 0600)."),
    "QYZMET_HOSTS": Option("127.0.0.1,localhost,[::1]", "Host names the server answers to, separated by commas."),
    "QYZMET_ADDRESS": Option("http://127.0.0.1:8000", "Public address, written into letters and on the talon."),
    "QYZMET_EMAIL": Option(
        "", "`smtp://user:password@host:587?tls=1` (or `ssl=1`). Empty: letters are kept as files in the data folder."
    ),
    "QYZMET_EMAIL_FROM": Option("qyzmet@localhost", "Sender of e-mail."),
    "QYZMET_LAW": Option("", "Folders whose law files override the shipped ones, separated by colons."),
    "QYZMET_LOG_NAME": Option(
        "", "Name of the public log and of its key. Empty: the host of QYZMET_ADDRESS and `/log`."
    ),
    "QYZMET_LOG_FOLDER": Option("", "Folder of the public log's files. Empty: `log` in the data folder."),
    "QYZMET_SIGNER": Option("", "Socket of `qyzmet signer`. Empty: `signer/socket` in the data folder."),
    "QYZMET_PROXY": Option("", "`1` if a proxy in front ends TLS and sets X-Forwarded-Proto and X-Forwarded-For."),
    "QYZMET_DEMO": Option(
        "", "`1` on a demonstration: plain HTTP, logins shown when logging in. Never with real cases."
    ),
    "QYZMET_DEBUG": Option("", "`1` shows errors in full and allows plain HTTP. Never on a server others reach."),
    "QYZMET_CALENDAR_DAYS": Option(
        "90",
        "Days before the last row of the calendar from which `qyzmet check` and the clock warn that a year is missing.",
    ),
    "QYZMET_FILINGS": Option(
        "60",
        "Appeals one network address may file in a minute; the next wait until the minute is over. `0`: any number.",
    ),
    "QYZMET_DRAFT_FILES": Option(
        "500",
        "Megabytes of files that one network address may leave with forms that are not sent; a form is forgotten a day "
        "after its last answer. `0`: any number.",
    ),
    "QYZMET_KEYS_DAYS": Option("30", "Days after which the key of a repeated request (Idempotency-Key) is forgotten."),
    "QYZMET_LOG": Option("WARNING", "Least serious message that is logged: DEBUG, INFO, WARNING, ERROR."),
}


def option(name: str) -> str:
    """The value an operator gave, or the default."""
    return os.environ.get(name) or OPTIONS[name].default


def _kept_secret(folder: Path) -> str:
    """The secret key of this installation, made at the first start; mode 0600."""
    path = folder / "secret-key"
    try:
        return path.read_text()
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
    made = folder / f".secret-key-{os.getpid()}-{secrets.token_hex(4)}"
    with os.fdopen(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        os.link(made, path)  # never replaces a key that another process has just made
    except FileExistsError:
        pass
    finally:
        made.unlink()
    return path.read_text()


def _database(address: str) -> dict[str, Any]:
    """Django's description of the database that `address` names."""
    parts = urlsplit(address)
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")) or "qyzmet",
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            # a list's condition looks dear to the planner, so it would compile for 30 ms what runs in 4 (docs/bench.md)
            "OPTIONS": {"options": "-c jit=off"},
        }
    if parts.scheme not in ("", "sqlite"):
        raise ValueError(f"QYZMET_DATABASE: {parts.scheme}:// is not known; use postgres:// or sqlite:///path")
    return {
        "ENGINE": "qyzmet.rows.sqlite3",
        "NAME": unquote(parts.path).removeprefix("/") if parts.scheme else str(DATA / "qyzmet.sqlite3"),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # two writers queue up; neither fails half-way through
            "timeout": 20,
            # a step that was confirmed survives a power cut
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000;",
        },
    }


def _email(address: str) -> dict[str, Any]:
    """Django's e-mail settings for `address`."""
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": DATA / "mail"}
    parts = urlsplit(address)
    if parts.scheme != "smtp":
        raise ValueError("QYZMET_EMAIL: use smtp://user:password@host:port?tls=1")
    query = parse_qs(parts.query)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": query.get("tls") == ["1"],
        "EMAIL_USE_SSL": query.get("ssl") == ["1"],
        "EMAIL_TIMEOUT": 20,
    }


# Where things are
DATA = Path(option("QYZMET_DATA")).resolve()
MEDIA_ROOT = DATA / "files"
STATIC_ROOT = DATA / "static"
STATIC_URL = "/static/"
DATABASES = {"default": _database(option("QYZMET_DATABASE"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "look_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # counts of tries: of the 300 by default a busy day would throw some away
    }
}
FILINGS = int(option("QYZMET_FILINGS"))
DRAFT_FILES = int(option("QYZMET_DRAFT_FILES"))
KEYS_DAYS = int(option("QYZMET_KEYS_DAYS"))
CALENDAR_DAYS = int(option("QYZMET_CALENDAR_DAYS"))
LAW_FOLDERS = [Path(folder) for folder in option("QYZMET_LAW").split(":") if folder]
ADDRESS = option("QYZMET_ADDRESS").rstrip("/")
LOG_NAME = option("QYZMET_LOG_NAME") or f"{urlsplit(ADDRESS).netloc}/log"
LOG_FOLDER = Path(option("QYZMET_LOG_FOLDER") or DATA / "log").resolve()
SIGNER_SOCKET = Path(option("QYZMET_SIGNER") or DATA / "signer" / "socket").resolve()
globals().update(_email(option("QYZMET_EMAIL")))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = option("QYZMET_EMAIL_FROM")
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "qyzmet.look.uploads.ToDisk"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Who may talk to it, and how safely
SECRET_KEY = option("QYZMET_SECRET_KEY") or _kept_secret(DATA)
DEBUG = option("QYZMET_DEBUG") == "1"
DEMO = option("QYZMET_DEMO") == "1"
PLAIN_HTTP = DEBUG or DEMO
ALLOWED_HOSTS = [host.strip() for host in option("QYZMET_HOSTS").split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
if option("QYZMET_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not PLAIN_HTTP
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not PLAIN_HTTP
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "qyzmet_session"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "qyzmet.look.views.form_too_old"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# Parts
ROOT_URLCONF = "qyzmet.urls"
WSGI_APPLICATION = "qyzmet.wsgi.application"
INSTALLED_APPS = [
    "qyzmet.look",  # first: its templates and words stand before those of allauth and Django
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "qyzmet.journal",
    "qyzmet.bodies",
    "qyzmet.letters",
    "qyzmet.cases",
    "qyzmet.portal",
    "qyzmet.desk",
    "qyzmet.api",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "qyzmet.look.language.LanguageMiddleware",
    "qyzmet.desk.calendar_of_now.CalendarMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "qyzmet.desk.two_factor.TwoFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "qyzmet.look.errors.ErrorMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "qyzmet.look.language.for_templates",
                "qyzmet.clock.for_templates",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "qyzmet.look.templatetags.look"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Language and time
LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "qyzmet_til"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Almaty"

# Who is who
AUTH_USER_MODEL = "bodies.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "qyzmet.look.accounts.AccountAdapter"
ACCOUNT_FORMS = {"login": "qyzmet.look.login_forms.Login"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
ACCOUNT_USER_DISPLAY = "qyzmet.look.accounts.display"
MFA_ADAPTER = "qyzmet.look.accounts.TwoFactorAdapter"
MFA_FORMS = {"authenticate": "qyzmet.look.login_forms.Code"}
MFA_SUPPORTED_TYPES = ["totp"]
MFA_TOTP_ISSUER = "Qyzmet"
MFA_TOTP_TOLERANCE = 1  # a code typed slowly still counts
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by an administrator

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": option("QYZMET_LOG")},
}
