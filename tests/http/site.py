"""A WSGI application of a test, and a client for one."""

from collections.abc import Callable

from django.test import RequestFactory

PUBLIC = [("Content-Type", "text/html"), ("Cache-Control", "public, max-age=60"), ("ETag", 'W/"one"'),
          ("Last-Modified", "Mon, 15 Jun 2026 12:00:00 GMT")]  # fmt: skip
PAGE = b"<p>news</p>" * 500


class Site:
    """An application that notes what it is asked; `meanwhile` happens while it makes the answer."""

    def __init__(self, headers=PUBLIC, status="200 OK", meanwhile: Callable[[], object] = lambda: None):
        self.asked, self.headers, self.status, self.meanwhile = [], headers, status, meanwhile

    def __call__(self, environ, start_response):
        self.asked.append(environ["REQUEST_METHOD"] + " " + environ["PATH_INFO"])
        self.meanwhile()
        start_response(self.status, list(self.headers))
        return [PAGE]


class Client:
    """Asks an application, without a server."""

    def __init__(self, application):
        self.application = application

    def get(self, path="/news/", method="GET", content_type="", **headers):
        """Status, header fields by lower-case name, body."""
        environ = RequestFactory(headers=headers).generic(method, path).environ
        environ["CONTENT_TYPE"] = content_type
        began = []
        body = b"".join(self.application(environ, lambda status, fields, exc=None: began.extend([status, fields])))
        return began[0], {name.lower(): value for name, value in began[1]}, body
