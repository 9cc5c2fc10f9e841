"""The site, served on a loopback port from the database a test stands in; and the Chromium that visits it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.http import HttpRequest, HttpResponseBase
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.databases import door_to, inside

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Whatever a page asks for, nothing leaves the machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@contextmanager
def standing_in(database: str) -> Iterator[None]:
    """Everything in this block happens in that database, by a connection that ends with it."""
    door = door_to(database)
    try:
        with inside(door):
            yield
    finally:
        door.close()


class Files(StaticFilesHandler):
    """Style sheets and scripts, kept by the browser as in production."""

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        response = super().get_response(request)
        response.headers["Cache-Control"] = "max-age=3600, immutable"
        return response


class Site:
    """One server for all the tests; each test says which database it shows."""

    def __init__(self) -> None:
        site = self

        class Server(ThreadedWSGIServer):
            daemon_threads = False  # the end waits for the last answers

            def process_request_thread(self, request: object, client_address: object) -> None:
                with standing_in(site.database):
                    super().process_request_thread(request, client_address)

        class Thread(LiveServerThread):
            server_class = Server

        self.database = ""
        self.thread = Thread("127.0.0.1", static_handler=Files)
        self.thread.daemon = True
        self.thread.start()
        self.thread.is_ready.wait()
        if self.thread.error:
            raise self.thread.error

    @property
    def url(self) -> str:
        return f"http://{self.thread.host}:{self.thread.port}"

    @contextmanager
    def showing(self, database: str) -> Iterator[None]:
        """The site and the test look at the same database."""
        self.database = database
        try:
            with standing_in(database):
                yield
        finally:
            self.database = ""


def executable() -> str:
    """The system's Chromium. Without it these tests fail: they are never skipped in silence."""
    found = shutil.which(os.environ.get("CHROMIUM") or "chromium")
    assert found, "Chromium is missing: apt-get install chromium"
    return found


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser, and the event loop it keeps in this thread: meanwhile, Django keeps other connections."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    connections.close_all()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
            yield browser
            browser.close()
            connections.close_all()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


def shown_text(page: Page, text: str, *, exact: bool = False) -> Locator:
    """Where a sentence is seen: the part of the page that is only read aloud may hold it for a while too."""
    return page.get_by_text(text, exact=exact).and_(page.locator(":not([data-voice])"))
