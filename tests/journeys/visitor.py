"""A person before a real Chromium: own browser context, plain forms, everything checked on the way."""

import json
import re
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, Request, Response

from stakeholders.people.models import User

AXE = Path(__file__).resolve().parents[1] / "browser" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
Fields = Mapping[str, str | bool | list[str]]


def _is_final(response: Response) -> bool:
    """Whether this is the answer a browser shows: a document, after any redirection."""
    return response.request.is_navigation_request() and response.status // 100 != 3


class Visitor:
    """Opens pages, fills in forms by the names of their fields, sends them by their button.

    `strayed` lists requests to another host and faults of scripts; it must stay empty.
    """

    def __init__(self, browser: Browser, site: str, **options: object) -> None:
        self.site = site
        self.strayed: list[str] = []
        self.context = browser.new_context(locale="zh-CN", **options)  # type: ignore[arg-type]
        self.context.set_default_timeout(15_000)
        self.context.on("request", self._only_here)
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.strayed.append(f"script: {error}"))
        self.page.on("console", self._hear)
        self.page.on("response", self._answered)
        self.status = 0
        self.password = ""

    def _only_here(self, request: Request) -> None:
        """The browser resolves no other host; that one was asked for is a fault all the same."""
        parts = urlsplit(request.url)
        if parts.scheme != "data" and parts.netloc != urlsplit(self.site).netloc:
            self.strayed.append(request.url)

    def _hear(self, message: object) -> None:
        text = getattr(message, "text", "")
        if "Content Security Policy" in text:
            self.strayed.append(text)

    def sign_in(self, email: str, password: str) -> "Visitor":
        self.password = password
        self.open("/accounts/login/")
        self.fill({"login": email, "password": password})
        return self.send()

    def come_in(self, email: str, password: str) -> "Visitor":
        """Signed in before the first page, for who tests no door: by the cookie of a session."""
        self.password = password
        client = Client()
        client.force_login(User.objects.get(email=email))
        session = client.session
        by = {"method": "password", "at": time.time(), "email": email}
        session["account_authentication_methods"] = [by]  # else asked once more before an act
        session.save()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}
        self.context.add_cookies([{**cookie, "url": self.site}])  # type: ignore[list-item]
        return self

    def speak(self, language: str) -> None:
        """Read the site in `language` from the next page on."""
        cookie = {"name": "django_language", "value": language, "url": self.site}
        self.context.add_cookies([cookie])  # type: ignore[list-item]

    def open(self, path: str, *, status: int = 200) -> "Visitor":
        self.page.goto(self.site + path)
        self._settle()
        self._prove()
        self._expect(status)
        return self

    def _prove(self) -> None:
        """Enter the password where the site asks for it once more before an act."""
        if self.page.locator('main form[action="/accounts/reauthenticate/"]').count():
            self.fill({"password": self.password})._press("/accounts/reauthenticate/")

    def _settle(self) -> None:
        """Wait for what the page fetches by itself: htmx notes it in the history of the tab."""
        self.page.wait_for_function("() => !document.querySelector('.htmx-request')")

    def fill(self, fields: Fields) -> "Visitor":
        """Set fields of the page's main part: text, a choice, a box, or several boxes."""
        for name, value in fields.items():
            field = self.page.locator(f'main [name="{name}"]')
            if not field.count():
                raise AssertionError(f"no field {name} at {self.page.url}: {self.text('body')}")
            first = field.first
            first.evaluate("e => { const more = e.closest('details'); if (more) more.open = true }")
            kind = first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
            if isinstance(value, list):
                for one in field.all():
                    one.set_checked(one.get_attribute("value") in value)
            elif kind == "select":
                first.select_option(str(value))
            elif kind == "radio":
                self.page.check(f'main [name="{name}"][value="{value}"]')
            elif kind == "checkbox":
                first.set_checked(bool(value))
            else:
                first.fill(str(value))
        return self

    def send(self, action: str = "", *, by: str = "", status: int = 200) -> "Visitor":
        """Press the button of a form: the one whose address ends with `action`, or the page's.

        `by`: the value of the button, where a form has several.
        """
        self._press(action, by)
        self._prove()
        self._expect(status)
        return self

    def _press(self, action: str, by: str = "") -> None:
        form = f'form[action$="{action}"]' if action else 'form[method="post"]'
        which = f'[value="{by}"]' if by else ':not([name="more"])'
        button = self.page.locator(f'main {form} button[type="submit"]{which}').first
        # A navigation would be too weak a sign: a note in the tab's history is one too.
        with self.page.expect_event("load"):
            button.click()
        self._settle()

    def _expect(self, status: int) -> None:
        if self.status != status:
            words = re.sub(r"\s+", " ", self.page.inner_text("body"))[:1500]
            raise AssertionError(f"{self.status} at {self.page.url}: {words}")

    def _answered(self, response: Response) -> None:
        """Keep the status of the page's own document."""
        if _is_final(response):
            self.status = response.status

    def lines(self, selector: str) -> list[str]:
        """The texts of all elements that fit, in order, without folds of blanks."""
        return [" ".join(t.split()) for t in self.page.locator(selector).all_inner_texts()]

    def text(self, selector: str = "main") -> str:
        return " ".join(self.page.locator(selector).first.inner_text().split())

    def download(self, path: str) -> bytes:
        response = self.context.request.get(self.site + path)
        assert response.status == 200
        return response.body()

    def violations(self) -> list[str]:
        """What axe finds on the page at WCAG 2.2 AA, one line each; empty when nothing."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "levels => axe.run(document, {runOnly: {type: 'tag', values: levels},"
            " resultTypes: ['violations']})",
            LEVELS,
        )
        return [
            f"{rule['id']}: {json.dumps(node['target'])} {node['html'][:160]}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]
