from celery import shared_task

from employers.enquiries import drafting


@shared_task(name="enquiries.forget_drafts")
def forget_drafts() -> None:
    drafting.forget_stale()
