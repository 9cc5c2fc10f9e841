/* What is known is not typed again: « C’est moi » beside a person, « Identique à… » beside an organisation. */

const me = document.getElementById("recherche-organisation")?.dataset ?? {};
const PERSON = { first_name: me.firstName, last_name: me.lastName, email: me.email };

const partOf = (row, part) => row.querySelector(`input[name$="__${part}"]`);

const legendOf = (row) => row.querySelector("legend").textContent.replace("(facultatif)", "").trim();

function fill(row, values) {
  for (const [part, value] of Object.entries(values)) {
    const field = partOf(row, part);
    if (!field || !value) continue;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function offer(row, label, values) {
  if (row.querySelector("[data-known]")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "fr-btn fr-btn--sm fr-btn--tertiary fr-mb-2w";
  button.dataset.known = "";
  button.textContent = label;
  const about = document.createElement("span");
  about.className = "fr-sr-only";
  about.textContent = ` : ${legendOf(row)}`;
  button.append(about);
  button.addEventListener("click", () => fill(row, values()));
  row.querySelector(".eig-row__fields").before(button);
}

/* The first organisation of the page is the one that hosts: the others are often the same. */
function offerAll() {
  const rows = [...document.querySelectorAll("fieldset.eig-row:not([data-row])")];
  const [first, ...others] = rows.filter((row) => partOf(row, "siret"));
  const told = () => ({ siret: partOf(first, "siret").value, name: partOf(first, "name").value });
  for (const row of others) {
    if (partOf(row, "name")) offer(row, `Identique à « ${legendOf(first)} »`, told);
  }
  for (const row of rows) if (partOf(row, "first_name") && me.email) offer(row, "C’est moi", () => PERSON);
}

offerAll();
document.addEventListener("htmx:load", offerAll);
