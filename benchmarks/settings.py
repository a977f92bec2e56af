"""The portal's own settings, with one address more: the floor that everything is measured against."""

from jobcenter.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
