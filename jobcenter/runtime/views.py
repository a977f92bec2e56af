"""Two addresses for machines: is the process alive, and can it do its work."""

from datetime import timedelta

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jobcenter.runtime.models import Heartbeat
from jobcenter.runtime.redis import ONCE

OK = "ok"
LONGEST_SILENCE = timedelta(minutes=1)


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; asks neither the database nor Redis."""
    return JsonResponse({"alive": True})


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when every part works, else 503 with the failing ones named."""
    parts = {"redis": redis_answers(), **database_is_ready()}
    failing = sorted(name for name, said in parts.items() if said != OK)
    return JsonResponse({"ready": not failing, "failing": failing, **parts}, status=503 if failing else 200)


def redis_answers() -> str:
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1, retry=ONCE
        ) as server:
            server.ping()
    except redis.RedisError:
        return "does not answer"
    return OK


def database_is_ready() -> dict[str, str]:
    """What the database says of itself, its migrations, and the worker's last sign of life."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            return {"database": OK, "migrations": f"{len(missing)} not applied", "worker": "not known"}
        seen_lately = Heartbeat.objects.filter(seen_at__gte=timezone.now() - LONGEST_SILENCE).exists()
    except Error:
        return {"database": "does not answer", "migrations": "not known", "worker": "not known"}
    return {
        "database": OK,
        "migrations": OK,
        "worker": OK if seen_lately else "not seen within the last minute",
    }
