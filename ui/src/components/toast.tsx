import { useSyncExternalStore } from "react";
import { Icon } from "./icon";

type Toast = { id: number; text: string; failed: boolean };

const LIFETIME = 5_000;
let toasts: readonly Toast[] = [];
let sequence = 0;
const listeners = new Set<() => void>();

function show(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says a sentence in the corner, and to screen readers. */
export function toast(text: string, failed = false) {
  const id = sequence++;
  show([...toasts.slice(-2), { id, text, failed }]);
  setTimeout(() => show(toasts.filter((each) => each.id !== id)), LIFETIME);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div role="status" className="pointer-events-none fixed inset-x-4 bottom-4 z-70 flex flex-col items-center gap-2">
      {shown.map(({ id, text, failed }) => (
        <p
          key={id}
          className="flex max-w-lg animate-rise items-center gap-2 rounded-control bg-ink px-4 py-2.5 text-ink-inverse shadow-over"
        >
          <Icon name={failed ? "alert" : "check"} />
          {text}
        </p>
      ))}
    </div>
  );
}
