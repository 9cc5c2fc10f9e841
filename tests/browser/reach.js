/* What a person reaches on a page, in one look and without pressing Tab: is each control really seen when it has the
 * focus, are the places that speak named, is nothing lost with larger text? What axe does not look at. What was found
 * right is asked no more (`known`): furniture (header, footer, dialogs) that is the same; a piece within another, each
 * of its kind, whose text was once made larger.
 */
({ known: before, look }) => {
    const faults = [], root = document.documentElement, known = new Set(before.split(' ')), right = new Set()
    const isNew = (words) => {
        let one = 7, two = 11
        for (let at = 0; at < words.length; at++) {
            one = Math.imul(one ^ words.charCodeAt(at), 2654435761)
            two = Math.imul(two ^ words.charCodeAt(at), 1597334677)
        }
        const key = `${look}${(one >>> 0).toString(36)}${(two >>> 0).toString(36)}`
        if (!known.has(key)) right.add(key)
        return !known.has(key)
    }
    const told = (it) => it.outerHTML.replace(/\s+/g, ' ').slice(0, 160)
    const furniture = [...document.querySelectorAll('.fr-skiplinks, header#top, footer, body > dialog')].filter(
        (piece) => !isNew(piece.outerHTML.replace(/(name="csrfmiddlewaretoken" value=")[^"]*/g, '$1')),
    )
    const within = (it) => !furniture.some((piece) => piece.contains(it))

    // ---- Places that speak: named, so that a screen reader's list of them says what each is for.
    for (const it of document.querySelectorAll('[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]')) {
        if (!it.getAttribute('aria-label') && !it.getAttribute('aria-labelledby')) faults.push(`live region without a name: ${told(it)}`)
    }
    const ids = new Set(), captions = new Set()
    for (const { id } of document.querySelectorAll('[id]')) {
        if (ids.has(id)) faults.push(`id twice: ${id}`)
        ids.add(id)
    }
    for (const it of document.querySelectorAll('caption')) {
        const words = it.textContent.trim()
        if (captions.has(words)) faults.push(`caption twice: ${words}`)
        captions.add(words)
    }

    // ---- The focus. A box that is drawn by its label (the DSFR's ticks) is seen where its label is.
    const STOPS = 'a[href], button, input, select, textarea, summary, [tabindex]'
    const shown = (it) => it.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && it.getClientRects().length
    const sized = (it) => it?.offsetWidth > 1 && it.offsetHeight > 1
    const face = (it) => (it.matches('[type=radio], [type=checkbox]') && sized(it.labels[0]) ? it.labels[0] : it)
    const stops = [...document.querySelectorAll(STOPS)].filter(
        (it) => it.tabIndex >= 0 && !it.disabled && it.type !== 'hidden' && within(it) && shown(it) && !it.closest('[inert]'),
    )
    const sticks = (it) => /sticky|fixed/.test(getComputedStyle(it).position) && it.offsetHeight && shown(it)
    const above = [...document.querySelectorAll('[class]')].filter(sticks)
    // Any part of it (WCAG 2.4.11) that is on the screen and that nothing else covers.
    const seen = (it) => {
        const part = face(it)
        return [...part.getClientRects()].some((box) => {
            const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)]
            const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)]
            const points = [[(left + right) / 2, (top + bottom) / 2], [left + 3, top + 3], [right - 3, bottom - 3]]
            return left < right && top < bottom && points.some(([x, y]) => {
                const hit = document.elementFromPoint(x, y)
                return hit && (part.contains(hit) || hit === part.parentElement || hit.control === it)
            })
        })
    }
    const held = document.activeElement, place = scrollY
    // Where nothing sticks, what has a size is seen once the page has scrolled to it.
    for (const it of stops) {
        const box = face(it).getBoundingClientRect()
        if (box.width < 2 || box.height < 2) {
            faults.push(`stop that nobody sees: ${told(it)}`)
        } else if (above.length) {
            it.focus()
            if (!seen(it)) faults.push(`focus hidden: ${told(it)}`)
        } else if (box.right <= 0) {
            faults.push(`stop beside the screen: ${told(it)}`)
        }
    }
    if (above.length) {
        if (held === document.body) document.activeElement.blur()
        else held.focus()
        scrollTo({ top: place, behavior: 'instant' })
        for (const it of document.querySelectorAll('main *')) if (it.scrollTop) it.scrollTop = 0
    }

    // ---- Text twice as large (1.4.4), text spaced out (1.4.12): nothing cut, nothing beside the screen.
    let isStretched = false
    for (const it of document.querySelectorAll('main *, header#top *')) {
        const { tagName, className } = it.parentElement
        isStretched = isNew(`${tagName}.${className}>${it.tagName}.${it.className}`) || isStretched
    }
    if (isStretched) {
        const texts = [...document.querySelectorAll('main *, header#top *')].filter(
            (it) => within(it) && shown(it) && [...it.childNodes].some((one) => one.nodeType === Node.TEXT_NODE && one.data.trim()),
        )
        const HIDES = /hidden|clip/
        // Cut: its text goes beyond a box that shows no more than itself; what only screen readers have is not shown.
        let boxes = new Map()
        const cut = (box) => {
            if (box === document.body) return false
            if (!boxes.has(box)) {
                const worn = getComputedStyle(box)
                const heard = worn.position === 'absolute' && (box.offsetWidth < 2 || worn.clipPath !== 'none')
                const beyond = HIDES.test(worn.overflowY) && box.scrollHeight > box.clientHeight + 2 && box.clientHeight
                    || HIDES.test(worn.overflowX) && box.scrollWidth > box.clientWidth + 2 && box.clientWidth
                boxes.set(box, !heard && (beyond || cut(box.parentElement)))
            }
            return boxes.get(box)
        }
        const already = new Set(texts.filter(cut)), wide = Math.max(root.scrollWidth, innerWidth)
        const sheet = new CSSStyleSheet()
        const wear = (name, rules, most) => {
            sheet.replaceSync(rules)
            boxes = new Map()
            for (const it of texts) if (!already.has(it) && cut(it)) faults.push(`${name}: cut: ${told(it)}`)
            if (root.scrollWidth > most + 1) faults.push(`${name}: scrolls sideways: ${root.scrollWidth} px`)
        }
        document.adoptedStyleSheets.push(sheet)
        wear('spaced text', `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
            p { margin-bottom: 2em !important }`, wide)
        // On a phone larger text is a zoom, which 320 px stand for.
        if (innerWidth > 1000) wear('text at 200 %', ':root { font-size: 200% !important }', wide)
        document.adoptedStyleSheets.pop()
    }
    return { faults: [...new Set(faults)], right: faults.length ? [] : [...right] }
}
