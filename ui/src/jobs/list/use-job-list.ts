import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type JobFilter, jobKeys } from "@/api/job-keys";
import { type JobPage, listJobs } from "@/api/list-jobs";
import { ApiProblem } from "@/api/problem";
import { emptyList, type JobList, leavesGap, mergeFirstPage, mergeOlderPage } from "../job-list";
import { usePoll } from "../use-poll";

const CATCH_UP_LIMIT = 500;
const CATCH_UP_PAGES = 4;

/** Whether the API does not serve the filter: asked again, it would say the same. */
export const isRefused = (error: unknown) => error instanceof ApiProblem && error.status === 400;

/** The jobs of a filter, polled every two seconds while the page is visible. */
export function useJobList(filter: JobFilter) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: jobKeys.list(filter),
    queryFn: ({ signal }) => refreshFirstPage(client, filter, signal),
    structuralSharing: false,
    gcTime: 60_000,
  });
  usePoll(query.refetch, !isRefused(query.error));
  return query;
}

async function refreshFirstPage(client: QueryClient, filter: JobFilter, signal: AbortSignal): Promise<JobList> {
  const cached = () => client.getQueryData<JobList>(jobKeys.list(filter)) ?? emptyList(filter.oldestFirst);
  const first = await listJobs(filter, { etag: cached().etag, signal });
  if (first === null) return cached();
  const page = await closeGap(cached(), first, filter, signal);
  return mergeFirstPage(cached(), page, Date.now());
}

async function closeGap(list: JobList, first: JobPage, filter: JobFilter, signal: AbortSignal): Promise<JobPage> {
  let page = first;
  for (let tries = 0; tries < CATCH_UP_PAGES && list.olderPages.length > 0 && leavesGap(list, page); tries++) {
    const more = await listJobs(filter, { after: page.next ?? "", limit: CATCH_UP_LIMIT, signal });
    if (more !== null) page = { ...page, jobs: [...page.jobs, ...more.jobs], next: more.next };
  }
  return page;
}

/** Loads the page after the last one loaded. */
export function useLoadOlder(filter: JobFilter) {
  const client = useQueryClient();
  const key = jobKeys.list(filter);
  return useMutation({
    mutationFn: async () => {
      const list = client.getQueryData<JobList>(key);
      const boundary = list?.jobs.at(-1);
      if (!list?.next || !boundary) return;
      const page = await listJobs(filter, { after: list.next });
      const at = { after: list.next, boundary };
      client.setQueryData<JobList>(key, (now) => (now && page ? mergeOlderPage(now, page, at, Date.now()) : now));
    },
  });
}
