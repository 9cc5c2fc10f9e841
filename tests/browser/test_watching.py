"""The watch itself: a fault that it could not see would be no proof."""

import pytest

from tests.browser.conftest import Open
from tests.browser.watching import LOOKS, looked
from tests.repository.world import World


def test_the_watch_sees_each_kind_of_fault(world: World, window: Open) -> None:
    shown = window()
    page = shown.go("/")
    assert shown.faults() == []
    # By the inspector's door: what a page's own script could not do.
    page.evaluate("""() => {
        const main = document.querySelector('main')
        const wide = document.createElement('p')
        wide.style.width = '600px'
        wide.style.color = '#777'
        wide.textContent = 'Un texte pâle et trop large'
        main.append(document.createElement('img'), wide, document.createElement('h6'))
        main.querySelector('h6').textContent = 'Un titre trop bas'
        const foreign = document.createElement('img')
        foreign.alt = ''
        foreign.src = 'https://ailleurs.example/image.png'
        const inline = document.createElement('script')
        inline.textContent = 'window.ran = true'
        main.append(foreign, inline)
        localStorage.setItem('brouillon', 'Une phrase à moi')
    }""")
    page.evaluate("fetch('/nulle-part/')")
    page.wait_for_timeout(200)
    found = "\n".join(shown.faults())
    for fault in (
        "image-alt",
        "heading-order",
        "light: color-contrast",
        "dark: color-contrast",
        "scrolls sideways",
        "the browser keeps brouillon",
    ):
        assert fault in found
    assert "Content Security Policy" in found
    assert "404: GET" in found
    assert page.evaluate("window.ran") is None


def test_a_foreign_request_is_seen(world: World, window: Open) -> None:
    shown = window()
    shown.page.goto(
        "data:text/html,<html lang=fr><title>Page</title><img alt='' src='http://ailleurs.example/'>"
    )
    assert "third party: http://ailleurs.example/" in shown.complaints
    shown.complaints.clear()


def test_furniture_found_right_is_looked_at_again_when_it_changes(world: World, window: Open) -> None:
    """The header and the footer of a page are not asked about twice, unless they are another's."""
    shown = window()
    page = shown.go("/")
    assert shown.faults() == []
    for place in ("header#top", "footer"):
        page.evaluate("place => document.querySelector(place).append(document.createElement('img'))", place)
        found = "\n".join(shown.faults())
        assert found.count("image-alt") == 2, found
        shown.go("/")
        assert shown.faults() == []


def test_what_was_found_right_elsewhere_hides_no_fault(world: World, window: Open) -> None:
    """In another look, on another ground, or once a script has changed the page."""
    shown = window()
    page = shown.go("/")
    page.evaluate("""() => {
        const plain = document.createElement('p')
        plain.textContent = 'Un texte dans la tenue de tous'
        document.querySelector('main').append(plain)
    }""")
    assert shown.faults() == []
    page.evaluate("""() => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(`
            :root[data-fr-theme=dark] .in-the-dark { color: #444 }
            .on-a-phone { display: none }
            @media (max-width: 400px) { .on-a-phone { display: block } }
            .veil { position: absolute; z-index: -1; background: #222; left: 0; right: 0; height: 9rem }
        `)
        document.adoptedStyleSheets.push(sheet)
        const main = document.querySelector('main')
        for (const [tag, name, text] of [
            ['p', 'in-the-dark', 'Un texte pâle dans le noir'],
            ['input', 'on-a-phone', ''],
            ['div', 'veil', ''],
            ['p', 'veiled', 'Un texte dans la tenue de tous, sur un voile'],
        ]) {
            const made = document.createElement(tag)
            made.className = name
            made.textContent = text
            main.append(made)
        }
    }""")
    found = [line.partition(" (")[0] for line in shown.faults()]
    assert sorted(found) == [
        '1280 px, light: color-contrast: <p class="veiled">Un texte dans la tenue de tous, sur un voile</p>',
        '320 px, dark: color-contrast: <p class="in-the-dark">Un texte pâle dans le noir</p>',
        '320 px, dark: label: <input class="on-a-phone">',
    ]


PLANTED = {
    "a block that sticks over it": "focus hidden",
    "a column longer than the screen": "focus hidden",
    "a link of no size": "stop that nobody sees",
    "a link beside the screen": "stop beside the screen",
    "a live region without a name": "live region without a name",
    "a region that speaks on its own": "live region without a name",
    "an id twice": "id twice: contenu",
    "a caption twice": "caption twice: Deux fois",
    "a box too low for larger text": "text at 200 %: cut",
    "a box too low for spaced text": "spaced text: cut",
    "a line that larger text pushes out": "text at 200 %: scrolls sideways",
    "a small target": "target-size",
    "a heading of no level": "page-has-heading-one",
}
PLANT = """name => {
    const main = document.querySelector('main'), made = document.createElement('div')
    const put = (html, rules = '') => {
        made.innerHTML = html
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(rules)
        document.adoptedStyleSheets.push(sheet)
        main.append(made)
    }
    const links = n => '<p><a href="/">Un lien bien long</a></p>'.repeat(n)
    return {
        'a block that sticks over it': () => put(
            `<form class="planted">${links(90)}<p class="bar">Enregistré</p></form>`,
            '.bar { position: sticky; bottom: 0; height: 9rem; background: #fff; margin: 0 }'),
        'a column longer than the screen': () => put(
            `<div class="stays">${links(90)}</div><p class="long">…</p>`,
            '.stays { position: sticky; top: 0 } .long { height: 900rem }'),
        'a link of no size': () => put('<a class="none" href="/">Lien</a>',
            '.none { display: block; height: 0; overflow: hidden }'),
        'a link beside the screen': () => put('<a class="away" href="/">Lien</a>',
            '.away { position: absolute; left: -90rem }'),
        'a live region without a name': () => put('<p role="status">Fini</p>'),
        'a region that speaks on its own': () => put('<p aria-live="polite">Fini</p>'),
        'an id twice': () => put('<p id="contenu">Deux</p>'),
        'a caption twice': () => put('<table><caption>Deux fois</caption><tr><td>1</table>'.repeat(2)),
        'a box too low for larger text': () => put('<p class="low">Un texte</p>',
            '.low { height: 30px; overflow: hidden }'),
        'a box too low for spaced text': () => put('<p class="line">Un texte qui tient sur deux lignes</p>',
            '.line { height: 3rem; line-height: 1.5rem; overflow: hidden; width: 11rem }'),
        'a line that larger text pushes out': () => put(
            `<p class="whole">${'Sans retour '.repeat(10)}</p>`, '.whole { white-space: nowrap }'),
        'a small target': () => put('<p><button class="tiny">a</button><button class="tiny">b</button></p>',
            '.tiny { height: 9px; width: 9px; padding: 0; min-height: 0; display: inline-block }'),
        'a heading of no level': () => document.querySelector('h1').remove(),
    }[name]()
}"""


@pytest.mark.parametrize("fault", PLANTED)
def test_the_watch_sees_what_axe_does_not(world: World, window: Open, fault: str) -> None:
    shown = window()
    page = shown.go("/accessibilite/")
    page.evaluate(PLANT, fault)
    found = looked(page, LOOKS[0])
    assert any(PLANTED[fault] in each for each in found), found
