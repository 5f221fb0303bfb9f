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

/** Every job loaded for one filter, in its order, without gaps, however it was learnt. */
export type JobList = {
  oldestFirst: boolean;
  jobs: readonly Job[];
  next: string | null;
  etag: string | null;
  /** The first job the last poll knew: up to here there are no gaps. */
  head: Position | null;
  olderPages: readonly OlderPage[];
  arrived: ReadonlyMap<string, number>;
  removed: ReadonlyMap<string, number>;
};

export const EMPTY_LIST: JobList = {
  oldestFirst: false,
  jobs: [],
  next: null,
  etag: null,
  head: null,
  olderPages: [],
  arrived: new Map(),
  removed: new Map(),
};

export const emptyList = (oldestFirst = false): JobList => ({ ...EMPTY_LIST, oldestFirst });

const isOlder = (a: Position, b: Position) => a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id);

/** Whether a job stands below another one in a list. */
export const isBelow = (a: Position, b: Position, oldestFirst: boolean) =>
  oldestFirst ? isOlder(b, a) : isOlder(a, b);

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
  const last = page.jobs.at(-1);
  return page.next !== null && last !== undefined && list.head !== null && isBelow(list.head, last, list.oldestFirst);
}

/**
 * Lays a fresh first page over the list; what it covers and does not mention is gone. The list keeps as many pages as
 * were loaded, so that a dashboard left open does not grow.
 */
export function mergeFirstPage(list: JobList, page: JobPage, now: number): JobList {
  const base = leavesGap(list, page) ? emptyList(list.oldestFirst) : list;
  const merged = mergeRange(base, page, null, now);
  const fresh = { ...merged, etag: page.etag, head: page.jobs[0] ?? null };
  if (base.olderPages.length > 0) return page.next === null ? fresh : trim(fresh, page.jobs.length);
  return { ...fresh, next: page.next, jobs: upTo(merged, page) };
}

/* New jobs push the last page out: once those above it fill all the pages alone, it is loaded again when wanted. */
function trim(list: JobList, pageSize: number): JobList {
  const last = list.olderPages.at(-1);
  if (last === undefined) return list;
  const above = list.jobs.findIndex((job) => isBelow(job, last.boundary, list.oldestFirst));
  if (above < pageSize * (list.olderPages.length + 1)) return list;
  const shorter = { jobs: list.jobs.slice(0, above), next: last.after, olderPages: list.olderPages.slice(0, -1) };
  return trim({ ...list, ...shorter }, pageSize);
}

function upTo({ jobs, oldestFirst }: JobList, { jobs: paged, next }: JobPage): readonly Job[] {
  const last = paged.at(-1);
  if (next === null || last === undefined || jobs.at(-1) === last) return jobs;
  const end = jobs.findIndex((job) => isBelow(job, last, oldestFirst));
  return end === -1 ? jobs : jobs.slice(0, end);
}

/** Lays a page after the first over the list: one loaded for the first time, or once more. */
export function mergeOlderPage(list: JobList, page: JobPage, at: OlderPage, now: number): JobList {
  const merged = mergeRange(list, page, at.boundary, now);
  const known = list.olderPages.findIndex(({ after }) => after === at.after);
  if (known !== -1) return known === list.olderPages.length - 1 ? { ...merged, next: page.next } : merged;
  return { ...merged, next: page.next, olderPages: [...list.olderPages, at] };
}

function mergeRange(list: JobList, page: JobPage, boundary: Position | null, now: number): JobList {
  const { arrived, removed } = settle(list, now);
  const reported = new Map(page.jobs.filter(({ id }) => !removed.has(id)).map((job) => [job.id, job]));
  const last = page.next === null ? undefined : page.jobs.at(-1);
  const below = (job: Job, other: Position) => isBelow(job, other, list.oldestFirst);
  const covers = (job: Job) => (boundary === null || below(job, boundary)) && (last === undefined || !below(job, last));
  const kept = list.jobs.filter((job) => reported.has(job.id) || arrived.has(job.id) || !covers(job));
  return { ...list, arrived, removed, jobs: combine(kept, [...reported.values()], list) };
}

/** Takes in jobs reported one by one; a new one is not added where only the server can tell whether it matches. */
export function upsert(list: JobList, jobs: readonly Job[], filter: JobFilter, now: number): JobList {
  const { arrived, removed } = settle(list, now);
  const known = new Map(list.jobs.map((job) => [job.id, job]));
  const last = list.next === null ? undefined : list.jobs.at(-1);
  const shown = jobs.filter((job) => {
    if (removed.has(job.id) || !matches(job, filter)) return false;
    return known.has(job.id) || (filter.q === "" && (last === undefined || !isBelow(job, last, list.oldestFirst)));
  });
  const left = new Set(
    jobs.filter((job) => !matches(job, filter) && isNews(known.get(job.id), job)).map(({ id }) => id),
  );
  for (const job of shown) arrived.set(job.id, now);
  const kept = left.size === 0 ? list.jobs : list.jobs.filter(({ id }) => !left.has(id));
  return { ...list, arrived, removed, jobs: combine(kept, shown, list) };
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

function combine(kept: readonly Job[], reported: readonly Job[], list: JobList): readonly Job[] {
  const { jobs: before, oldestFirst } = list;
  const byId = new Map(kept.map((job) => [job.id, job]));
  for (const job of reported) byId.set(job.id, newer(byId.get(job.id), job));
  const jobs = [...byId.values()].sort((a, b) => (isBelow(a, b, oldestFirst) ? 1 : -1));
  return jobs.length === before.length && jobs.every((job, index) => job === before[index]) ? before : jobs;
}
