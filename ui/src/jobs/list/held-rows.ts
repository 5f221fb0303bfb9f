import { useMemo, useState } from "react";
import type { Job } from "@/api/job";
import { isBelow } from "../job-list";

/** `gone`: deleted, or no longer of this filter, but still where the eye left it. */
export type Row = { job: Job; gone: boolean };
export type HeldRows = { rows: readonly Row[]; waiting: number; release: () => void };

/**
 * The rows to show. While held, those shown stay where they are, whatever becomes of their jobs; new jobs wait outside,
 * but for those of `mine`, which take the place of the rows of their submission. Others may still come below, older ones that
 * are loaded or, oldest first, new ones; with `more`, those below the last job are merely not loaded.
 */
export function useHeldRows(
  jobs: readonly Job[],
  mine: ReadonlySet<string>,
  held: boolean,
  more = false,
  oldestFirst = false,
): HeldRows {
  const [shown, setShown] = useState<readonly Job[] | null>(null);
  const joining = useMemo(
    () => (shown ? missing(jobs, shown, oldestFirst).filter(({ id }) => mine.has(id)) : []),
    [shown, jobs, mine, oldestFirst],
  );
  if (held && shown === null) setShown(jobs);
  if (held && shown !== null && joining.length > 0) setShown([...joining, ...shown]);
  if (!held && shown !== null) setShown(null);
  const { rows, waiting } = useMemo(
    () => hold((held && shown) || jobs, jobs, more, oldestFirst),
    [held, shown, jobs, more, oldestFirst],
  );
  return { rows, waiting, release: () => setShown(held ? jobs : null) };
}

const rowsOfJobs = new WeakMap<Job, Row>();

/* A row is remembered with its job, so that a row whose job is the same need not render. */
function present(job: Job): Row {
  const known = rowsOfJobs.get(job);
  if (known) return known;
  const row = { job, gone: false };
  rowsOfJobs.set(job, row);
  return row;
}

function hold(shown: readonly Job[], jobs: readonly Job[], more: boolean, oldestFirst: boolean) {
  const last = shown.at(-1);
  if (jobs === shown || last === undefined) return { rows: jobs.map(present), waiting: 0 };
  const current = new Map(jobs.map((job) => [job.id, job]));
  const below = jobs.filter((job) => isBelow(job, last, oldestFirst));
  const end = more ? jobs.at(-1) : undefined;
  const rows = shown.map((job) => {
    const now = current.get(job.id) ?? (end && isBelow(job, end, oldestFirst) ? job : undefined);
    return now ? present(now) : { job, gone: true };
  });
  return { rows: [...rows, ...below.map(present)], waiting: missing(jobs, shown, oldestFirst).length };
}

/** Those of the jobs that are not shown, but for those below. */
function missing(jobs: readonly Job[], shown: readonly Job[], oldestFirst: boolean): readonly Job[] {
  const last = shown.at(-1);
  const known = new Set(shown.map(({ id }) => id));
  return jobs.filter((job) => !known.has(job.id) && !(last && isBelow(job, last, oldestFirst)));
}
