// What changes while a page is open: one voice says it, parts that refresh themselves leave the focus where it
// is, and the end of the session is told before it comes. Everything works without this file.

// ---- One voice for the whole page. Screen readers hear `eig:say` (its detail is the sentence) in the region of
// base.html: a region that a script adds, or that a fragment brings with its text inside, is not heard.
const voice = document.querySelector("[data-voice]");
let spoken;

function say(text) {
  if (!text) return;
  // Emptied first: the same sentence said twice is heard twice.
  voice.textContent = "";
  clearTimeout(spoken);
  spoken = setTimeout(() => {
    voice.textContent = text;
  }, 100);
}

// A line that others write, and that everybody sees, is heard too.
const lines = new MutationObserver((changes) => {
  for (const { target } of changes) {
    const line = (target.closest ? target : target.parentElement)?.closest("[data-heard]");
    if (line) say(line.textContent.replace(/\s+/g, " ").trim());
  }
});

// ---- Fragments. `data-say` on a piece of one says aloud what it shows: when it differs from what was there if
// the page asked by itself, always if somebody did.
const POLLS = '[hx-trigger*="every"]';
const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";
const saidBy = (root) =>
  [...root.querySelectorAll("[data-say]")].map((it) => it.dataset.say.replace(/\s+/g, " ").trim());
// What makes a control the same one in a fragment drawn again.
const nameOf = (it) =>
  [
    it.tagName,
    it.id,
    it.name,
    it.type,
    it.value,
    it.getAttribute("href"),
    it.form?.getAttribute("action"),
  ].join();
const sameAs = (root, name) => [...root.querySelectorAll(FOCUSABLE)].filter((it) => nameOf(it) === name);

// What is read and done there, without what a script wrote (a clock) nor what changes at each answer (a token).
function contentOf(root) {
  const copy = root.cloneNode(true);
  for (const it of copy.querySelectorAll("[data-own]")) it.remove();
  const doors = [...copy.querySelectorAll("a[href], form, button")].map((it) =>
    ["href", "action", "name", "value"].map((each) => it.getAttribute(each)).join(),
  );
  return [
    copy.hasAttribute("hx-get"),
    copy.textContent.replace(/\s+/g, " ").trim(),
    saidBy(copy),
    doors,
  ].join();
}

let before = null;

function leave(event) {
  const { target, requestConfig, serverResponse, xhr } = event.detail;
  if (isSignIn(xhr)) event.detail.shouldSwap = false;
  sayOver(isSignIn(xhr));
  lasts(Number(xhr.getResponseHeader("Session-Ends-In")));
  if (!event.detail.shouldSwap) return;
  const byItself = requestConfig.elt.matches(POLLS);
  if (byItself) {
    const fresh = new DOMParser().parseFromString(serverResponse, "text/html").getElementById(target.id);
    // Nothing is new: whoever reads there is not disturbed.
    if (fresh && contentOf(fresh) === contentOf(target)) {
      event.detail.shouldSwap = false;
      return;
    }
  }
  const held = target.contains(document.activeElement) ? document.activeElement : null;
  before = {
    id: target.id,
    byItself,
    told: saidBy(target),
    held: held && { name: nameOf(held), rank: sameAs(target, nameOf(held)).indexOf(held) },
  };
}

// The control that had the focus has it again; if it is gone, the part it was in.
function comeBack() {
  const was = before;
  before = null;
  const target = was && document.getElementById(was.id);
  if (!target) return;
  const told = saidBy(target);
  say((was.byItself ? told.filter((it) => !was.told.includes(it)) : told).join(" "));
  if (!was.held || document.activeElement !== document.body) return;
  const same = sameAs(target, was.held.name);
  const place = same[was.held.rank] ?? same[0] ?? (was.byItself ? target : null);
  place?.focus({ preventScroll: true });
}

// ---- The session (journey/middleware.py). Each answer says how long it still lasts; ten minutes before its end the
// page says so, and asking for anything puts it off. Once it is over, the server answers the sign-in page: it is
// never shown in place of a part; parts stop asking, one sentence says why, and goes when an answer comes again.
const region = document.querySelector("[data-session-over]");
const SOON = 600_000;
let ends = 0;
let shown = "";
let isHeld = false;
let alarm;
const isSignIn = (xhr) =>
  Boolean(xhr.responseURL) && new URL(xhr.responseURL).pathname.startsWith("/compte/");

function show(which) {
  if (!region || which === shown) return;
  shown = which;
  const words = which && document.querySelector(`template[data-session="${which}"]`);
  region.replaceChildren(...(words ? [words.content.cloneNode(true)] : []));
}

function watch() {
  clearTimeout(alarm);
  if (!ends || shown === "over") return;
  const left = ends - SOON - Date.now();
  show(left > 0 ? "" : "soon");
  if (left > 0) alarm = setTimeout(watch, left);
}

function lasts(seconds) {
  if (!(seconds > 0)) return;
  ends = Date.now() + seconds * 1000;
  watch();
}

function sayOver(over) {
  isHeld = over;
  if (!over && shown === "over") show("");
  // A page that saves by itself has a bar that says it.
  else if (over && !document.querySelector("[data-savebar]")) show("over");
}

// What asks by itself waits until somebody comes back to the page: they may have signed in elsewhere.
function holdPolls(event) {
  if (isHeld && event.detail.elt.matches(POLLS)) event.preventDefault();
}

// Asking for this page again is enough to stay; the button leaves, the focus stays in the page.
async function stay() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  sayOver(answer.redirected && isSignIn({ responseURL: answer.url }));
  lasts(Number(answer.headers.get("Session-Ends-In")));
  if (!shown) document.getElementById("contenu").focus({ preventScroll: true });
}

lines.observe(document.body, { childList: true, characterData: true, subtree: true });
document.addEventListener("eig:say", (event) => say(event.detail));
document.addEventListener("htmx:beforeSwap", leave);
document.addEventListener("htmx:afterSettle", comeBack);
document.addEventListener("htmx:beforeRequest", holdPolls);
window.addEventListener("focus", () => {
  isHeld = false;
});
document.addEventListener("click", (event) => event.target.closest("[data-session-stay]") && stay());
// A machine that slept rang no alarm.
document.addEventListener("visibilitychange", watch);
lasts(Number(region?.dataset.sessionOver));
