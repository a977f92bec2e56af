"""What the jobcentres promise, and how well they have kept it: published for everyone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from employers.enquiries.kinds import WORDS, offered
from employers.enquiries.models import AnswerTime
from employers.enquiries.promise import ENOUGH, Kept, kept_by_jobcentre, kept_by_kind, promised_spans
from jobcenter.accounts.scope import public
from jobcenter.centres.models import Jobcentre


@public
@require_safe
def answer_times(request: HttpRequest) -> HttpResponse:
    """Every jobcentre, and every kind over the whole country."""
    now = timezone.now()
    spans = promised_spans(on=timezone.localdate(now))
    of_jobcentre, of_kind = kept_by_jobcentre(at=now), kept_by_kind(at=now)
    rows = [
        (jobcentre, spans[jobcentre.pk], of_jobcentre.get(jobcentre.pk, Kept(0, 0)))
        for jobcentre in Jobcentre.objects.valid(timezone.localdate(now))
    ]
    together = Kept(
        due=sum(kept.due for _jobcentre, _span, kept in rows),
        in_time=sum(kept.in_time for _jobcentre, _span, kept in rows),
    )
    return render(
        request,
        "employers/enquiries/answer_times.html",
        {
            "rows": rows,
            "kinds": [(words, of_kind[kind]) for kind, words in WORDS.items()],
            "together": together,
            "enough": ENOUGH,
            "now": now,
        },
    )


@public
@require_safe
def of_jobcentre(request: HttpRequest, code: str) -> HttpResponse:
    """One jobcentre, kind by kind."""
    now = timezone.now()
    today = timezone.localdate(now)
    jobcentre = get_object_or_404(Jobcentre.objects.valid(today), code=code)
    promised = AnswerTime.objects.promised(jobcentre=jobcentre, on=today)
    kept, kinds = kept_by_kind(at=now, jobcentre=jobcentre), offered(on=today)
    return render(
        request,
        "employers/enquiries/answer_times_of_jobcentre.html",
        {
            "jobcentre": jobcentre,
            "rows": [
                (words, promised[kind] if kind in kinds else None, kept[kind])
                for kind, words in WORDS.items()
                if kind in kinds or (kept[kind] and kept[kind].due)  # type: ignore[union-attr]
            ],
            "together": kept_by_jobcentre(at=now).get(jobcentre.pk, Kept(0, 0)),
            "enough": ENOUGH,
            "now": now,
        },
    )
