from django.urls import path

from regions.publications import desk_views, views

app_name = "publications"
urlpatterns = [
    path("", views.latest, name="latest"),
    path("metode/", views.method, name="method"),
    path("hvem/<int:pk>/", views.compared_with, name="compared_with"),
    path("udgaver/", desk_views.issues, name="issues"),
    path("udgaver/<int:pk>/", desk_views.check, name="check"),
    path("udgaver/<int:pk>/kladde/", desk_views.preview, name="preview"),
    path("udgaver/<int:pk>/dan-igen/", desk_views.draw_up_again, name="draw_up_again"),
    path("udgaver/<int:pk>/offentliggoer/", desk_views.publish, name="publish"),
    path("<int:number>/", views.issue, name="issue"),
    path("<int:number>/jobcenter/<slug:code>/", views.participant, name="participant"),
]
