"""Show the sign-in code that was just mailed to an invented person, so that a demonstration needs no mail."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from jobcenter.accounts.codes import newest_code
from jobcenter.accounts.models import User


class Command(BaseCommand):
    help = "Show the code that a demonstration user has just asked for on the sign-in page."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address that was typed on the sign-in page")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None or not user.is_demonstration:
            raise CommandError(f"{email} is no demonstration user: a real person reads the code in the mail.")
        code = newest_code(user)
        if code is None:
            page = f"{settings.PUBLIC_URL}{reverse('account_login')}"
            raise CommandError(f"No code waits for {email}: ask for one at {page}, then come back.")
        self.stdout.write(code)
