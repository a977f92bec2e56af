from django.urls import path

from employers.referrals.views import candidates, employer, own, referrals

app_name = "referrals"
urlpatterns = [
    path("kandidater/", candidates.candidates, name="candidates"),
    path("kandidater/ny/", candidates.new, name="new"),
    path("kandidater/<int:pk>/", candidates.candidate, name="candidate"),
    path("kandidater/<int:pk>/ret/", candidates.change, name="change"),
    path("kandidater/<int:pk>/traek-tilbage/", candidates.withdraw, name="withdraw"),
    path("kandidater/til-stilling/<int:pk>/", candidates.matches, name="matches"),
    path("kandidater/til-stilling/<int:pk>/<int:candidate>/", candidates.refer, name="refer"),
    path("henvisninger/", referrals.referrals, name="referrals"),
    path("henvisninger/accepter/", referrals.accept_several, name="accept_several"),
    path("henvisninger/<int:pk>/<str:step>/", referrals.take, name="take"),
    path("henvisning/<str:token>/", employer.referral, name="employer"),
    path("henvisning/<str:token>/<slug:slug>/", employer.answer, name="answer"),
    path("min-virksomhed/kandidater/", own.put_forward, name="put_forward"),
    path("min-virksomhed/kandidater/<int:pk>/<slug:slug>/", own.answer_own, name="answer_own"),
]
