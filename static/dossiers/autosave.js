// Answers saved one by one as they are typed. htmx carries them; this file keeps count of what is not safe yet:
// what waits for the network, for a new sign-in, for a choice between two texts. Nothing is put in the browser's
// storage: the text is in the fields, and the page asks before it is left with something unsaved.

const BACK_OFF = [2, 4, 8, 16, 30]
const SAID = {
  saving: 'Enregistrement…',
  offline: 'Hors connexion : vos textes sont gardés sur cette page. Nouvel essai dès que possible.',
  signedOut: 'Votre session est terminée. Vos textes restent sur cette page : reconnectez-vous dans un nouvel onglet, puis revenez ici.',
  refused: 'Le site n’a pas pu enregistrer. Vos textes restent sur cette page. Nouvel essai dans un instant.'
}

const form = document.querySelector('form[data-autosave]')
const bar = document.querySelector('[data-savebar]')
const tab = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2)
let turn = 0
let tries = 0
let left = false
let timer
let state = 'idle'
// Questions typed and not acknowledged yet → how many edits they had.
const unsaved = new Map()

const questionOf = (element) => element?.closest?.('[data-question]')
const nameOf = (question) => question.dataset.question

function show (next, text) {
  state = next
  bar.dataset.state = next
  bar.querySelector('[data-way]').hidden = next !== 'signed-out' && next !== 'offline'
  bar.querySelector('[data-sign-in]').hidden = next !== 'signed-out'
  const status = document.getElementById('etat-rubrique')
  // Said once, not at each new try.
  if (text && status.textContent !== text) status.textContent = text
}

function belongs (name, code) {
  return name === code || name.startsWith(`${code}__`) || name === `version__${code}` ||
    name === 'csrfmiddlewaretoken' || name === 'add_row' || name === 'remove_row'
}

function edited (event) {
  const question = questionOf(event.target)
  if (!question || event.target.closest('[data-choose]')) return
  unsaved.set(nameOf(question), (unsaved.get(nameOf(question)) ?? 0) + 1)
}

// Only the question goes, with the version it was seen at; a text that waits for a choice does not go by itself.
function prepare (event) {
  const { elt, formData, verb } = event.detail
  const question = questionOf(elt)
  if (!question || !form.contains(question)) return
  const code = nameOf(question)
  const chosen = elt.closest('[data-choose]')
  if (left || (!chosen && question.querySelector('[data-conflict]'))) {
    event.preventDefault()
    return
  }
  if (verb === 'get') return
  for (const name of [...formData.keys()]) if (!belongs(name, code)) formData.delete(name)
  if (elt.name === 'add_row' || elt.name === 'remove_row') formData.set(elt.name, elt.value)
  turn += 1
  formData.set('tab', tab)
  formData.set('turn', String(turn))
}

function started (event) {
  const question = questionOf(event.detail.elt)
  if (!question) return
  event.detail.xhr.edits = unsaved.get(nameOf(question)) ?? 0
  // A row that leaves moves the others up: nothing is typed meanwhile.
  if (event.detail.elt.name === 'remove_row') question.inert = true
  if (state === 'idle' || state === 'saved') bar.dataset.state = 'saving'
}

const isElsewhere = (xhr) => xhr.responseURL && !new URL(xhr.responseURL).pathname.startsWith(new URL(form.dataset.answers, location).pathname)

// Refusals with an explanation are shown in their place; the sign-in page is not.
function decide (event) {
  const { xhr, elt } = event.detail
  if (!questionOf(elt) || !form.contains(elt)) return
  if (isElsewhere(xhr)) {
    event.detail.shouldSwap = false
    signedOut()
  } else if ([409, 422, 423].includes(xhr.status)) {
    event.detail.shouldSwap = true
    event.detail.isError = false
  } else if (xhr.status === 403) {
    renew()
  } else if (xhr.status >= 400) {
    wait('offline', SAID.refused)
  }
  // Here `elt` is what will be replaced; the button is in the request.
  if (event.detail.requestConfig?.elt?.name === 'add_row') typed = valuesOf(questionOf(elt))
  questionOf(elt).inert = false
}

// What is typed while a row is on its way stays: the fields of the other rows keep their names.
let typed = null
const fieldsOf = (question) => question.querySelectorAll('input[name]:not([type="hidden"]), select[name], textarea[name]')
const valuesOf = (question) => new Map([...fieldsOf(question)].map((field) => [field.name, field.value]))

function restore (event) {
  const question = questionOf(event.detail.elt)
  if (!typed || !question) return
  let changed = false
  for (const field of fieldsOf(question)) {
    const value = typed.get(field.name)
    if (value === undefined || value === field.value) continue
    field.value = value
    changed = true
  }
  typed = null
  if (!changed) return
  unsaved.set(nameOf(question), (unsaved.get(nameOf(question)) ?? 0) + 1)
  htmx.trigger(question, 'eig:retry')
}

function finished (event) {
  const { xhr, elt } = event.detail
  const question = questionOf(elt)
  if (!question || !xhr || xhr.status === 0 || isElsewhere(xhr)) return
  const code = nameOf(question)
  if (xhr.status === 200) {
    if ((unsaved.get(code) ?? 0) <= (xhr.edits ?? 0)) unsaved.delete(code)
    tries = 0
    show('saved')
  } else if (xhr.status === 409) {
    show('conflict')
  } else if (xhr.status === 422) {
    show('wrong')
  } else if (xhr.status === 423) {
    unsaved.delete(code)
    show('closed')
  }
  retryOthers(code)
}

// One answer came through: those that were waiting go too.
let waiting = new Set()
function retryOthers (done) {
  waiting.delete(done)
  const [next] = waiting
  if (next) send(next)
}

function send (code) {
  const question = form.querySelector(`[data-question="${CSS.escape(code)}"]`)
  if (question) htmx.trigger(question, 'eig:retry')
  else waiting.delete(code)
}

function retry () {
  clearTimeout(timer)
  waiting = new Set(unsaved.keys())
  const [first] = waiting
  if (first) send(first)
  else show('saved')
}

function wait (next, text) {
  show(next, text)
  clearTimeout(timer)
  const seconds = BACK_OFF[Math.min(tries, BACK_OFF.length - 1)]
  tries += 1
  timer = setTimeout(retry, seconds * 1000)
}

function lost (event) {
  const question = questionOf(event.detail.elt)
  if (!question) return
  question.inert = false
  wait('offline', SAID.offline)
}

function signedOut () {
  clearTimeout(timer)
  show('signed-out', SAID.signedOut)
}

// Signed in again, perhaps in another tab: the page's token is of the former session, take the new one.
async function renew () {
  let answer
  try {
    answer = await fetch(location.href, { credentials: 'same-origin' })
  } catch {
    wait('offline', SAID.offline)
    return
  }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const fresh = page.querySelector('form[data-autosave] [name="csrfmiddlewaretoken"]')
  if (!answer.ok || answer.redirected || !fresh) {
    signedOut()
    return
  }
  for (const field of document.querySelectorAll('[name="csrfmiddlewaretoken"]')) field.value = fresh.value
  tries = 0
  show('saving', SAID.saving)
  retry()
}

function back () {
  if (state === 'signed-out') renew()
}

// The page of the whole section is posted: it says which page it comes from, as each answer did.
function leaving () {
  form.elements.tab.value = tab
  // Later than any answer still on its way; none leaves after it.
  form.elements.turn.value = String(turn + 1000)
  left = true
  unsaved.clear()
}

// A row came or went: the focus follows.
function settled (event) {
  const question = questionOf(event.detail.elt)
  const rows = question?.querySelectorAll('[data-row]')
  const source = event.detail.requestConfig?.elt
  if (!rows?.length || !source?.name?.endsWith('_row')) return
  if (question.contains(document.activeElement)) return
  const row = rows[rows.length - 1]
  row.querySelector('input:not([type="hidden"]), select, textarea')?.focus()
}

if (form && bar) {
  form.addEventListener('input', edited)
  form.addEventListener('change', edited)
  form.addEventListener('submit', leaving)
  document.body.addEventListener('htmx:configRequest', prepare)
  document.body.addEventListener('htmx:beforeSend', started)
  document.body.addEventListener('htmx:beforeSwap', decide)
  document.body.addEventListener('htmx:afterOnLoad', finished)
  document.body.addEventListener('htmx:sendError', lost)
  document.body.addEventListener('htmx:timeout', lost)
  // At once: while htmx settles, somebody is already typing.
  document.body.addEventListener('htmx:afterSwap', restore)
  document.body.addEventListener('htmx:afterSettle', settled)
  bar.querySelector('[data-retry]').addEventListener('click', () => { tries = 0; state === 'signed-out' ? renew() : retry() })
  window.addEventListener('online', () => { if (state === 'offline') { tries = 0; retry() } })
  window.addEventListener('focus', back)
  window.addEventListener('pageshow', () => { left = false })
  document.addEventListener('visibilitychange', () => { if (!document.hidden) back() })
  window.addEventListener('beforeunload', (event) => {
    if (unsaved.size || form.querySelector('[data-conflict]')) event.preventDefault()
  })
}
