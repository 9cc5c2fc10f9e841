// What is typed saves itself: one way, for every page that does so (dossiers, grids, scorecards, wishes).
//
// A piece is an element with data-save, its name on the page; htmx posts it when it hears `eig:save`. The server
// answers 200 (kept), 409 (changed elsewhere: the piece shows both texts in a [data-conflict], and nothing leaves
// until somebody chooses), 422 (to correct) or 423 (closed), with a fragment to show and a sentence for the bar.
// This file keeps count of what is not safe yet: what waits for a pause, for the network, for a new sign-in, for a
// choice. Nothing is put in the browser's storage: the text is in the fields, and the page asks before it is left.

const PAUSE = { input: 1000, change: 150 };
const BACK_OFF = [2, 4, 8, 16, 30];
const SHOWN_REFUSALS = [409, 422, 423];
const SAID = {
  offline: "Hors connexion\u00a0: vos textes sont gardés sur cette page. Nouvel essai dès que possible.",
  signedOut:
    "Votre session est terminée. Vos textes restent sur cette page\u00a0: reconnectez-vous dans un nouvel onglet, puis revenez ici.",
  refused: "Le site n’a pas pu enregistrer. Vos textes restent sur cette page. Nouvel essai dans un instant.",
  undone: "Le site n’a pas répondu\u00a0: cette action n’est pas faite. Recommencez dans un instant.",
  back: "Connexion rétablie.",
};

const bar = document.querySelector("[data-savebar]");
// Pieces typed and not acknowledged yet → how many edits they had; their pauses; the edits that a request carries.
const unsaved = new Map();
const pauses = new Map();
const carried = new WeakMap();
// What was typed in pieces that a fragment is about to replace.
let typed = new Map();
let waiting = new Set();
// Pieces kept since it was last said aloud.
const kept = new Set();
let state = "idle";
let tries = 0;
let left = false;
let renewing = false;
let timer;

const pieceOf = (element) => element?.closest?.("[data-save]");
const nameOf = (piece) => piece.dataset.save;
const pieceNamed = (name) => document.querySelector(`[data-save="${CSS.escape(name)}"]`);
const hesitates = (piece) => Boolean(piece.querySelector("[data-conflict]"));
const within = (root) => [
  ...(root.matches?.("[data-save]") ? [root] : []),
  ...root.querySelectorAll("[data-save]"),
];
const fieldsOf = (piece) =>
  piece.querySelectorAll('input[name]:not([type="hidden"]), select[name], textarea[name]');
const isTicked = (field) => field.type === "radio" || field.type === "checkbox";
const keyOf = (field) => (isTicked(field) ? `${field.name}=${field.value}` : field.name);
const contentOf = (field) => (isTicked(field) ? field.checked : field.value);

function show(next, text) {
  state = next;
  bar.dataset.state = next;
  bar.querySelector("[data-way]").hidden = next !== "signed-out" && next !== "offline";
  bar.querySelector("[data-sign-in]").hidden = next !== "signed-out";
  const status = bar.querySelector("[data-status]");
  // Said once, not at each new try.
  if (text && status.textContent !== text) {
    status.textContent = text;
    say(text);
  }
}

const say = (text) => document.dispatchEvent(new CustomEvent("eig:say", { detail: text }));

// That it is kept is heard when the piece is left, not at each pause of the typing.
function sayKept(event) {
  const piece = pieceOf(event.target);
  if (!piece || piece.contains(event.relatedTarget) || unsaved.has(nameOf(piece))) return;
  if (kept.delete(nameOf(piece))) say("Enregistré.");
}

// One field that is refused says so, and points to the sentence that says why.
function mark(piece, isWrong) {
  const fields = [...fieldsOf(piece)];
  const why = piece.querySelector(".eig-question__state")?.id;
  if (!why || new Set(fields.map((field) => field.name)).size !== 1) return;
  for (const field of fields) {
    const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== why);
    field.setAttribute("aria-describedby", [...others, ...(isWrong ? [why] : [])].join(" "));
    if (isWrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
}

// ---- What is typed waits for a pause, then leaves.
function touch(piece, delay) {
  const name = nameOf(piece);
  unsaved.set(name, (unsaved.get(name) ?? 0) + 1);
  clearTimeout(pauses.get(name));
  pauses.set(
    name,
    setTimeout(() => send(name), delay),
  );
}

function edited(event) {
  const piece = pieceOf(event.target);
  if (piece && !event.target.closest("[data-choose]")) touch(piece, PAUSE[event.type]);
}

function send(name) {
  clearTimeout(pauses.get(name));
  pauses.delete(name);
  const piece = pieceNamed(name);
  if (!piece) unsaved.delete(name);
  if (piece && !hesitates(piece)) htmx.trigger(piece, "eig:save");
  else waiting.delete(name);
}

// A deed of the page goes after what was typed, and takes with it the pieces that are inside its own form.
function goFirst(event) {
  const { elt, verb } = event.detail;
  if (verb === "get" || pieceOf(elt)) return;
  for (const piece of within(elt)) {
    clearTimeout(pauses.get(nameOf(piece)));
    pauses.delete(nameOf(piece));
  }
  for (const name of [...pauses.keys()]) send(name);
}

// A text that waits for a choice does not go by itself; nothing goes after the page itself was posted.
function prepare(event) {
  const { elt } = event.detail;
  const piece = pieceOf(elt);
  if (piece && (left || (hesitates(piece) && !elt.closest("[data-choose]")))) event.preventDefault();
}

function started(event) {
  const { elt, xhr } = event.detail;
  const piece = pieceOf(elt);
  const pieces = piece ? [piece] : within(elt);
  carried.set(xhr, new Map(pieces.map((each) => [nameOf(each), unsaved.get(nameOf(each)) ?? 0])));
  if (piece && (state === "idle" || state === "saved")) bar.dataset.state = "saving";
}

// ---- What comes back.
const pathOf = (address) => new URL(address, location).pathname;
const isElsewhere = ({ xhr, requestConfig }) =>
  Boolean(xhr.responseURL) && pathOf(xhr.responseURL) !== pathOf(requestConfig.path);

function acknowledge(event) {
  const { xhr } = event.detail;
  if (xhr.status !== 200 || isElsewhere(event.detail)) return;
  for (const [name, edits] of carried.get(xhr) ?? []) {
    if ((unsaved.get(name) ?? 0) <= edits) unsaved.delete(name);
  }
}

// Refusals with an explanation are shown in their place; the sign-in page is not.
function decide(event) {
  const { xhr, requestConfig } = event.detail;
  const piece = pieceOf(requestConfig.elt);
  if (isElsewhere(event.detail)) {
    event.detail.shouldSwap = false;
    signedOut();
    return;
  }
  if (xhr.status === 403) {
    void renew(piece ? "" : SAID.undone);
  } else if (piece && SHOWN_REFUSALS.includes(xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  } else if (piece && xhr.status >= 400) {
    wait("offline", SAID.refused);
  } else if (xhr.status >= 500) {
    show("offline", SAID.undone);
  }
  if (event.detail.shouldSwap) remember(event.detail.target, requestConfig.elt);
}

// What is typed while a fragment is on its way stays, unless the other text was chosen.
function remember(target, requester) {
  typed = new Map();
  if (requester.closest("[data-choose]")) return;
  for (const piece of within(target)) {
    if (!unsaved.has(nameOf(piece)) || piece.inert) continue;
    typed.set(nameOf(piece), new Map([...fieldsOf(piece)].map((field) => [keyOf(field), contentOf(field)])));
  }
}

function putBack() {
  for (const [name, values] of typed) {
    const piece = pieceNamed(name);
    for (const field of piece ? fieldsOf(piece) : []) {
      const value = values.get(keyOf(field));
      if (value === undefined) continue;
      if (isTicked(field)) field.checked = value;
      else field.value = value;
    }
    if (piece) touch(piece, PAUSE.change);
    else unsaved.delete(name);
  }
  typed = new Map();
}

function finished(event) {
  const { xhr, requestConfig } = event.detail;
  const piece = pieceOf(requestConfig.elt);
  if (!piece || xhr.status === 0 || isElsewhere(event.detail)) return;
  if (xhr.status === 200) {
    tries = 0;
    kept.add(nameOf(piece));
    mark(piece, false);
    if (!piece.contains(document.activeElement)) sayKept({ target: piece });
    show("saved");
  } else if (xhr.status === 409) {
    show("conflict");
  } else if (xhr.status === 422) {
    mark(piece, true);
    show("wrong");
  } else if (xhr.status === 423) {
    unsaved.delete(nameOf(piece));
    show("closed");
  } else {
    return;
  }
  waiting.delete(nameOf(piece));
  // One came through: those that were waiting go too.
  const [next] = waiting;
  if (next) send(next);
}

// ---- What did not go through goes again.
function retry(text) {
  clearTimeout(timer);
  waiting = new Set(unsaved.keys());
  const [first] = waiting;
  if (first) send(first);
  // What was kept meanwhile has said its hour: that stays.
  else if (state !== "saved") show("saved", text);
}

function wait(next, text) {
  show(next, text);
  clearTimeout(timer);
  const seconds = BACK_OFF[Math.min(tries, BACK_OFF.length - 1)];
  tries += 1;
  timer = setTimeout(retry, seconds * 1000);
}

function lost(event) {
  const piece = pieceOf(event.detail.requestConfig.elt);
  if (piece) wait("offline", SAID.offline);
  else show("offline", SAID.undone);
}

function signedOut() {
  clearTimeout(timer);
  show("signed-out", SAID.signedOut);
}

const TOKEN = '#contenu [name="csrfmiddlewaretoken"]';

// Signed in again, perhaps in another tab: the page's token is of the former session, take the new one.
async function renew(text = SAID.back) {
  // The window comes back and « Réessayer » is clicked in one gesture: one look at the session answers both.
  if (renewing) return;
  renewing = true;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(TOKEN);
    if (!answer.ok || answer.redirected || !fresh) {
      signedOut();
      return;
    }
    for (const field of document.querySelectorAll(TOKEN)) field.value = fresh.value;
    tries = 0;
    retry(text);
  } catch {
    wait("offline", SAID.offline);
  } finally {
    renewing = false;
  }
}

function again() {
  tries = 0;
  if (state === "signed-out") void renew();
  else retry(SAID.back);
}

function back() {
  if (state === "signed-out") void renew();
}

// The page itself is posted, by the browser: nothing leaves after it.
function leaving(event) {
  if (event.defaultPrevented || !within(event.target).length) return;
  left = true;
  unsaved.clear();
  for (const pause of pauses.values()) clearTimeout(pause);
  pauses.clear();
}

// Of two versions of a piece, « mine » goes again as it is on the page; « theirs » is the page as it is stored.
function choose(event) {
  const button = event.target.closest("[data-choose]");
  const piece = pieceOf(button);
  if (!piece) return;
  if (button.dataset.choose === "mine") {
    button.closest("[data-conflict]").remove();
    touch(piece, 0);
  } else if (button.dataset.choose === "theirs") {
    button.closest("[data-conflict]").remove();
    unsaved.delete(nameOf(piece));
    location.reload();
  }
}

if (bar) {
  document.addEventListener("input", edited);
  document.addEventListener("change", edited);
  document.addEventListener("submit", leaving);
  document.addEventListener("focusout", sayKept);
  document.addEventListener("click", choose);
  for (const [name, hear] of Object.entries({
    confirm: goFirst,
    configRequest: prepare,
    beforeSend: started,
    beforeOnLoad: acknowledge,
    beforeSwap: decide,
    // At once: while htmx settles, somebody is already typing.
    afterSwap: putBack,
    afterOnLoad: finished,
    sendError: lost,
    timeout: lost,
  })) {
    document.body.addEventListener(`htmx:${name}`, hear);
  }
  bar.querySelector("[data-retry]").addEventListener("click", again);
  window.addEventListener("online", () => {
    if (state === "offline") again();
  });
  window.addEventListener("focus", back);
  window.addEventListener("pageshow", () => {
    left = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) back();
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved.size || document.querySelector("[data-save] [data-conflict]")) event.preventDefault();
  });
}
