import type { QueryClient } from "@tanstack/react-query";
import type { Job, JobDetail } from "@/api/job";
import { type JobFilter, jobKeys } from "@/api/job-keys";
import { type JobList, newer, remove, upsert } from "./job-list";

/** Writes reported jobs wherever they are shown; the newer report of a job wins. */
export function upsertJobs(client: QueryClient, jobs: readonly Job[]) {
  if (jobs.length === 0) return;
  updateLists(client, (list, filter) => upsert(list, jobs, filter, Date.now()));
  for (const job of jobs) updateDetail(client, job);
}

export function removeJobs(client: QueryClient, ids: readonly string[]) {
  if (ids.length === 0) return;
  const gone = new Set(ids);
  updateLists(client, (list) => remove(list, gone, Date.now()));
  for (const id of ids) void client.invalidateQueries({ queryKey: jobKeys.detail(id) });
}

function updateLists(client: QueryClient, update: (list: JobList, filter: JobFilter) => JobList) {
  for (const query of client.getQueryCache().findAll({ queryKey: jobKeys.lists() })) {
    const [, , filter] = query.queryKey as ReturnType<typeof jobKeys.list>;
    client.setQueryData<JobList>(query.queryKey, (list) => list && update(list, filter));
  }
}

function updateDetail(client: QueryClient, job: Job) {
  const key = jobKeys.detail(job.id);
  const known = client.getQueryData<JobDetail>(key);
  if (known === undefined || newer(known, job) === known) return;
  const result = job.result?.kind === "partial" ? known.result : job.result;
  client.setQueryData<JobDetail>(key, { ...known, ...job, result });
  if (!isProgressAlone(known, job)) void client.invalidateQueries({ queryKey: key });
}

/* Reported several times a second, and no line of the history. */
const isProgressAlone = (known: Job, job: Job) =>
  job.progress !== null &&
  job.progress.at !== known.progress?.at &&
  job.status === known.status &&
  job.attempt === known.attempt &&
  job.startedAt === known.startedAt;
