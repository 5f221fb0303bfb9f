import type { Job } from "@/api/job";
import type { JobFilter } from "@/api/job-keys";
import type { JobPage } from "@/api/list-jobs";
import { meets } from "./filters/conditions";
import { isScheduled } from "./job-state";

/** How long the response of a poll in flight may be older than what was pushed since. */
const SETTLING = 5_000;

type Position = Pick<Job, "createdAt" | "id">;

/** A page after the first: its cursor, and the job before it. */
export type OlderPage = { after: string; boundary: Position };

/** Every job loaded for one filter, newest first, without gaps, however it was learnt. */
export type JobList = {
  jobs: readonly Job[];
  next: string | null;
  etag: string | null;
  /** The newest job the last poll knew: up to here there are no gaps. */
  head: Position | null;
  olderPages: readonly OlderPage[];
  arrived: ReadonlyMap<string, number>;
  removed: ReadonlyMap<string, number>;
};

export const EMPTY_LIST: JobList = {
  jobs: [],
  next: null,
  etag: null,
  head: null,
  olderPages: [],
  arrived: new Map(),
  removed: new Map(),
};

export const isOlder = (a: Position, b: Position) =>
  a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id);

const newestFirst = (a: Position, b: Position) => (isOlder(a, b) ? 1 : -1);

/**
 * The newer of two reports of a job, by the version that the database counts: clocks differ. The known one where they say the
 * same, so that its row need not render.
 */
export function newer(known: Job | undefined, reported: Job): Job {
  if (known === undefined || reported.version > known.version) return reported;
  return reported.version === known.version && differs(known, reported) ? reported : known;
}

function differs(a: Job, b: Job): boolean {
  return (
    a.status !== b.status ||
    a.attempt !== b.attempt ||
    a.startedAt !== b.startedAt ||
    a.worker !== b.worker ||
    a.error !== b.error ||
    a.result?.text !== b.result?.text
  );
}

/** Whether jobs may be missing between a fresh first page and what is loaded. */
export function leavesGap(list: JobList, page: JobPage): boolean {
  const oldest = page.jobs.at(-1);
  return page.next !== null && oldest !== undefined && list.head !== null && isOlder(list.head, oldest);
}

/**
 * Lays a fresh first page over the list; what it covers and does not mention is gone. The list keeps as many pages as
 * were loaded, so that a dashboard left open does not grow.
 */
export function mergeFirstPage(list: JobList, page: JobPage, now: number): JobList {
  const base = leavesGap(list, page) ? EMPTY_LIST : list;
  const merged = mergeRange(base, page, null, now);
  const fresh = { ...merged, etag: page.etag, head: page.jobs[0] ?? null };
  if (base.olderPages.length > 0) return page.next === null ? fresh : trim(fresh, page.jobs.length);
  return { ...fresh, next: page.next, jobs: upTo(merged.jobs, page) };
}

/* New jobs push the last page out: once those above it fill all the pages alone, it is loaded again when wanted. */
function trim(list: JobList, pageSize: number): JobList {
  const last = list.olderPages.at(-1);
  if (last === undefined) return list;
  const above = list.jobs.findIndex((job) => isOlder(job, last.boundary));
  if (above < pageSize * (list.olderPages.length + 1)) return list;
  const shorter = { jobs: list.jobs.slice(0, above), next: last.after, olderPages: list.olderPages.slice(0, -1) };
  return trim({ ...list, ...shorter }, pageSize);
}

function upTo(jobs: readonly Job[], { jobs: paged, next }: JobPage): readonly Job[] {
  const oldest = paged.at(-1);
  if (next === null || oldest === undefined || jobs.at(-1) === oldest) return jobs;
  const end = jobs.findIndex((job) => isOlder(job, oldest));
  return end === -1 ? jobs : jobs.slice(0, end);
}

/** Lays a page after the first over the list: one loaded for the first time, or once more. */
export function mergeOlderPage(list: JobList, page: JobPage, at: OlderPage, now: number): JobList {
  const merged = mergeRange(list, page, at.boundary, now);
  if (list.olderPages.some(({ after }) => after === at.after)) return merged;
  return { ...merged, next: page.next, olderPages: [...list.olderPages, at] };
}

function mergeRange(list: JobList, page: JobPage, boundary: Position | null, now: number): JobList {
  const { arrived, removed } = settle(list, now);
  const reported = new Map(page.jobs.filter(({ id }) => !removed.has(id)).map((job) => [job.id, job]));
  const oldest = page.next === null ? undefined : page.jobs.at(-1);
  const covers = (job: Job) =>
    (boundary === null || isOlder(job, boundary)) && (oldest === undefined || !isOlder(job, oldest));
  const kept = list.jobs.filter((job) => reported.has(job.id) || arrived.has(job.id) || !covers(job));
  return { ...list, arrived, removed, jobs: combine(kept, [...reported.values()], list.jobs) };
}

/** Takes in jobs reported one by one; a new one is not added where only the server can tell whether it matches. */
export function upsert(list: JobList, jobs: readonly Job[], filter: JobFilter, now: number): JobList {
  const { arrived, removed } = settle(list, now);
  const known = new Map(list.jobs.map((job) => [job.id, job]));
  const oldest = list.next === null ? undefined : list.jobs.at(-1);
  const shown = jobs.filter((job) => {
    if (removed.has(job.id) || !matches(job, filter)) return false;
    return known.has(job.id) || (filter.q === "" && (oldest === undefined || !isOlder(job, oldest)));
  });
  const left = new Set(
    jobs.filter((job) => !matches(job, filter) && isNews(known.get(job.id), job)).map(({ id }) => id),
  );
  for (const job of shown) arrived.set(job.id, now);
  const kept = left.size === 0 ? list.jobs : list.jobs.filter(({ id }) => !left.has(id));
  return { ...list, arrived, removed, jobs: combine(kept, shown, list.jobs) };
}

const isNews = (known: Job | undefined, job: Job) => known !== undefined && newer(known, job) === job;

export function remove(list: JobList, ids: ReadonlySet<string>, now: number): JobList {
  const { arrived, removed } = settle(list, now);
  for (const id of ids) {
    removed.set(id, now);
    arrived.delete(id);
  }
  return { ...list, arrived, removed, jobs: list.jobs.filter(({ id }) => !ids.has(id)) };
}

const matches = (job: Job, { status, conditions }: JobFilter) =>
  (status === "SCHEDULED" ? isScheduled(job) : status === null || job.status === status) &&
  conditions.every((condition) => meets(job, condition));

function settle(list: JobList, now: number) {
  const recent = (entries: ReadonlyMap<string, number>) =>
    new Map([...entries].filter(([, at]) => now - at < SETTLING));
  return { arrived: recent(list.arrived), removed: recent(list.removed) };
}

function combine(kept: readonly Job[], reported: readonly Job[], before: readonly Job[]): readonly Job[] {
  const byId = new Map(kept.map((job) => [job.id, job]));
  for (const job of reported) byId.set(job.id, newer(byId.get(job.id), job));
  const jobs = [...byId.values()].sort(newestFirst);
  return jobs.length === before.length && jobs.every((job, index) => job === before[index]) ? before : jobs;
}
