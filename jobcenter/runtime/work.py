"""Telling the workers to look now."""

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def look_now(task: str, *arguments: int | str) -> None:
    """Ask a worker to run the task of this name once the transaction is committed.

    The work itself is a row, which the sweep finds within a minute: so a queue that is away is
    logged and never shown to the person who waits for the page.
    """
    transaction.on_commit(lambda: publish(task, *arguments))


def publish(task: str, *arguments: int | str) -> None:
    """Send the message now; a queue that is away is only logged."""
    try:
        current_app.send_task(task, args=arguments)
    except (OperationalError, OSError) as error:
        log.warning("The queue is away, %s waits for the sweep: %s", task, error)
