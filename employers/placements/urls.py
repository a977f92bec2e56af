from django.urls import path

from employers.placements.views import public, staff

app_name = "placements"
urlpatterns = [
    path("loentilskud-og-praktik/", staff.placements, name="placements"),
    path("loentilskud-og-praktik/regler/", public.rules, name="rules"),
    path("loentilskud-og-praktik/ny/<int:company>/", staff.start, name="start"),
    path("loentilskud-og-praktik/<int:pk>/", staff.placement, name="placement"),
    path("loentilskud-og-praktik/<int:pk>/ansoegning/", staff.fill, name="fill"),
    path(
        "loentilskud-og-praktik/<int:pk>/ansoegning/udregning/",
        staff.fill_arithmetic,
        name="fill_arithmetic",
    ),
    path("loentilskud-og-praktik/<int:pk>/<str:step>/", staff.take, name="take"),
    path("forloeb/<str:token>/", public.application, name="application"),
    path("forloeb/<str:token>/udregning/", public.arithmetic, name="arithmetic"),
    path("medarbejdere/<str:token>/", public.confirm, name="confirm"),
    path("opfoelgning/<str:token>/", public.effect, name="effect"),
]
