from django.urls import path

from employers.enquiries.views import answer_times, confirm, form, front, private, vacancy

app_name = "enquiries"
urlpatterns = [
    path("", front.front, name="front"),
    path("svarfrister/", answer_times.answer_times, name="answer_times"),
    path("svarfrister/<slug:code>/", answer_times.of_jobcentre, name="answer_times_of_jobcentre"),
    path("find-henvendelse/", front.find, name="find"),
    path("find-virksomhed/", form.companies, name="companies"),
    path("henvend/<uuid:key>/", form.draft, name="draft"),
    path("henvend/<uuid:key>/gemt/", form.saved, name="saved"),
    path("henvend/<uuid:key>/kvittering/", form.receipt, name="receipt"),
    path("henvend/<uuid:key>/vis/", form.preview, name="preview"),
    path("henvend/<uuid:key>/<str:step>/", form.step, name="step"),
    path("henvend/<str:kind>/", form.start, name="start"),
    path("h/<str:token>/", private.enquiry, name="enquiry"),
    path("h/<str:token>/bekraeft/", confirm.send_again, name="send_confirmation"),
    path("bekraeft/<str:token>/", confirm.confirm, name="confirm"),
    path("h/<str:token>/skriv/", private.write, name="write"),
    path("h/<str:token>/fil/<int:pk>/", private.file, name="file"),
    path("h/<str:token>/luk/", private.close_vacancy, name="close_vacancy"),
    path("h/<str:token>/ret/", vacancy.change, name="change_vacancy"),
    path("h/<str:token>/kopi/", vacancy.copy, name="copy_vacancy"),
    path("h/<str:token>/stilling/<slug:slug>/", vacancy.step, name="vacancy_step"),
]
