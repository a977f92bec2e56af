from django.urls import path

from employers.campaigns import views

app_name = "campaigns"
urlpatterns = [
    path("", views.campaigns, name="campaigns"),
    path("ny/", views.new, name="new"),
    path("ny/del/", views.divide, name="divide"),
    path("<int:pk>/", views.campaign, name="campaign"),
    path("<int:pk>/begynd/", views.start, name="start"),
    path("<int:pk>/slut/", views.end, name="end"),
    path("<int:pk>/deltag/", views.accept, name="accept"),
    path("<int:pk>/afslaa/", views.decline, name="decline"),
    path("<int:pk>/flyt/", views.move, name="move"),
    path("<int:pk>/virksomhed/<int:target>/", views.take, name="take"),
    path("<int:pk>/virksomhed/<int:target>/giv-tilbage/", views.give_back, name="give_back"),
]
