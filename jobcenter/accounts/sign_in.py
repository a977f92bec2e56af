"""The addresses of signing in: those of allauth's that are used here, and no others.

allauth asks for them by names without a prefix, so they stand apart from this room's own `urls.py`.
"""

from allauth.account import views
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import TemplateView

from jobcenter.accounts.second_factor_views import SetUpView

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
    path("log-ind/anden-faktor/", factor.authenticate, name="mfa_authenticate"),
    path("log-ind/anden-faktor/igen/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("konto/anden-faktor/", factor.index, name="mfa_index"),
    path("konto/anden-faktor/ny/", SetUpView.as_view(), name="mfa_activate_totp"),
    path("konto/anden-faktor/fjern/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("konto/anden-faktor/koder/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "konto/anden-faktor/koder/nye/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path("log-ud/", views.logout, name="account_logout"),
]
