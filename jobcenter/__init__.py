"""The ground floor: the installation, and what everybody shares."""

from jobcenter.celery import app as celery_app

__all__ = ["celery_app"]
