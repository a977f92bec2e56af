"""The portal's own settings, with what only a test run needs to be otherwise."""

from jobcenter.settings import *  # noqa: F403
from jobcenter.settings import STORAGES, TEMPLATES
from tests.undefined import UNDEFINED

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UNDEFINED

# Files are served as they lie in the source; that their collected names fit is for `collectstatic` to say.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT = None

# Slow on purpose in the portal; a test signs in a thousand times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
