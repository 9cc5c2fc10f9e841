/* Suggestions of organisations while a name is typed (ARIA combobox with a list). Typing is never blocked:
   what is typed stays, whatever the answer; without this script, the two fields are filled by hand. */

const SHORTEST = 3;
const DELAY = 300;
let count = 0;

const address = () => document.getElementById("recherche-organisation")?.dataset.url;

/* The name and the SIRET of one organisation are « …__name » and « …__siret » of the same form. */
function siretOf(name) {
  const twin = name.name?.endsWith("__name") && name.name.replace(/__name$/, "__siret");
  return twin ? name.form?.elements.namedItem(twin) : null;
}

function equip(name) {
  const siret = siretOf(name);
  if (!siret || name.role === "combobox" || !address()) return;
  count += 1;
  const list = document.createElement("ul");
  list.id = `organisations-${count}`;
  list.className = "eig-combobox__list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Organisations suggérées");
  list.hidden = true;
  const said = document.createElement("p");
  said.className = "fr-hint-text eig-combobox__said";
  said.dataset.heard = "";
  const frame = document.createElement("div");
  frame.className = "eig-combobox";
  name.after(frame);
  frame.append(name, list, said);
  name.setAttribute("role", "combobox");
  name.setAttribute("autocomplete", "off");
  name.setAttribute("aria-autocomplete", "list");
  name.setAttribute("aria-expanded", "false");
  name.setAttribute("aria-controls", list.id);

  let options = [];
  let active = -1;
  let waiting = 0;
  let asking = null;

  function close() {
    list.hidden = true;
    name.setAttribute("aria-expanded", "false");
    name.removeAttribute("aria-activedescendant");
    active = -1;
  }

  function mark(index) {
    active = index;
    for (const [place, each] of [...list.children].entries()) {
      each.setAttribute("aria-selected", String(place === index));
    }
    const item = list.children[index];
    if (item) {
      name.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    }
  }

  function fill(field, value) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function choose(option) {
    // The SIRET first: the save of the question then takes both.
    siret.value = option.siret || siret.value;
    fill(name, option.name);
    close();
    said.textContent = `${option.name}\u00a0: nom${option.siret ? " et SIRET" : ""} repris.`;
  }

  function show(answer) {
    options = answer.options;
    list.replaceChildren(
      ...options.map((option, place) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${place}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        const title = document.createElement("span");
        title.className = "eig-combobox__name";
        title.textContent = option.name;
        const detail = document.createElement("span");
        detail.className = "eig-combobox__detail";
        detail.textContent = [option.siret && `SIRET ${option.siret}`, option.town]
          .filter(Boolean)
          .join(" – ");
        item.append(title, detail);
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          choose(option);
        });
        return item;
      }),
    );
    said.textContent = answer.sentence;
    list.hidden = options.length === 0;
    name.setAttribute("aria-expanded", String(options.length > 0));
    name.removeAttribute("aria-activedescendant");
    active = -1;
  }

  async function ask(text) {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${address()}?q=${encodeURIComponent(text)}`, {
        headers: { Accept: "application/json" },
        signal: asking.signal,
      });
      return answer.ok && !answer.redirected ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  name.addEventListener("input", (event) => {
    if (!event.isTrusted) return;
    clearTimeout(waiting);
    const text = name.value.trim();
    if (text.length < SHORTEST) {
      close();
      said.textContent = "";
      return;
    }
    waiting = setTimeout(async () => {
      const answer = await ask(text);
      if (answer && name.value.trim() === text && document.activeElement === name) show(answer);
    }, DELAY);
  });

  name.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(active < 0 && step < 0 ? options.length - 1 : (active + step + options.length) % options.length);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(options[active]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });

  name.addEventListener("blur", close);

  /* A SIRET typed first brings the name, if none is there. */
  siret.addEventListener("change", async (event) => {
    const digits = siret.value.replace(/\s/g, "");
    if (!event.isTrusted || digits.length !== 14 || name.value.trim()) return;
    const answer = await ask(digits);
    if (answer?.options.length === 1 && !name.value.trim()) {
      fill(name, answer.options[0].name);
      said.textContent = `${answer.options[0].name}\u00a0: nom repris du répertoire.`;
    } else if (answer) {
      said.textContent = answer.options.length ? "" : answer.sentence;
    }
  });
}

/* Before anybody reaches a field: a field that moves in the page takes the focus away. Rows come with htmx too. */
function equipAll(root) {
  for (const siret of root.querySelectorAll('input[name$="__siret"]')) {
    const name = siret.form?.elements.namedItem(siret.name.replace(/__siret$/, "__name"));
    if (name instanceof HTMLInputElement) equip(name);
  }
}

equipAll(document);
document.addEventListener("htmx:load", (event) => equipAll(event.detail.elt));
