from django.urls import path

from employers.desk.views import companies, day, enquiries, my_company

app_name = "desk"
urlpatterns = [
    path("min-dag/", day.my_day, name="my_day"),
    path("henvendelser/", enquiries.queue, name="queue"),
    path("henvendelser/<int:pk>/", enquiries.enquiry, name="enquiry"),
    path("henvendelser/<int:pk>/begynd/", enquiries.start, name="start"),
    path("henvendelser/<int:pk>/svar/", enquiries.answer, name="answer"),
    path("henvendelser/<int:pk>/afslut/", enquiries.close, name="close"),
    path("henvendelser/<int:pk>/udgiv/", enquiries.publish, name="publish"),
    path("virksomhed/", companies.companies, name="companies"),
    path("virksomhed/<int:pk>/", companies.company, name="company"),
    path("virksomhed/<int:pk>/<str:part>/", companies.company_part, name="company_part"),
    path("min-virksomhed/", my_company.my_company, name="my_company"),
]
