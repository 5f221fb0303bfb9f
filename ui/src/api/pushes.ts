import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let connected = false;

/** Says whether the feed is connected. */
export function reportPushes(next: boolean) {
  connected = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether changes are pushed at the moment. */
export function usePushes(): boolean {
  return useSyncExternalStore(subscribe, () => connected);
}
