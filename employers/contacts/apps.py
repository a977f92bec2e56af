from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "employers.contacts"
    label = "contacts"
