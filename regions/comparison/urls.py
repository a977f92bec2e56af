from django.urls import path

from regions.comparison import views

app_name = "comparison"
urlpatterns = [
    path("rammevilkaar/", views.conditions, name="conditions"),
    path("rammevilkaar/ny/", views.upload, name="upload"),
    path("rammevilkaar/<int:pk>/", views.file, name="file"),
    path("rammevilkaar/<int:pk>/taeller/", views.count, name="count"),
    path("rammevilkaar/<int:pk>/laeg-til-side/", views.drop, name="drop"),
    path("rammevilkaar/<int:pk>/bevis/", views.evidence, name="evidence"),
]
