import { useSyncExternalStore } from "react";

/** A choice of this browser between on and off that is remembered. */
export function rememberedChoice(key: string, byDefault: boolean) {
  const listeners = new Set<() => void>();
  let chosen = read(key) ?? byDefault;
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const choose = (next: boolean) => {
    chosen = next;
    try {
      localStorage.setItem(key, next ? "on" : "off");
    } catch {
      // Storage refused: the choice holds until the page is left.
    }
    for (const listener of listeners) listener();
  };
  const useChoice = (): [boolean, (next: boolean) => void] => [useSyncExternalStore(subscribe, () => chosen), choose];
  return { choose, chosen: () => chosen, useChoice };
}

function read(key: string): boolean | null {
  try {
    const text = localStorage.getItem(key);
    return text === null ? null : text === "on";
  } catch {
    return null;
  }
}
