from django.urls import path

from employers.desk.views import (
    answer_times,
    applying,
    companies,
    confidential,
    day,
    enquiries,
    first_users,
    my_company,
    preferences,
)

app_name = "desk"
urlpatterns = [
    path("min-dag/", day.my_day, name="my_day"),
    path("henvendelser/", enquiries.queue, name="queue"),
    path("henvendelser/svarfrister/", answer_times.answer_times, name="answer_times"),
    path("henvendelser/<int:pk>/", enquiries.enquiry, name="enquiry"),
    path("henvendelser/<int:pk>/fil/<int:number>/", enquiries.file, name="file"),
    path("henvendelser/<int:pk>/bekraeft/", confidential.confirm, name="confirm"),
    path("henvendelser/<int:pk>/medarbejder/", confidential.add_handler, name="add_handler"),
    path("henvendelser/<int:pk>/frigiv/", confidential.release, name="release"),
    path("henvendelser/<int:pk>/begynd/", enquiries.start, name="start"),
    path("henvendelser/<int:pk>/svar/", enquiries.answer, name="answer"),
    path("henvendelser/<int:pk>/afslut/", enquiries.close, name="close"),
    path("henvendelser/<int:pk>/udgiv/", enquiries.publish, name="publish"),
    path("henvendelser/<int:pk>/forloeb/", applying.begin_placement, name="begin_placement"),
    path("h/<str:token>/ansoeg/", applying.apply, name="apply"),
    path("virksomhed/", companies.companies, name="companies"),
    path("virksomhed/<int:pk>/", companies.company, name="company"),
    path("virksomhed/<int:pk>/<str:part>/", companies.company_part, name="company_part"),
    path("foerste-brugere/", first_users.first_users, name="first_users"),
    path("foerste-brugere/<int:pk>/", first_users.first_user, name="first_user"),
    path("min-virksomhed/", my_company.my_company, name="my_company"),
    path("min-virksomhed/kontakter/", my_company.who_contacted_us, name="who_contacted_us"),
    path("min-virksomhed/kontaktoensker/", preferences.preferences, name="preferences"),
]
