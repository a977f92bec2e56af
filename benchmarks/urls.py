"""The portal's addresses, and the floor."""

from django.urls import include, path

from benchmarks.floor import floor

urlpatterns = [path("floor/", floor), path("", include("jobcenter.urls"))]

handler400 = "jobcenter.pages.views.bad_request"
handler403 = "jobcenter.pages.views.forbidden"
handler404 = "jobcenter.pages.views.not_found"
handler500 = "jobcenter.pages.views.server_error"
