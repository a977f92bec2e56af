from celery import shared_task

from employers.imports import bringing


@shared_task(name="imports.bring_in")
def bring_in(pk: int) -> None:
    bringing.carry_out(pk)


@shared_task(name="imports.sweep")
def sweep() -> None:
    bringing.sweep()


@shared_task(name="imports.forget")
def forget() -> None:
    bringing.forget()
