"""The addresses of signing in: those of allauth's that are used here, and no others.

allauth asks for them by names without a prefix, so they stand apart from this room's own `urls.py`.
"""

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import TemplateView

urlpatterns = [
    path("log-ind/", views.login, name="account_login"),
    path("log-ind/kode/", views.request_login_code, name="account_request_login_code"),
    path("log-ind/kode/indtast/", views.confirm_login_code, name="account_confirm_login_code"),
    path("log-ind/lukket/", views.account_inactive, name="account_inactive"),
    path(
        "log-ind/ingen-konto/",
        login_not_required(TemplateView.as_view(template_name="account/signup_closed.html")),
        name="account_signup",
    ),
    path("log-ud/", views.logout, name="account_logout"),
]
