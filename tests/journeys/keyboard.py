"""A person without a mouse: every field, choice, fold and button is reached by Tab and used by keys.

Pages are followed by their links where one leads there, else by the address line, which is a key's
work too. Each stop of the focus is looked at: it shows where it is (WCAG 2.4.7) and nothing hides it
(WCAG 2.4.11).
"""

import re
from collections import Counter

from playwright.sync_api import Browser, ElementHandle, Locator

from tests.journeys.visitor import Fields, Visitor

MOST_STOPS = 900  # of the focus on one page; more is a trap
MOST_OPTIONS = 600

_STOP = """async target => {
    const at = document.activeElement;
    if (!at || at === document.body) return {there: false, name: '', fault: ''};
    const same = at === target
        || (target.type === 'radio' && at.type === 'radio' && at.name === target.name && at.form === target.form);
    const name = `${at.tagName} ${at.name || at.innerText || at.getAttribute('aria-label') || ''}`.trim().slice(0, 60);
    const labels = [...(at.labels || [])];
    const isSeen = () => [at, ...labels].flatMap(one => [...one.getClientRects()])
        .filter(box => box.width > 1 && box.height > 1)
        .flatMap(box => [
            [box.left + box.width / 2, box.top + box.height / 2],
            [box.left + 2, box.top + 2], [box.right - 2, box.bottom - 2]])
        .some(([x, y]) => {
            const top = document.elementFromPoint(x, y);
            return top && [at, ...labels].some(one => one.contains(top));
        });
    const isMarked = () => [at, ...labels, at.parentElement].some(one => {
        const style = getComputedStyle(one);
        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    });
    for (let frame = 0; frame < 60 && !isSeen(); frame++) // the page may still be scrolling there
        await new Promise(requestAnimationFrame);
    return {there: same, name, fault: isSeen() ? (isMarked() ? '' : 'not marked') : 'hidden'};
}"""
_IS_BEHIND = """target => {
    const at = document.activeElement;
    return at && at !== document.body
        && Boolean(at.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING);
}"""
_CLOSED = """target => {
    const found = [];
    for (let one = target.parentElement; one; one = one.parentElement)
        if (one.tagName === 'DETAILS' && !one.open && !one.querySelector(':scope > summary').contains(target))
            found.unshift(one);
    return found.length ? found[0].querySelector(':scope > summary') : null;
}"""


class Keyboard(Visitor):
    """Opens, fills in and sends like any visitor, by keys alone.

    `unseen`: the stops at which the focus could not be seen; it must stay empty. `used` counts keys,
    links followed and addresses typed.
    """

    def __init__(self, browser: Browser, site: str) -> None:
        super().__init__(browser, site)
        self.unseen: dict[str, str] = {}
        self.used: Counter[str] = Counter()

    def open(self, path: str, *, status: int = 200) -> "Keyboard":
        link = self._link(path)
        if link is None:
            self.used["addresses typed"] += 1
            super().open(path, status=status)
            return self
        self._reach(link)
        self.used["links followed"] += 1
        with self.page.expect_event("load"):
            self._key("Enter")
        self._settle()
        self._prove()
        self._expect(status)
        return self

    def _link(self, path: str) -> Locator | None:
        """A link to this very address that stands on the page."""
        if '"' in path or not self.page.url.startswith(self.site):
            return None
        for link in self.page.locator(f'a[href="{path}"]').all():
            if link.is_visible() and link.get_attribute("target") is None:
                return link
        return None

    def fill(self, fields: Fields) -> "Keyboard":
        for name, value in fields.items():
            field = self.page.locator(f'main [name="{name}"]')
            if not field.count():
                raise AssertionError(f"no field {name} at {self.page.url}: {self.text('body')}")
            if isinstance(value, list):
                for one in field.all():
                    self._tick(one, is_on=one.get_attribute("value") in value)
            else:
                self._enter(name, field.first, value)
        return self

    def _enter(self, name: str, field: Locator, value: str | bool) -> None:
        kind = field.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind == "radio":
            self._choose(name, str(value))
        elif kind == "checkbox":
            self._tick(field, is_on=bool(value))
        elif kind == "select":
            self._reach(field)
            self._step(field, "Home", "ArrowDown", str(value))
        elif kind == "date":
            self._reach(field)
            self._type_day(field, str(value))
        else:
            self._reach(field)
            self._key("Control+a")
            self._type(str(value))
            assert field.input_value().replace("\r", "") == str(value), name

    def _choose(self, name: str, value: str) -> None:
        """A radio button: Tab comes to the group, the arrows go through it."""
        wanted = self.page.locator(f'main [name="{name}"][value="{value}"]').first
        self._reach(wanted)
        for _turn in range(MOST_OPTIONS):
            if wanted.evaluate("e => e === document.activeElement"):
                if not wanted.is_checked():
                    self._key("Space")
                assert wanted.is_checked()
                return
            self._key("ArrowDown")
        raise AssertionError(f"no arrow leads to {name}={value} at {self.page.url}")

    def _tick(self, box: Locator, *, is_on: bool) -> None:
        if box.is_checked() != is_on:
            self._reach(box)
            self._key("Space")
            assert box.is_checked() == is_on

    def _step(self, field: Locator, first: str, then: str, value: str) -> None:
        """The options of a choice, one after the other, until the wanted one is taken."""
        self._key(first)
        for _turn in range(MOST_OPTIONS):
            if field.input_value() == value:
                return
            self._key(then)
        raise AssertionError(f"no arrow leads to {value} at {self.page.url}")

    def _type_day(self, field: Locator, value: str) -> None:
        """A day, part by part, in the order of the browser's language."""
        year, month, day = value.split("-")
        for parts in ((year, month, day), (month, day, year), (day, month, year)):
            for _back in parts:
                self._key("ArrowLeft")
            for part in parts:
                self._type(part)
                if part is year:
                    self._key("ArrowRight")
            if field.input_value() == value:
                return
        raise AssertionError(f"the day {value} became {field.input_value()}")

    def _press(self, action: str, by: str = "") -> None:
        form = f'form[action$="{action}"]' if action else 'form[method="post"]'
        which = f'[value="{by}"]' if by else ':not([name="more"])'
        button = self.page.locator(f'main {form} button[type="submit"]{which}').first
        self._reach(button)
        with self.page.expect_event("load"):
            self._key("Enter")
        self._settle()

    def _reach(self, wanted: Locator) -> None:
        """Tab, or back, until the focus is there; folds on the way are opened."""
        while (fold := wanted.evaluate_handle(_CLOSED).as_element()) is not None:
            self._tab_to(fold)
            self._key("Enter")
        handle = wanted.element_handle()
        assert handle is not None
        self._tab_to(handle)

    def _tab_to(self, wanted: ElementHandle) -> None:
        key = "Shift+Tab" if self.page.evaluate(_IS_BEHIND, wanted) else "Tab"
        stop = self.page.evaluate(_STOP, wanted)
        for _turn in range(MOST_STOPS):
            if stop["there"]:
                return
            self._key(key)
            stop = self.page.evaluate(_STOP, wanted)
            if stop["fault"]:
                where = re.sub(r"^https?://[^/]*", "", self.page.url)
                self.unseen[f"{stop['name']} is {stop['fault']}"] = where
        raise AssertionError(f"Tab does not reach {wanted} at {self.page.url}")

    def _key(self, key: str) -> None:
        self.used["keys"] += 1
        self.page.keyboard.press(key)

    def _type(self, text: str) -> None:
        self.used["keys"] += len(text)
        self.page.keyboard.type(text)
