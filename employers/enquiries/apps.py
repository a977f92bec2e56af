from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "employers.enquiries"
    label = "enquiries"
