"""Lists brought in: uploading one, seeing the fate of every line, and saying yes."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from employers.imports.bringing import confirm, upload
from employers.imports.forms import FateForm, UploadForm
from employers.imports.models import Fate, ListImport, ListLine
from employers.imports.reading import COLUMNS, TEMPLATE, Unreadable
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages import sheets
from jobcenter.pages.sheets import Column

LISTS_ON_A_PAGE = 10
LINES_ON_A_PAGE = 50

EXAMPLE = {
    "cvr": "99000019",
    "company": "Strandmarkens Emballage A/S",
    "address": "Tangmosevej 88",
    "postcode": "4600",
    "person": "Mette Bruun",
    "email": "mette.bruun@strandmarken.example",
    "phone": "56 00 11 00",
}


def _cell_of(column: str) -> Callable[[dict[str, str]], str]:
    return lambda values: values.get(column, "")


def _said(column: str) -> Column[ListLine]:
    """A column of the list as it was, under the template's name."""
    return Column(TEMPLATE[column], lambda line: line.values.get(column, ""))


REPORT: list[Column[ListLine]] = [
    Column(gettext_lazy("Line"), lambda line: line.number),
    Column(gettext_lazy("Fate"), lambda line: line.get_fate_display()),
    Column(gettext_lazy("Where"), lambda line: line.where),
    Column(gettext_lazy("Why, or what changed"), lambda line: line.said),
    *(_said(column) for column in COLUMNS),
]


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: StaffRequest) -> HttpResponseBase:
    """The jobcentre's lists, and taking a new one: it is tried at once, and nothing is kept of it yet."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = upload(file.read(), name=file.name, by=request.user, jobcentre=request.jobcentre)
        except Unreadable as problem:
            form.add_error("file", str(problem))
        else:
            return redirect(made)
    found = ListImport.objects.visible_to(request.jobcentre).select_related("by")
    counted = found.annotate(number=Count("lines")).order_by("-created_at", "-pk")
    page = Paginator(counted, LISTS_ON_A_PAGE).get_page(request.GET.get("side"))
    return render(
        request,
        "employers/imports/lists.html",
        {"form": form, "page": page, "columns": TEMPLATE.values(), "jobcentre": request.jobcentre},
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def template(request: StaffRequest) -> HttpResponseBase:
    """A list with the right names of the columns and one invented line."""
    columns: list[Column[dict[str, str]]] = [Column(TEMPLATE[name], _cell_of(name)) for name in COLUMNS]
    sheet = sheets.asked(request, _("Template for a list"), columns, [EXAMPLE])
    if sheet is None:
        raise Http404
    return sheet


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def one_list(request: StaffRequest, pk: int) -> HttpResponseBase:
    """The fate of every line: foretold, under way, or done. A POST says yes."""
    found = get_object_or_404(ListImport.objects.visible_to(request.jobcentre).select_related("by"), pk=pk)
    if request.method == "POST":
        if confirm(found):
            messages.success(request, _("The list is being brought in. You need not wait."))
        else:
            messages.info(request, _("The list was confirmed before."))
        return redirect(found)
    form = FateForm(request.GET)
    lines = found.lines.filter(fate=form.fate) if form.fate else found.lines.all()
    lines = lines.order_by("number")
    if sheet := sheets.asked(request, found.file_name, REPORT, lines):
        return sheet
    counts = found.lines.aggregate(
        done=Count("pk", filter=Q(done_at__isnull=False)),
        all=Count("pk"),
        **{fate.value: Count("pk", filter=Q(fate=fate)) for fate in Fate},
    )
    context = {
        "list": found,
        "form": form,
        "page": Paginator(lines, LINES_ON_A_PAGE).get_page(request.GET.get("side")),
        "counts": counts,
        "fates": [(fate.label, counts[fate.value]) for fate in Fate],
        "is_running": found.confirmed_at and not found.finished_at and not found.given_up_at,
        "may_confirm": counts[Fate.NEW.value] + counts[Fate.CHANGED.value] > 0,
    }
    name = "progress" if request.htmx else "list"
    return render(request, f"employers/imports/{name}.html", context)
