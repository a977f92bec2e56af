from celery import shared_task
from django.utils import timezone

from jobcenter.runtime.models import Heartbeat


@shared_task(name="runtime.heartbeat")
def heartbeat() -> None:
    """A worker is there and works: /readyz asks for this row."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"seen_at": timezone.now()})
