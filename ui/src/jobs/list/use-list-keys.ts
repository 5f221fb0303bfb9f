import { useEffect, useRef } from "react";
import type { Job } from "@/api/job";
import { useShortcuts } from "@/components/use-shortcuts";
import { useJobActions } from "../actions/job-actions";
import type { JobAction } from "../job-state";
import { useUrlState } from "../url-state";
import type { Row } from "./held-rows";
import { rowId } from "./job-row";
import type { Selection } from "./use-selection";

/** The keys that move through the list and act on it. */
export function useListKeys(rows: readonly Row[], selection: Selection, reveal: (index: number) => void) {
  const { openJob, change } = useUrlState();
  const { request } = useJobActions();
  const cursor = useRef<string | null>(null);
  useEffect(() => {
    cursor.current = openJob ?? cursor.current;
  }, [openJob]);

  const move = (step: number, extend: boolean) => () => {
    const here = rows.findIndex(({ job }) => job.id === (focusedRow() ?? cursor.current));
    const index = Math.min(Math.max(here + step, 0), rows.length - 1);
    const job = rows[index]?.job;
    if (!job) return;
    cursor.current = job.id;
    if (extend && !selection.selected.has(job.id)) selection.toggle(job.id, false);
    if (openJob !== null) change({ job: job.id }, true);
    reveal(index);
    if (openJob === null) requestAnimationFrame(() => document.getElementById(rowId(job.id))?.focus());
  };
  const act = (action: JobAction) => () => {
    const chosen = rows.filter(({ job }) => selection.selected.has(job.id));
    const one = rows.filter(({ job }) => job.id === (openJob ?? focusedRow()));
    if (openJob === null && chosen.length > 0) request(action, jobsOf(chosen), selection.keepRefused);
    else request(action, jobsOf(one));
  };
  const select = (event: KeyboardEvent) => {
    const id = focusedRow() ?? openJob;
    if (id) selection.toggle(id, event.shiftKey);
  };
  useShortcuts({
    j: move(1, false),
    k: move(-1, false),
    J: move(1, true),
    K: move(-1, true),
    x: select,
    X: select,
    a: () => selection.set(rows.map(({ job }) => job.id)),
    r: act("retry"),
    c: act("cancel"),
    d: act("delete"),
    Escape: selection.clear,
  });
}

const jobsOf = (rows: readonly Row[]): Job[] => rows.map(({ job }) => job);

function focusedRow(): string | null {
  return document.activeElement?.closest<HTMLElement>("[data-job-row]")?.dataset.jobRow ?? null;
}
