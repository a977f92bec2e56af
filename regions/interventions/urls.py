from django.urls import path

from regions.interventions import views

app_name = "interventions"
urlpatterns = [
    path("", views.board, name="board"),
    path("bed-om-hjaelp/", views.ask_for_help, name="ask_for_help"),
    path("flag/<int:flag>/", views.of_flag, name="of_flag"),
    path("indled/<int:flag>/", views.begin, name="begin"),
    path("<int:pk>/", views.intervention, name="intervention"),
    path("<int:pk>/materiale/", views.dialogue_material, name="material"),
    path("<int:pk>/journal/", views.archive, name="archive"),
    path("<int:pk>/udtal/", views.reply, name="reply"),
    path("<int:pk>/handling/", views.action_done, name="action_done"),
    path("<int:pk>/aftale/", views.agreement, name="agreement"),
    path("<int:pk>/trin/<slug:code>/", views.step, name="step"),
    path("<int:pk>/trin/<slug:code>/<int:part>/", views.step, name="step_of_part"),
]
