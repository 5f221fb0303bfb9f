import { useSyncExternalStore } from "react";

const KEY = "live-updates";
const listeners = new Set<() => void>();

function read(): boolean {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
}

let wanted = read();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether this browser wants changes pushed besides the poll; remembered. */
export function useLivePreference(): [boolean, (wanted: boolean) => void] {
  return [useSyncExternalStore(subscribe, () => wanted), setLivePreference];
}

export function setLivePreference(next: boolean) {
  wanted = next;
  try {
    localStorage.setItem(KEY, next ? "on" : "off");
  } catch {
    // Storage refused: the choice holds until the page is left.
  }
  for (const listener of listeners) listener();
}
