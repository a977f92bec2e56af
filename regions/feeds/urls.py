from django.urls import path

from regions.feeds import views

app_name = "feeds"
urlpatterns = [
    path("", views.deliveries, name="deliveries"),
    path("aktualitet/", views.freshness, name="freshness"),
    path("ny/", views.upload, name="upload"),
    path("hent/<int:pk>/", views.fetch, name="fetch"),
    path("<int:pk>/", views.delivery, name="delivery"),
    path("<int:pk>/taeller/", views.count, name="count"),
    path("<int:pk>/laeg-til-side/", views.drop, name="drop"),
    path("<int:pk>/kolonner/", views.explain, name="explain"),
    path("<int:pk>/bevis/", views.evidence, name="evidence"),
]
