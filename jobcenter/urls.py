"""Every address of the portal; each room has its own."""

from django.contrib import admin
from django.urls import include, path

handler400 = "jobcenter.pages.views.bad_request"
handler403 = "jobcenter.pages.views.forbidden"
handler404 = "jobcenter.pages.views.not_found"
handler500 = "jobcenter.pages.views.server_error"

urlpatterns = [
    path("", include("jobcenter.runtime.urls")),
    path("", include("jobcenter.pages.urls")),
    path("beskeder/", include("jobcenter.notifications.urls")),
    path("konto/", include("jobcenter.accounts.urls")),
    path("oplande/", include("jobcenter.geography.urls")),
    path("", include("jobcenter.accounts.sign_in")),
    path("", include("employers.enquiries.urls")),
    path("stillinger/", include("employers.vacancies.urls")),
    path("jobagent/", include("employers.saved_searches.urls")),
    path("", include("employers.vacancies.crawlers")),
    path("api/v1/", include("employers.vacancies.api_urls")),
    path("kontakter/", include("employers.contacts.urls")),
    path("lister/", include("employers.imports.urls")),
    path("", include("employers.access.urls")),
    path("", include("employers.referrals.urls")),
    path("", include("employers.placements.urls")),
    path("", include("employers.surveys.urls")),
    path("kampagner/", include("employers.campaigns.urls")),
    path("", include("employers.desk.urls")),
    path("", include("employers.desk.search_urls")),
    path("samarbejdstal/", include("employers.cooperation.urls")),
    path("omraadet/", include("regions.dashboard.urls")),
    path("flag/", include("regions.oversight.urls")),
    path("indsatser/", include("regions.interventions.urls")),
    path("flaskehalse/", include("regions.bottlenecks.urls")),
    path("sammenligninger/", include("regions.publications.urls")),
    path("data/leverancer/", include("regions.feeds.urls")),
    path("rettidighed/", include("regions.timeliness.urls")),
    path("beregninger/", include("regions.comparison.urls")),
    path("illustration/", include("regions.illustration.urls")),
    path("admin/", admin.site.urls),
]
