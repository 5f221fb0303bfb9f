import { useSyncExternalStore } from "react";

/** How long an answer of one endpoint contradicts the silence of the others: two polls and a half. */
const EVIDENCE = 5_000;

type Report = { answered: boolean; at: number };

const reports = new Map<string, Report>();
const listeners = new Set<() => void>();
let reachable = true;
let lastAnswer: number | null = null;

/**
 * Every call of the API reports here. The backend is unreachable while nothing answers: one endpoint's failure is that
 * endpoint's own as long as another one answers.
 */
export function reportCall(endpoint: string, answered: boolean) {
  const now = Date.now();
  for (const [each, { at }] of reports) if (now - at > EVIDENCE) reports.delete(each);
  reports.set(endpoint, { answered, at: now });
  if (answered) lastAnswer = now;
  become([...reports.values()].some((report) => report.answered));
}

/** Forgets what was reported: the backend counts as reachable until a call says otherwise. */
export function forgetCalls() {
  reports.clear();
  become(true);
}

function become(next: boolean) {
  if (next === reachable) return;
  reachable = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const isReachable = () => reachable;

export const lastAnswerAt = () => lastAnswer;

export function useReachable(): boolean {
  return useSyncExternalStore(subscribe, isReachable);
}
