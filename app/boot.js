// Runs before anything is painted, so that nothing flashes in another language or theme first.
// The page itself sets the same attributes again, from the same places, as soon as it stands.
(() => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);
  const kept = (key) => {
    try {
      return localStorage.getItem("postern." + key);
    } catch {
      return null; // Private windows may refuse.
    }
  };
  const known = (language) => language === "en" || language === "fa";
  const browsers = navigator.language.slice(0, 2).toLowerCase();
  const language = [asked.get("lang"), kept("language"), browsers].find(known) ?? "en";
  root.lang = language;
  root.dir = language === "fa" ? "rtl" : "ltr";

  // The words of that language, fetched beside the module that shows them; finish.mjs says where they are.
  for (const part of document.currentScript.dataset[language]?.split(" ") ?? []) {
    const preload = Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", href: part });
    preload.crossOrigin = "anonymous";
    document.head.append(preload);
  }

  const theme = kept("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  if (["domain", "saved", "view"].some((key) => asked.has(key))) root.dataset.asked = "";
})();
