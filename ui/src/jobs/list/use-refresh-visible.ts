import { type QueryClient, useQueries, useQueryClient } from "@tanstack/react-query";
import type { Job } from "@/api/job";
import { type JobFilter, jobKeys } from "@/api/job-keys";
import { listJobs } from "@/api/list-jobs";
import { isBelow, type JobList, mergeOlderPage, type OlderPage } from "../job-list";
import { POLL_INTERVAL } from "../use-poll";

/** Polls the older pages that are on the screen: the first page is polled anyway, the others nobody sees. */
export function useRefreshVisible(filter: JobFilter, pages: readonly OlderPage[], first?: Job, last?: Job) {
  const client = useQueryClient();
  const visible = first && last ? visiblePages(pages, first, last, filter.oldestFirst) : [];
  useQueries({
    queries: visible.map((page) => ({
      queryKey: jobKeys.page(filter, page.after),
      queryFn: ({ signal }: { signal: AbortSignal }) => refreshPage(client, filter, page, signal),
      refetchInterval: POLL_INTERVAL,
      staleTime: POLL_INTERVAL,
      gcTime: 0,
    })),
  });
}

function visiblePages(pages: readonly OlderPage[], first: Job, last: Job, oldestFirst = false): OlderPage[] {
  return pages.filter((page, index) => {
    const end = pages[index + 1]?.boundary;
    return isBelow(last, page.boundary, oldestFirst) && (end === undefined || !isBelow(first, end, oldestFirst));
  });
}

async function refreshPage(client: QueryClient, filter: JobFilter, at: OlderPage, signal: AbortSignal) {
  const etag = client.getQueryData<string | null>(jobKeys.page(filter, at.after)) ?? null;
  const page = await listJobs(filter, { after: at.after, etag, signal });
  if (page === null) return etag;
  client.setQueryData<JobList>(jobKeys.list(filter), (list) => list && mergeOlderPage(list, page, at, Date.now()));
  return page.etag;
}
