from django.urls import path

from employers.access.views import asking, colleagues

app_name = "access"
urlpatterns = [
    path("adgang/", asking.ask, name="ask"),
    path("adgang/<str:token>/", asking.prove, name="prove"),
    path("invitation/<str:token>/", colleagues.accept, name="accept"),
    path("min-virksomhed/kolleger/", colleagues.colleagues, name="colleagues"),
    path("min-virksomhed/kolleger/forlad/", colleagues.leave, name="leave"),
    path("min-virksomhed/kolleger/<int:pk>/", colleagues.colleague, name="colleague"),
    path("min-virksomhed/kolleger/<int:pk>/fjern/", colleagues.remove, name="remove"),
    path("min-virksomhed/invitationer/<int:pk>/fortryd/", colleagues.revoke, name="revoke"),
    path("min-virksomhed/anmodninger/<int:pk>/", colleagues.decide, name="decide"),
]
