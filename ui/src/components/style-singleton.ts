import { useEffect } from "react";

interface Styles {
  styles: string;
  dynamic?: boolean;
}

/**
 * In place of react-style-singleton, by which Radix locks the page's scrolling while a dialog is open: a style element is
 * inline, which the Content-Security-Policy forbids, an adopted style sheet is none.
 */
export function styleSingleton() {
  let sheet: CSSStyleSheet | null = null;
  let users = 0;

  const add = (styles: string) => {
    users++;
    if (sheet === null) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(styles);
      document.adoptedStyleSheets.push(sheet);
    }
  };

  const remove = () => {
    users--;
    if (users === 0) {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
      sheet = null;
    }
  };

  return function Sheet({ styles, dynamic }: Styles) {
    const current = dynamic ? styles : "";
    // biome-ignore lint/correctness/useExhaustiveDependencies: others keep the styles that they began with
    useEffect(() => {
      add(styles);
      return remove;
    }, [current]);
    return null;
  };
}
