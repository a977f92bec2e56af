from django.urls import path

from regions.oversight import views

app_name = "oversight"
urlpatterns = [
    path("", views.flags, name="flags"),
    path("regel/", views.rule, name="rule"),
    path("<int:pk>/", views.flag, name="flag"),
    path("<int:pk>/afgoer/", views.decide, name="decide"),
    path("<int:pk>/journal.zip", views.archive, name="archive"),
    path("<int:pk>/bilag/<int:number>/", views.file, name="file"),
    path("<int:pk>/svar/", views.answer, name="answer"),
]
