"""What search engines ask for at the root: which pages there are, and which are nobody's business."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemaps
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from employers.vacancies.models import Listing
from jobcenter.accounts.scope import public


@dataclass(frozen=True)
class Address:
    domain: str


class AtOurAddress(Sitemap):
    """Links begin with the portal's public address, whatever host was asked."""

    limit = 5000

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[Any]:
        address = urlsplit(settings.PUBLIC_URL)
        ours: Any = Address(address.netloc)
        return super().get_urls(page=page, site=ours, protocol=address.scheme)


class Vacancies(AtOurAddress):
    """Every vacancy anyone may see; one that is closed, paused or over is out of it at once."""

    def items(self) -> QuerySet[Listing]:
        listed = Listing.objects.open(on=timezone.localdate())
        return listed.only("vacancy_id", "external_id", "published_at").order_by("-published_at", "-pk")

    def location(self, item: Listing) -> str:
        return item.get_absolute_url()

    def lastmod(self, item: Listing) -> datetime:
        return item.published_at


class Pages(AtOurAddress):
    def items(self) -> Sequence[str]:
        return (
            "enquiries:front",
            "vacancies:search",
            "enquiries:answer_times",
            "bottlenecks:published",
            "pages:help",
            "pages:data",
            "pages:accessibility",
        )

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS: dict[str, Any] = {"sider": Pages, "stillinger": Vacancies}


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Private links are secret; here they are also kept from being asked for."""
    private = ("/admin/", "/konto/", "/h/", "/henvend/", "/api/")
    lines = ["User-agent: *", *(f"Disallow: {one}" for one in private)]
    lines += ["", f"Sitemap: {settings.PUBLIC_URL}{reverse('crawlers:index')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public
def index(request: HttpRequest) -> HttpResponse:
    return sitemaps.index(request, sitemaps=SITEMAPS, sitemap_url_name="crawlers:sitemap")


@public
def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    return sitemaps.sitemap(request, sitemaps=SITEMAPS, section=section)


app_name = "crawlers"
urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", index, name="index"),
    path("sitemap-<slug:section>.xml", sitemap, name="sitemap"),
]
