// After a deed on the wishes: say aloud what happened, and keep the keyboard on the wish it was about.
document.addEventListener('ranking:said', (event) => {
  const { text, focus } = event.detail
  const line = document.getElementById('annonce-voeux')
  if (line) line.textContent = text
  const target = document.getElementById(focus)
  target?.focus({ preventScroll: target.tagName !== 'BUTTON' })
})
