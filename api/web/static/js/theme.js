// Light or dark: what the reader chose, else what the system prefers. Runs before the page is drawn.
{
  const KEY = "territory-theme";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => localStorage.getItem(KEY) ?? "auto";
  const show = (name) => {
    document.documentElement.dataset.theme = name;
    document.dispatchEvent(new CustomEvent("theme"));
  };
  const apply = () => show(chosen() === "auto" ? (dark.matches ? "dark" : "light") : chosen());
  dark.addEventListener("change", apply);
  window.addEventListener("beforeprint", () => show("light")); // paper is white
  window.addEventListener("afterprint", apply);
  apply();
  document.addEventListener("DOMContentLoaded", () => {
    const select = document.getElementById("theme");
    select.value = chosen();
    select.addEventListener("change", () => {
      localStorage.setItem(KEY, select.value);
      apply();
    });
  });
}
