"""The portal's own settings, with what only a test run needs to be otherwise."""

import os
import tempfile
from pathlib import Path

from jobcenter.pages.catalogue import compile_to
from jobcenter.settings import *  # noqa: F403
from jobcenter.settings import BASE_DIR, DATABASES, INSTALLED_APPS, LANGUAGES, REDIS_URL, STORAGES, TEMPLATES
from tests.undefined import UNDEFINED

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UNDEFINED

# Texts are tested as people see them, so what was translated a minute ago must count.
compiled = tempfile.TemporaryDirectory(prefix="en-indgang-catalogues-")
for language, _name in LANGUAGES:
    catalogue = BASE_DIR / "locale" / language / "LC_MESSAGES/django.po"
    if catalogue.exists():
        compile_to(catalogue, Path(compiled.name) / "locale" / language / "LC_MESSAGES/django.mo")
GENERATED_FOLDER = Path(compiled.name)
LOCALE_PATHS = [GENERATED_FOLDER / "locale"]

# pytest-django serves static files to the browser only where it finds the app by its plain name.
INSTALLED_APPS = [
    "django.contrib.staticfiles" if app == "jobcenter.runtime.apps.CollectedFiles" else app
    for app in INSTALLED_APPS
]

# Files are served as they lie in the source; that their collected names fit is for `collectstatic` to say.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT = None

# Nothing a test asks takes this long: whatever waits so long for a lock says so instead of hanging.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
    "-c lock_timeout=60s -c statement_timeout=120s -c idle_in_transaction_session_timeout=120s"
)

# `make test` has migrated it just before: a copy takes a second, migrating again half a minute.
if os.environ.get("TESTS_COPY_THE_DATABASE") == "1":
    DATABASES["default"]["TEST"] = {"TEMPLATE": DATABASES["default"]["NAME"]}

# Slow on purpose in the portal; a test signs in a thousand times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Of test runs side by side, each has its own database, and so needs its own part of Redis.
number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
REDIS_URL = CELERY_BROKER_URL = f"{REDIS_URL.rpartition('/')[0]}/{number}"
