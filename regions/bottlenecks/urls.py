from django.urls import path

from regions.bottlenecks.views import (
    beveridge,
    campaign,
    grid,
    lines,
    occupation,
    place,
    public,
    registers,
    report,
)

app_name = "bottlenecks"
urlpatterns = [
    path("", public.published, name="published"),
    path("udgivelser/<slug:area>/<slug:period>/", public.newest_issue, name="newest_issue"),
    path("udgivelser/<slug:area>/<slug:period>/<int:number>/", public.issue, name="issue"),
    path("rapporter/", lines.reports, name="reports"),
    path("overvaagning/", grid.monitoring, name="monitoring"),
    path("beveridge/", beveridge.curve, name="beveridge"),
    path("steder/", place.places, name="places"),
    path("steder/<slug:key>/", place.place, name="place"),
    path("stillinger/<slug:code>/", occupation.occupation, name="occupation"),
    path("linjer/<int:pk>/", lines.review, name="review"),
    path("linjer/<int:pk>/kampagne/", campaign.begin, name="begin_campaign"),
    path("kampagner/", campaign.campaigns, name="campaigns"),
    path("kampagner/<int:pk>/", campaign.campaign, name="campaign"),
    path("kampagner/<int:pk>/slut/", campaign.end, name="end_campaign"),
    path("kampagner/<int:pk>/jobcentre/<int:share>/spoerg-igen/", campaign.ask_again, name="ask_again"),
    path("rapporter/<int:pk>/", report.report, name="report"),
    path("rapporter/<int:pk>/godkend-resten/", report.accept_the_rest, name="accept_the_rest"),
    path("rapporter/<int:pk>/offentliggoer/", report.publish, name="publish"),
    path("rapporter/<int:pk>/ret/", report.correct, name="correct"),
    path("rapporter/<int:pk>/opgiv/", report.give_up, name="give_up"),
    path("registertal/", registers.registers, name="registers"),
    path("registertal/ny/", registers.upload, name="register_upload"),
    path("registertal/<int:pk>/", registers.register, name="register"),
    path("registertal/<int:pk>/taeller/", registers.count, name="register_count"),
    path("registertal/<int:pk>/laeg-til-side/", registers.drop, name="register_drop"),
    path("registertal/<int:pk>/bevis/", registers.evidence, name="register_evidence"),
]
