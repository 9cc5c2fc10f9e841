"""All settings, from the environment only; sections in the order of Django's documentation.

Production is the default. `DEMO=1` is the one explicit switch of the demonstration.
"""

from datetime import timedelta
from pathlib import Path

import django_stubs_ext
import environ
from csp.constants import NONE, SELF

# `forms.ModelForm[Panel]` is a type; Django's classes learn here to be written that way.
django_stubs_ext.monkeypatch()

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("EIG_DATA", default=str(BASE_DIR / "var"))).resolve()

# --- Core ---------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
# The demonstration: invented people, one-click sign-in, mails kept in a sink. Never on in production.
DEMO = env.bool("DEMO", default=False)
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# The anonymous questionnaire's own; without it, SECRET_KEY seals it and cannot be changed at will.
QUESTIONNAIRE_KEY = env.str("QUESTIONNAIRE_KEY", default="")
QUESTIONNAIRE_KEY_FALLBACKS = env.list("QUESTIONNAIRE_KEY_FALLBACKS", default=[])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
SECURE_SITE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ROOT_URLCONF = "eig.urls"
WSGI_APPLICATION = "eig.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 600
DATA_UPLOAD_MAX_NUMBER_FILES = 5
# A file above this size is refused before it is read whole (see eig.documents).
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=10 * 1024 * 1024)
# The antivirus (clamd): tcp://host:3310 or unix:/path. Empty: files are rebuilt but not scanned. Once set, a
# file that it has not cleared is served to nobody.
CLAMAV_ADDRESS = env.str("CLAMAV_ADDRESS", default="")
CLAMAV_SECONDS = env.int("CLAMAV_SECONDS", default=20)

INSTALLED_APPS = [
    # The roof
    "rehearsal",
    "privacy",
    "journey",
    # The six steps
    "cohorts",
    "matching.teams",
    "matching.interviews",
    "matching.ranking",
    "projects",
    "candidates",
    # The ground floor
    "eig.juries",
    "eig.waves",
    "eig.evaluation",
    "eig.listing",
    "eig.exports",
    "eig.orders",
    "eig.diversity",
    "eig.dossiers",
    "eig.meetings",
    "eig.promotions",
    "eig.mail",
    "eig.documents",
    "eig.design",
    "eig.jobs",
    "eig.failures",
    "eig.journal",
    "eig.accounts",
    # Libraries
    "widget_tweaks",
    "dsfr",
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    # The emergency tool (journey.admin); each package of the roof registers its own models.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
]
if DEMO:
    INSTALLED_APPS.insert(0, "demo")

MIDDLEWARE = [
    # First: on the anonymous questionnaire, nothing that follows knows who comes.
    "eig.diversity.middleware.Untraced",
    "eig.design.middleware.RejectBadInput",
    "eig.design.middleware.SayFull",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # After it, since it counts the length of the answer.
    "eig.design.middleware.FrenchSpaces",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Before the doors: a session that has ended opens none.
    "journey.middleware.BoundedSession",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "eig.journal.middleware.RequestId",
    "journey.middleware.DayPassScope",
    "journey.middleware.SecondFactor",
    "journey.middleware.RanksAfterScores",
    "journey.middleware.NotSetUp",
    "eig.accounts.middleware.PrivatePages",
    # Last: it runs the view again.
    "journey.middleware.TriesAgain",
]

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
                "eig.design.context.furniture",
            ],
            "builtins": [
                "eig.design.templatetags.design",
                "eig.french.tags",
                "template_partials.templatetags.partials",
            ],
        },
    },
    {
        # E-mails are plain text: Django would escape the apostrophe of « d’Anaïs » in a subject.
        "NAME": "emails",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates" / "emails"],
        "APP_DIRS": False,
        "OPTIONS": {
            "autoescape": False,
            # template-partials wraps the loaders of the first engine only.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.filesystem.Loader"],
                        )
                    ],
                )
            ],
            "builtins": ["template_partials.templatetags.partials", "eig.french.tags"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database -----------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL")}
# Who owns the tables: for migrations alone, so that the application cannot rewrite the journal (decision 18).
_owner = env.str("DATABASE_OWNER_URL", default="")
DATABASE_OWNER = environ.Env.db_url_config(_owner) if _owner else None
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"].update(
    connect_timeout=3,
    # A web request that waits longer than this fails cleanly instead of piling up.
    options=(
        f"-c statement_timeout={env.int('STATEMENT_TIMEOUT_MS', default=10_000)}"
        f" -c lock_timeout={env.int('LOCK_TIMEOUT_MS', default=5_000)}"
        " -c idle_in_transaction_session_timeout=60000"
    ),
)

# --- Cache: rate limits live and die with PostgreSQL, so that losing Redis locks nobody out --------
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- Language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# --- Static and private files -------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Private: never under a public URL; documents are served through checked doors only.
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", default=str(DATA_DIR / "private")))
# Hashes of the erased accounts, outside the database and its backups (see docs/operations.md).
ERASURES_LOG = Path(env.str("ERASURES_LOG", default=str(DATA_DIR / "erasures.log")))
# Where the journal ended each time it was verified, outside the database too.
JOURNAL_HEADS = Path(env.str("JOURNAL_HEADS", default=str(DATA_DIR / "journal-heads.log")))
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # For their owner alone, whatever the umask: another account of the machine reads none.
        "OPTIONS": {
            "location": PRIVATE_ROOT,
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": env.str(
            "STATIC_STORAGE", default="whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Photographs and fonts are compressed already; the thousand icons of DSFR are too small to gain from it.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("gif", "ico", "jpeg", "jpg", "png", "svg", "webp", "woff", "woff2")

# --- Accounts and sessions ----------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "eig.accounts.hashers.TunedArgon2PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        # ASVS 6.2: length instead of composition rules.
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "eig.accounts.passwords.HardToGuess"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "journey:dashboard"
LOGOUT_REDIRECT_URL = "journey:home"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
# Of each role: the hours without a visit after which a session ends, and those after which it ends anyway.
# Who runs the programme or judges reads what is everybody's: a working day, the lunch of a jury included.
SESSION_HOURS = {"team": (4, 10), "juror": (4, 10), "person": (12, 24)}
# The rows outlive the longest of them, so that who comes too late is told, and keeps what they wrote.
SESSION_COOKIE_AGE = int(timedelta(hours=48).total_seconds())
SESSION_COOKIE_SECURE = SECURE_SITE
SESSION_COOKIE_NAME = "__Host-sid" if SECURE_SITE else "sid"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SECURE_SITE
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_SITE else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "eig.design.views.csrf_failure"

ACCOUNT_ADAPTER = "eig.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "eig.accounts.forms.LoginForm",
    "signup": "eig.accounts.forms.SignupForm",
    "add_email": "eig.accounts.forms.AddEmailForm",
    "request_login_code": "eig.accounts.forms.RequestLoginCodeForm",
    "reset_password": "eig.accounts.forms.ResetPasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Grave deeds ask again who is there; the demonstration's one-click cast is asked once a day.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 86_400 if DEMO else 300
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 2
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE_SITE else "http"
# State agents leave through a few shared addresses: limits by address are wide, by account strict.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "signup": "120/m/ip",
    "reset_password": "60/m/ip,3/h/key",
    "request_login_code": "60/m/ip,3/m/key,10/h/key",
    # Every door that writes to an address somebody types: webinars, advice, visas, invitations.
    "letters": "60/m/ip,600/h/ip,10/h/key",
    # Suggestions while the name of an organisation is typed.
    "organisations": "60/m/user",
    # Files sent, those refused too: several times what all the dossiers of a person hold.
    "uploads": "60/h/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "EIG"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
USERSESSIONS_TRACK_ACTIVITY = True

# --- E-mail: every message becomes an outbox row; a worker hands it to the relay ------------------
EMAIL_BACKEND = "eig.mail.backend.OutboxBackend"
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default="Entrepreneurs d’intérêt général <contact@eig.example>"
)
MAIL_REPLY_TO = env.str("MAIL_REPLY_TO", default="contact@eig.example")
# "smtp": the relay of the RELAY_* variables; "sink": files under PRIVATE_ROOT, nothing leaves.
MAIL_RELAY = env.str("MAIL_RELAY", default="sink" if DEMO else "smtp")
MAIL_SINK_ROOT = Path(env.str("MAIL_SINK_ROOT", default=str(DATA_DIR / "mail")))
RELAY_HOST = env.str("RELAY_HOST", default="localhost")
RELAY_PORT = env.int("RELAY_PORT", default=587)
RELAY_USER = env.str("RELAY_USER", default="")
RELAY_PASSWORD = env.str("RELAY_PASSWORD", default="")
# Encrypted from the first word (port 465), or once asked (STARTTLS); the certificate is verified either way.
RELAY_TLS = env.bool("RELAY_TLS", default=RELAY_PORT == 465)
RELAY_STARTTLS = env.bool("RELAY_STARTTLS", default=not RELAY_TLS)
# The authority that signs the relay's certificate, in a file; empty, those that the machine knows.
RELAY_CA = env.str("RELAY_CA", default="")

# --- Organisations: the State's open search; empty, names and SIRET are typed by hand ---------------
ORGANISATION_SEARCH_URL = env.str("ORGANISATION_SEARCH_URL", default="")
ORGANISATION_SEARCH_SECONDS = min(env.float("ORGANISATION_SEARCH_SECONDS", default=1.5), 2.0)

# --- Celery -------------------------------------------------------------------------------------
CELERY_BROKER_URL = env.str("REDIS_URL")

# --- Waves: what each step decides in waves, as it says it itself -----------------------------------
WAVE_KINDS = ["projects.actions.decision.WAVES", "candidates.actions.decision.WAVES"]

# --- Orders: what one person of the team asks for and another one does, as each room says it itself -------
ORDER_KINDS = [
    "matching.ranking.actions.running.CLOSING",
    "journey.actions.calendar.REOPENING",
    "privacy.actions.retention.SHORTENING",
]

# --- Exports ------------------------------------------------------------------------------------
# A file of personal data is kept this many days, then erased.
EXPORT_DAYS = env.int("EXPORT_DAYS", default=7)

# --- Design -------------------------------------------------------------------------------------
DSFR_USE_INTEGRITY_CHECKSUMS = False  # hashed static files rewrite the CSS: its checksum would not match
DSFR_CONTENT_IS_SAFE = False  # user text reaches alerts and tables
DSFR_MARK_OPTIONAL_FIELDS = True
DESIGN_NAVIGATION = "journey.navigation.entries"
DESIGN_SITE_MAP = "journey.navigation.site_map"
SOURCE_URL = env.str("SOURCE_URL", default="https://code.gouv.fr/")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="contact@eig.example")
SECURITY_EMAIL = env.str("SECURITY_EMAIL", default="securite@eig.example")

# --- Security -----------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = SECURE_SITE
SECURE_REDIRECT_EXEMPT = [r"^sante/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_SITE else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SITE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_SITE
SECURE_HSTS_PRELOAD = SECURE_SITE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # DSFR draws its arrows and checks with data: images in its style sheet.
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# --- Logs ---------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "eig.logs.Discreet", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
