"""Django's settings, from django-helpdesk's installation page. `DATABASE`: sqlite or postgresql."""

import os

SECRET_KEY = "only-for-benchmarks"
USE_TZ = True
TIME_ZONE = "UTC"
ROOT_URLCONF = "rival.urls"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
SITE_ID = 1
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.humanize",
    "rest_framework",
    "helpdesk",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
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
            ]
        },
    }
]
_SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["PLACE"], "OPTIONS": {"timeout": 60}}
_POSTGRESQL = {"ENGINE": "django.db.backends.postgresql", "NAME": "postgres", "HOST": os.environ["PLACE"]}
_POSTGRESQL |= {"USER": "benchmark"}
DATABASES = {"default": _POSTGRESQL if os.environ["DATABASE"] == "postgresql" else _SQLITE}
EMAIL_BACKEND = os.environ.get("MAIL", "django.core.mail.backends.locmem.EmailBackend")
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", 9
HELPDESK_TEAMS_MODE_ENABLED = False
HELPDESK_ACTIVATE_API_ENDPOINT = False
LOGGING_CONFIG = None
