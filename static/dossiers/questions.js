// The questions of a dossier, each a piece that saves itself (design/saving.js): what is theirs alone. Only the
// question goes, with the version it was seen at and the page it comes from; rows come and go.

const form = document.querySelector("form[data-answers]");
const tab = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2);
let turn = 0;

const questionOf = (element) => {
  const question = element?.closest?.("[data-save]");
  return question && form.contains(question) ? question : null;
};

function belongs(name, code) {
  return (
    name === code ||
    name.startsWith(`${code}__`) ||
    name === `version__${code}` ||
    ["csrfmiddlewaretoken", "add_row", "remove_row"].includes(name)
  );
}

function prepare(event) {
  const { elt, formData, verb } = event.detail;
  const question = questionOf(elt);
  if (!question || verb === "get") return;
  const code = question.dataset.save;
  for (const name of [...formData.keys()]) if (!belongs(name, code)) formData.delete(name);
  if (elt.name === "add_row" || elt.name === "remove_row") formData.set(elt.name, elt.value);
  turn += 1;
  formData.set("tab", tab);
  formData.set("turn", String(turn));
}

// A row that leaves moves the others up: nothing is typed meanwhile.
function started(event) {
  const { elt } = event.detail;
  const question = questionOf(elt);
  if (question && elt.name === "remove_row") question.inert = true;
}

function ended(event) {
  const question = questionOf(event.detail.requestConfig.elt);
  if (question) question.inert = false;
}

// The page of the whole section is posted: it says which page it comes from, as each answer did.
function leaving() {
  form.elements.tab.value = tab;
  // Later than any answer still on its way; none leaves after it.
  form.elements.turn.value = String(turn + 1000);
}

// A row came or went: the focus follows.
function settled(event) {
  const question = questionOf(event.detail.elt);
  const rows = question?.querySelectorAll("[data-row]");
  const source = event.detail.requestConfig?.elt;
  if (!rows?.length || !source?.name?.endsWith("_row")) return;
  if (question.contains(document.activeElement)) return;
  const row = rows[rows.length - 1];
  row.querySelector('input:not([type="hidden"]), select, textarea')?.focus();
}

if (form) {
  form.addEventListener("submit", leaving);
  document.body.addEventListener("htmx:configRequest", prepare);
  document.body.addEventListener("htmx:beforeSend", started);
  document.body.addEventListener("htmx:afterRequest", ended);
  document.body.addEventListener("htmx:afterSettle", settled);
}
