import { useState } from "react";
import type { FormMode, Submission } from "./submission";

type Kept = { draft: Draft; unsettled: Submission };

/** What is written but not submitted. */
export type Draft = { text: string; mode: FormMode };

const EMPTY: Draft = { text: "", mode: "single" };

/** What the form holds, and holds again after the page was loaded anew. */
export function useDraft(): [Draft, (change: (draft: Draft) => Draft) => void] {
  const [draft, setDraft] = useState(() => recall("draft") ?? EMPTY);
  const change = (next: (draft: Draft) => Draft) =>
    setDraft((before) => {
      const after = next(before);
      keep("draft", after);
      return after;
    });
  return [draft, change];
}

/** Remembers for this tab, through a reload; null forgets. */
export function keep<K extends keyof Kept>(key: K, value: Kept[K] | null) {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage refused or full: it holds until the page is left.
  }
}

export function recall<K extends keyof Kept>(key: K): Kept[K] | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}
