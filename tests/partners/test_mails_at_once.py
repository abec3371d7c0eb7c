"""Two workers and a real mail server: nobody gets a mail twice."""

import socketserver
import threading

import pytest
from django.db import connection

from partners.services import mails


class _Waiting(socketserver.StreamRequestHandler):
    """A mail server that takes each mail once it is allowed to."""

    def handle(self):
        self.wfile.write(b"220 test\r\n")
        for line in self.rfile:
            command = line[:4].upper()
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() != b".\r\n":
                    pass
                self.server.taken.append(self.client_address)
                self.server.arrived.set()
                assert self.server.may_answer.wait(10)
            self.wfile.write(b"250 ok\r\n")
            if command == b"QUIT":
                return


@pytest.fixture
def waiting_mail_server(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Waiting) as server:
        server.taken, server.arrived, server.may_answer = [], threading.Event(), threading.Event()
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server
        server.shutdown()


def _send_in_a_thread(counts):
    try:
        counts.append(mails.send_due())
    finally:
        connection.close()


def test_two_workers_at_once_send_a_mail_once(transactional_db, waiting_mail_server):
    mails.write(recipient="ada@example.org", subject="Hello", body="x")
    counts = []
    first = threading.Thread(target=_send_in_a_thread, args=[counts])
    first.start()
    assert waiting_mail_server.arrived.wait(10)

    second = mails.send_due()
    waiting_mail_server.may_answer.set()
    first.join(10)

    assert (counts, second, len(waiting_mail_server.taken)) == ([1], 0, 1)
