"""What the jobcentre promises: set by its manager, with what was set before."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from employers.desk.forms import AnswerTimeForm
from employers.enquiries.kinds import WORDS, offered
from employers.enquiries.models import AnswerTime
from employers.enquiries.promise import promise
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as

ROWS_OF_HISTORY = 50


@acts_as(Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_times(request: StaffRequest) -> HttpResponse:
    form = AnswerTimeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        promise(jobcentre=request.jobcentre, by=request.user, **form.cleaned_data)
        messages.success(request, _("The promise is changed. What was promised before is kept as it was."))
        return redirect("desk:answer_times")
    today = timezone.localdate()
    promised = AnswerTime.objects.promised(jobcentre=request.jobcentre, on=today)
    rows = AnswerTime.objects.filter(jobcentre=request.jobcentre).select_related("set_by")
    return render(
        request,
        "employers/desk/answer_times.html",
        {
            "form": form,
            "jobcentre": request.jobcentre,
            "today": today,
            "promised": [(words, promised[kind]) for kind, words in offered(on=today).items()],
            "history": [(WORDS[row.kind], row) for row in rows.order_by("-set_at", "-pk")[:ROWS_OF_HISTORY]],
        },
    )
