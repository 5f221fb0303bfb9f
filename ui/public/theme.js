/* Runs before the first paint, as a file of its own so that a content security policy needs no exception. */
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  /* Storage refused: the system's choice stands. */
}
