// Applies the chosen theme before the first paint; the DSFR script takes over afterwards.
(() => {
  const root = document.documentElement;
  let scheme = "system";
  try {
    scheme = window.localStorage.getItem("scheme") || scheme;
  } catch {
    /* storage refused: follow the system */
  }
  const dark =
    scheme === "dark" || (scheme === "system" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.frTheme = dark ? "dark" : "light";
})();
