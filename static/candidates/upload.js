// A file leaves as soon as it is chosen or dropped, with its progress; the page of the section comes back and its
// piece takes the place of this one. Without this script, or while the network is away, the form of the section
// takes the file: nothing is said to be received that is not.

const TOKEN = '#contenu [name="csrfmiddlewaretoken"]';
const SAID = {
  cut: "La connexion est coupée\u00a0: le fichier n’est pas reçu. Déposez-le de nouveau quand elle revient.",
  signedOut:
    "Votre session est terminée\u00a0: le fichier n’est pas reçu. Reconnectez-vous dans un nouvel onglet, puis déposez-le de nouveau.",
  refused: "Le site n’a pas pu recevoir ce fichier. Réessayez dans un instant.",
  heavy: "Ce fichier est trop lourd\u00a0: il n’est pas reçu.",
};
const inFlight = new Map();

const zoneOf = (element) => element?.closest?.("[data-upload]");
const inputOf = (zone) => zone.querySelector('input[type="file"]');
const partOf = (zone, name) => zone.querySelector(`[${name}]`);

function say(zone, text) {
  partOf(zone, "data-upload-status").textContent = text;
}

function rest(zone) {
  inFlight.delete(zone);
  partOf(zone, "data-fallback").hidden = false;
  zone.querySelector("progress").hidden = true;
}

function dress(root) {
  for (const zone of root.querySelectorAll("[data-upload]")) {
    partOf(zone, "data-fallback").hidden = true;
    partOf(zone, "data-drop-hint").hidden = false;
  }
}

// The answer is the page of the section: it shows the file, or says why it is refused.
function show(zone, file, xhr) {
  const piece = zone.closest("[data-piece]");
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const fresh = page.querySelector(`[data-piece="${CSS.escape(piece.dataset.piece)}"]`);
  if (!fresh || ![200, 422].includes(xhr.status)) {
    rest(zone);
    say(zone, whyNot(xhr, page));
    return;
  }
  inFlight.delete(zone);
  const here = piece.contains(document.activeElement);
  piece.replaceWith(fresh);
  dress(fresh.parentElement);
  const next = fresh.querySelector("[data-upload]");
  const wrong = xhr.status === 422 || page.querySelector(".fr-alert--error");
  if (next && !wrong)
    say(next, `«\u00a0${file.name}\u00a0» est reçu. Sa vérification prend quelques instants.`);
  if (next && wrong) say(next, `«\u00a0${file.name}\u00a0» n’est pas reçu. ${whyIn(page, fresh)}`);
  if (next && here) inputOf(next).focus();
}

function whyNot(xhr, page) {
  if (xhr.status === 413) return SAID.heavy;
  if (xhr.status !== 200 && xhr.status !== 403) return SAID.refused;
  // A dossier that was closed meanwhile says so on the page where it leads.
  return page.querySelector(".fr-alert--warning")?.textContent.trim() ?? SAID.signedOut;
}

function whyIn(page, fresh) {
  const beside = fresh.querySelector(".eig-drop .fr-message--error");
  return (beside ?? page.querySelector(".fr-alert--error"))?.textContent.trim() ?? "";
}

function send(zone, file) {
  inFlight.get(zone)?.abort();
  const body = new FormData();
  body.append("csrfmiddlewaretoken", document.querySelector(TOKEN).value);
  body.append(inputOf(zone).name, file);
  const bar = zone.querySelector("progress");
  const xhr = new XMLHttpRequest();
  inFlight.set(zone, xhr);
  bar.hidden = false;
  bar.value = 0;
  say(zone, `Envoi de «\u00a0${file.name}\u00a0»…`);
  xhr.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
  });
  xhr.addEventListener("load", () => show(zone, file, xhr));
  xhr.addEventListener("error", () => {
    rest(zone);
    say(zone, SAID.cut);
  });
  xhr.open("POST", zone.dataset.upload);
  xhr.send(body);
}

document.addEventListener("change", (event) => {
  const zone = zoneOf(event.target);
  const [file] = event.target.files ?? [];
  if (zone && file) send(zone, file);
});

for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const zone = zoneOf(event.target);
    if (!zone || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    zone.toggleAttribute("data-over", name === "dragenter" || name === "dragover");
    const [file] = event.dataTransfer.files;
    if (name !== "drop" || !file) return;
    // The form of the section would take it too.
    inputOf(zone).files = event.dataTransfer.files;
    send(zone, file);
  });
}

// The form of the section goes: it carries what was still on its way.
document.addEventListener("submit", (event) => {
  if (event.target.id !== "rubrique" || event.defaultPrevented) return;
  for (const [zone, xhr] of inFlight) {
    xhr.abort();
    rest(zone);
  }
});

window.addEventListener("beforeunload", (event) => {
  if (inFlight.size) event.preventDefault();
});

dress(document);
