"""Mail written to a folder that people can read, for an installation without a mail server."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Writes each mail as one `.eml` file, named by its Message-ID: sent twice, it is still one file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            content = message.message()
            name = sha256(str(content["Message-ID"]).encode()).hexdigest()[:12]
            partial = folder / f".{name}"
            text = content.as_bytes(linesep="\r\n")  # type: ignore[call-arg]
            partial.write_bytes(text)
            partial.replace(folder / f"{name}.eml")
        return len(email_messages)
