import { useSyncExternalStore } from "react";

type Reachability = { reachable: boolean; lastAnswerAt: number | null };

let current: Reachability = { reachable: true, lastAnswerAt: null };
const listeners = new Set<() => void>();

/** Every call of the API reports here, so that one failed poll and one failed click say the same. */
export function reportReachable(reachable: boolean) {
  const changed = reachable !== current.reachable;
  current = { reachable, lastAnswerAt: reachable ? Date.now() : current.lastAnswerAt };
  if (changed) for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const isReachable = () => current.reachable;

export const lastAnswerAt = () => current.lastAnswerAt;

export function useReachable(): boolean {
  return useSyncExternalStore(subscribe, isReachable);
}
