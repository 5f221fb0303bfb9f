import { useEffect, useRef } from "react";
import { isWriting } from "./writing";

export type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

/** Keys that work anywhere on the page, except while somebody writes (or was cut off doing so) or a modal dialog asks something. */
export function useShortcuts(shortcuts: Shortcuts) {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const action = latest.current[event.key];
      if (!action || event.defaultPrevented || isTaken(event)) return;
      event.preventDefault();
      action(event);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

function isTaken({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return true;
  if (document.querySelector("[role=alertdialog], [role=menu], [role=dialog]:not([data-drawer])")) return true;
  return isWriting(target);
}
