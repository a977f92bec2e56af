from django.urls import path

from jobcenter.pages import views

app_name = "pages"
urlpatterns = [
    path("hjaelp/", views.help_and_contact, name="help"),
    path("data/", views.data_kept, name="data"),
    path("tilgaengelighed/", views.accessibility, name="accessibility"),
    path("sprog/", views.language, name="language"),
    path("favicon.ico", views.favicon, name="favicon"),
]
