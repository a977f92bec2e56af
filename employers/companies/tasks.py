from celery import shared_task

from employers.companies import importing


@shared_task(name="companies.take_in")
def take_in(import_id: int) -> None:
    importing.carry_out(import_id)


@shared_task(name="companies.sweep")
def sweep() -> None:
    importing.sweep()
