"""A mail server that takes mail, keeps it, and can be made to fall silent before it says so."""

from __future__ import annotations

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage


class PostOffice(socketserver.ThreadingTCPServer):
    """Speaks enough SMTP on a free port to be given mail; used as a context manager."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.received: list[EmailMessage] = []
        self.answers = threading.Event()
        self.answers.set()
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05})

    def __enter__(self) -> PostOffice:
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.answers.set()
        self.shutdown()
        self.thread.join()
        self.server_close()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def fall_silent(self) -> None:
        """From now on mail is taken, but no "250" follows."""
        self.answers.clear()

    def speak_again(self) -> None:
        self.answers.set()


class Conversation(socketserver.StreamRequestHandler):
    server: PostOffice

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline():
            match line.split()[0].upper():
                case b"DATA":
                    self.say("354 go on")
                    self.take()
                case b"QUIT":
                    self.say("221 goodbye")
                    return
                case _:
                    self.say("250 ok")

    def take(self) -> None:
        lines = list(iter(self.rfile.readline, b".\r\n"))
        text = b"".join(line.removeprefix(b".") if line.startswith(b"..") else line for line in lines)
        self.server.received.append(message_from_bytes(text, policy=policy.default))
        self.server.answers.wait(timeout=60)
        self.say("250 taken")

    def say(self, words: str) -> None:
        try:
            self.wfile.write(f"{words}\r\n".encode())
        except OSError:
            return  # whoever brought the mail is gone
