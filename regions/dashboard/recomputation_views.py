"""Starting a recomputation, and following it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from regions.comparison.models import Recomputation
from regions.dashboard import recomputation as recomputations
from regions.dashboard.progress import Progress


@acts_as(Role.AREA_OFFICER)
@require_POST
def recompute(request: StaffRequest) -> HttpResponse:
    recomputation, is_new = recomputations.start(
        by=request.user, organisation=request.membership.organisation
    )
    if not is_new:
        messages.info(request, _("A recomputation was running already. This is how far it is."))
    return redirect("dashboard:recomputation", pk=recomputation.pk)


@acts_as(Role.AREA_OFFICER)
@require_GET
def recomputation(request: StaffRequest, pk: int) -> HttpResponse:
    """The page, or only its middle for the page that refreshes itself."""
    shown = get_object_or_404(Recomputation.objects.select_related("organisation"), pk=pk)
    template = "_progress.html" if request.headers.get("HX-Request") else "recomputation.html"
    return render(request, f"regions/dashboard/{template}", {"progress": Progress.of(shown)})
