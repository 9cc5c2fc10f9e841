/* What a page shows in one look: what axe says of it, its theme, its width. Asked at once: on a busy machine
 * a question costs more than its answer. What was found right is asked no more:
 *
 * - furniture (header, footer, dialogs), as long as its text is the same, in the same look;
 * - the dress of a text: its colours and size, and the layers of all that is around it. Whatever its words, its
 *   contrast is measured once, unless something floats there, or it spills out of what colours its ground.
 *   What axe cannot measure (a link underlined by an image, a cell of a table) is known by its colours.
 */
async ({ options, look, scheme, right }) => {
    const root = document.documentElement, late = performance.now() + 15000
    const frame = () => new Promise(requestAnimationFrame)
    while (scheme && root.dataset.frTheme !== scheme && performance.now() < late) await frame()
    // Scripts hear of another width in one frame, and act in the next.
    await frame()
    await frame()
    // A colour on its way from one theme to the other is nobody's colour; what turns for ever may turn.
    const moving = () => document.getAnimations().filter(
        (it) => it.playState === 'running' && it.effect.getComputedTiming().endTime !== Infinity,
    )
    while (moving().length && performance.now() < late) {
        await Promise.allSettled(moving().map((it) => it.finished))
    }

    const FLOATS = ['absolute', 'fixed', 'sticky'], NONE = 'rgba(0, 0, 0, 0)'
    const NOTHING = [NONE, 'none', false, '1', 'none', 'normal', 'none', 'none'].join()
    const ON_SCREEN = { visibilityProperty: true, opacityProperty: true }
    const known = new Set(right.split(' ')), found = []
    const sheets = [...document.styleSheets].map((it) => it.href).join(' ')
    // The token of a form is another each time.
    const text = (it) => it.outerHTML.replace(/(name="csrfmiddlewaretoken" value=")[^"]*/g, '$1')
    const exclude = []
    const pieces = document.querySelectorAll('.fr-skiplinks, header#top, footer, body > dialog')
    for (const piece of look ? pieces : []) {
        const words = new TextEncoder().encode([look, sheets, text(piece)].join(' '))
        const key = new Uint8Array(await crypto.subtle.digest('SHA-256', words)).toHex()
        found.push(key)
        if (known.has(key)) exclude.push(piece)
    }
    const all = [...document.body.querySelectorAll('*')]
    const elements = all.filter((it) => !exclude.some((one) => one.contains(it)))

    const hash = (words, from) => {
        let one = from ^ 0xdeadbeef, two = from ^ 0x41c6ce57
        for (let at = 0; at < words.length; at++) {
            one = Math.imul(one ^ words.charCodeAt(at), 2654435761)
            two = Math.imul(two ^ words.charCodeAt(at), 1597334677)
        }
        one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909)
        two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
        return 4294967296 * (2097151 & two) + (one >>> 0)
    }
    // What colours the ground of a text: itself, and each element around it that is not seen through.
    const layers = new Map(), floats = []
    const layer = (it) => {
        if (!it) return { key: hash(look + sheets, 0), ground: null, colour: '', plain: true }
        if (layers.has(it)) return layers.get(it)
        const worn = getComputedStyle(it), { key, ground, colour, plain } = layer(it.parentElement)
        const { backgroundColor, backgroundImage, position } = worn, coloured = backgroundColor !== NONE
        const words = [backgroundColor, backgroundImage, FLOATS.includes(position) && position, worn.opacity,
            worn.filter, worn.mixBlendMode, worn.transform, worn.clipPath].join()
        const made = {
            worn,
            key: words === NOTHING ? key : hash(`${key} ${words}`, 0),
            ground: coloured || backgroundImage !== 'none' ? it.getBoundingClientRect() : ground,
            colour: coloured ? backgroundColor : colour,
            plain: plain && worn.opacity === '1' && worn.filter === 'none' && worn.mixBlendMode === 'normal',
        }
        layers.set(it, made)
        return made
    }
    for (const it of all) {
        if (FLOATS.includes(layer(it).worn.position) && it.checkVisibility(ON_SCREEN)) {
            floats.push([it, it.getBoundingClientRect()])
        }
    }
    const clear = (it, { ground }) => {
        const box = it.getBoundingClientRect()
        const out = ground && (box.left < ground.left - 1 || box.top < ground.top - 1
            || box.right > ground.right + 1 || box.bottom > ground.bottom + 1)
        return !out && !floats.some(([over, its]) => !over.contains(it) && its.left < box.right
            && its.right > box.left && its.top < box.bottom && its.bottom > box.top)
    }
    const luminance = (colour) => {
        const parts = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour)
        const [red, green, blue] = (parts ?? []).slice(1).map(
            (it) => (it / 255 <= 0.04045 ? it / 255 / 12.92 : ((it / 255 + 0.055) / 1.055) ** 2.4),
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    // Small or large, seen through nothing; of a colour that is none of these nothing is known.
    const contrasted = ({ worn, colour, plain }) => {
        const [low, high] = [luminance(worn.color), luminance(colour)].sort((one, two) => one - two)
        return plain && worn.textShadow === 'none' && (high + 0.05) / (low + 0.05) >= 4.5
    }
    const dresses = new Map()
    for (const it of elements) {
        if (![...it.childNodes].some((one) => one.nodeType === Node.TEXT_NODE && one.data.trim())) continue
        const mine = layer(it), { worn } = mine
        const words = [mine.key, worn.color, worn.fontSize, worn.fontWeight, worn.textShadow,
            worn.webkitTextFillColor, worn.webkitTextStroke].join()
        if (clear(it, mine)) dresses.set(it, hash(words, 1).toString(36))
    }

    const rule = axe._audit.rules.find((it) => it.id === 'color-contrast'), { matches } = rule
    const check = axe._audit.checks['color-contrast'], { evaluate } = check
    rule.matches = (node, ...rest) => !known.has(dresses.get(node)) && matches.call(rule, node, ...rest)
    check.evaluate = function (node, ...rest) {
        let told = {}
        const data = (it) => this.data((told = it))
        const answer = evaluate.call({ ...this, data }, node, ...rest)
        // What is hidden is not found right.
        const right = answer === undefined ? contrasted(layer(node)) : answer && told.contrastRatio
        if (right && dresses.has(node)) found.push(dresses.get(node))
        return answer
    }
    try {
        const { violations } = await axe.run(exclude.length ? { exclude } : document, options)
        // What a browser keeps of a page outlives the session of who read it.
        const bases = (await indexedDB.databases()).map((it) => it.name)
        const boxes = await caches.keys()
        return {
            violations,
            kept: [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...bases, ...boxes],
            theme: root.dataset.frTheme,
            right: violations.length ? [] : found.filter((it) => !known.has(it)),
            width: document.scrollingElement.scrollWidth,
        }
    } finally {
        Object.assign(rule, { matches })
        Object.assign(check, { evaluate })
    }
}
