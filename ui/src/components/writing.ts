const WRITABLE = "textarea, input:not([type=checkbox]), select";

/** How long after the last key a lost field still counts: who pauses longer has seen that it is gone. */
const AFTERTHOUGHT = 10_000;
const LEAVING = new Set(["Escape", "Tab"]);

let field: Element | null = null;
let lastKeyAt = Number.NEGATIVE_INFINITY;

const writable = (target: EventTarget | null) => (target instanceof Element ? target.closest(WRITABLE) : null);

const noteTarget = ({ target }: Event) => {
  field = writable(target);
};

/* A field that is disabled or taken away fires no event: what shows is that nobody meant to leave it. */
function noteKey({ key }: KeyboardEvent) {
  const paused = performance.now() - lastKeyAt > AFTERTHOUGHT;
  lastKeyAt = performance.now();
  if (LEAVING.has(key)) field = null;
  else field = writable(document.activeElement) ?? (paused ? null : field);
}

/** Follows which field somebody writes in; returns how to stop. */
export function followWriting(): () => void {
  const events = { focusin: noteTarget, pointerdown: noteTarget, keydown: noteKey as (event: Event) => void };
  for (const [type, note] of Object.entries(events)) document.addEventListener(type, note, true);
  return () => {
    field = null;
    for (const [type, note] of Object.entries(events)) document.removeEventListener(type, note, true);
  };
}

/** Whether a key is meant for a field: one that has the focus, or one that lost it without anybody's doing. */
export const isWriting = (target: EventTarget | null) => writable(target) !== null || field !== null;
