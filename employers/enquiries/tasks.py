from celery import shared_task

from employers.enquiries import attaching, drafting, scanning


@shared_task(name="enquiries.forget_drafts")
def forget_drafts() -> None:
    drafting.forget_stale()


@shared_task(name="enquiries.scan")
def scan(pk: int) -> None:
    scanning.scan(pk)


@shared_task(name="enquiries.sweep_attachments")
def sweep_attachments() -> None:
    scanning.sweep()


@shared_task(name="enquiries.forget_orphans")
def forget_orphans() -> None:
    attaching.forget_orphans()
