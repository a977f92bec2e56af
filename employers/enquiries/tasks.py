from celery import shared_task
from django.utils import timezone

from employers.enquiries import attaching, drafting, escalating, keeping, scanning, vacancy_life


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


@shared_task(name="enquiries.keep_owned")
def keep_owned() -> None:
    keeping.keep(at=timezone.now())


@shared_task(name="enquiries.escalate")
def escalate(escalation_id: int) -> None:
    escalating.escalate(escalation_id)


@shared_task(name="enquiries.sweep_escalations")
def sweep_escalations() -> None:
    escalating.sweep()


@shared_task(name="enquiries.remind_of_deadlines")
def remind_of_deadlines() -> None:
    vacancy_life.remind_of_deadlines(on=timezone.localdate())


@shared_task(name="enquiries.close_after_deadline")
def close_after_deadline() -> None:
    vacancy_life.close_after_deadline(on=timezone.localdate())


@shared_task(name="enquiries.close_with_their_vacancies")
def close_with_their_vacancies() -> None:
    vacancy_life.close_with_their_vacancies()
