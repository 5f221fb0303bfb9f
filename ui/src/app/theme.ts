import { useState } from "react";

export type Theme = "system" | "light" | "dark";

const KEY = "theme";

/** The look a person chose for this browser; /theme.js applies it before the first paint. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => chosen(document.documentElement.dataset.theme));
  return [
    theme,
    (next) => {
      setTheme(next);
      apply(next);
    },
  ];
}

const chosen = (value: string | undefined): Theme => (value === "light" || value === "dark" ? value : "system");

function apply(theme: Theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Storage refused: the choice holds until the page is left.
  }
}
