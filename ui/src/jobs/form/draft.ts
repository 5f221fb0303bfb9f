import { useEffect, useState } from "react";
import { DEFAULT_QUEUE } from "@/api/job";
import type { FormMode, KeyedSubmission } from "./submission";

type Kept = { draft: Draft; unsettled: KeyedSubmission };

/** How often and after which delay a job is tried, as it was typed. */
export type RetryDraft = { tries: string; retryDelay: string; longestDelay: string; fixedDelay: boolean };

/** What a job may be given beside its prompt, as it was typed; times are local ones. */
export type DraftOptions = RetryDraft & {
  timeout: string;
  runAt: string;
  expiresAt: string;
  queue: string;
  urgent: boolean;
  /** Separated by commas. */
  tags: string;
  /** A `key=value` a line. */
  metadata: string;
  webhookUrl: string;
};

/** What is written but not submitted. */
export type Draft = DraftOptions & { text: string; mode: FormMode };

export const NO_OPTIONS: DraftOptions = {
  timeout: "",
  runAt: "",
  expiresAt: "",
  queue: DEFAULT_QUEUE,
  urgent: false,
  tags: "",
  metadata: "",
  webhookUrl: "",
  tries: "",
  retryDelay: "",
  longestDelay: "",
  fixedDelay: false,
};

const EMPTY: Draft = { text: "", mode: "single", ...NO_OPTIONS };

const FILLED = "form-filled";

/** What is written, wherever that is shown. */
export const currentDraft = (): Draft => ({ ...EMPTY, ...recall("draft") });

/** Puts something else into the form, now or when it is shown next. */
export function fillForm(draft: Draft) {
  keep("draft", draft);
  window.dispatchEvent(new CustomEvent(FILLED, { detail: draft }));
}

/** What the form holds, and holds again after the page was loaded anew. */
export function useDraft(): [Draft, (change: (draft: Draft) => Draft) => void] {
  const [draft, setDraft] = useState(currentDraft);
  useEffect(() => {
    const fill = (event: Event) => event instanceof CustomEvent && setDraft(event.detail);
    window.addEventListener(FILLED, fill);
    return () => window.removeEventListener(FILLED, fill);
  }, []);
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
