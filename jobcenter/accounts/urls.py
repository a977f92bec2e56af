from django.urls import path

from jobcenter.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.home, name="home"),
    path("rolle/", views.choose, name="choose"),
    path("beskeder/", views.notices, name="notices"),
]
