import { useEffect, useRef } from "react";
import { isWriting } from "./writing";

export type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

/* A key that begins sequences of two: "g q". */
const PREFIX = "g";
const LONGEST_PAUSE = 1_500;
const MODIFIERS = ["Shift", "Control", "Alt", "Meta", "AltGraph"];

/** Keys, or two one after another ("g q"), that work anywhere on the page, except while somebody writes (or was cut off doing so) or a modal dialog asks something. */
export function useShortcuts(shortcuts: Shortcuts) {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const action = latest.current[keysOf(event)];
      if (!action || event.defaultPrevented || isTaken(event)) return;
      event.preventDefault();
      action(event);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

let last = { keys: "", at: 0, event: null as KeyboardEvent | null };

/** What was pressed, together with the prefix before it; the same for all who ask of an event. */
function keysOf(event: KeyboardEvent): string {
  if (event === last.event || MODIFIERS.includes(event.key)) return last.keys;
  const follows = last.keys === PREFIX && event.timeStamp - last.at <= LONGEST_PAUSE;
  const keys = follows ? `${PREFIX} ${event.key}` : event.key;
  last = { keys: isTaken(event) ? "" : keys, at: event.timeStamp, event };
  return keys;
}

function isTaken({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return true;
  if (document.querySelector("[role=alertdialog], [role=menu], [role=dialog]:not([data-drawer])")) return true;
  return isWriting(target);
}
