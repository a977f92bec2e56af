"""Strings of Django and django-allauth that our catalogue says better: shorter, and what to do."""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

BORROWED = (
    _("Be patient, you are sending too many requests."),
    _("Email address"),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Enter a number."),
    _("Enter a valid date."),
    _("Enter a valid date/time."),
    _("Enter a valid email address."),
    _("Enter a valid time."),
    _("Enter a whole number."),
    _("Incorrect code."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
)
