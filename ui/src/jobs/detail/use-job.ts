import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJob } from "@/api/get-job";
import type { Job, JobDetail } from "@/api/job";
import { jobKeys } from "@/api/job-keys";
import { ApiProblem } from "@/api/problem";
import { usePushes } from "@/api/pushes";
import type { JobList } from "../job-list";
import { usePoll } from "../use-poll";

/**
 * A job with its whole result and history; what the list knows of it shows meanwhile. It is polled until nothing more is
 * expected of it but what is pushed.
 */
export function useJob(id: string) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: jobKeys.detail(id),
    queryFn: ({ signal }) => refreshJob(client, id, signal),
  });
  const isSettled = usePushes() && data !== undefined && data.status !== "PENDING";
  usePoll(refetch, !isGone(error) && !isSettled);
  const listed =
    data === undefined ? findListed(client.getQueriesData<JobList>({ queryKey: jobKeys.lists() }), id) : null;
  return { job: data ?? listed ?? null, history: data?.history ?? null, error, gone: isGone(error), refetch };
}

/* What was pushed while the answer was on its way is newer than the answer. */
async function refreshJob(client: QueryClient, id: string, signal: AbortSignal): Promise<JobDetail> {
  const cached = () => client.getQueryData<JobDetail>(jobKeys.detail(id));
  const before = cached();
  const fetched = (await getJob(id, before?.etag ?? null, signal)) ?? before;
  if (fetched === undefined) throw new Error("The server answered 304 to a request without a condition.");
  const known = cached();
  return known && known.version > fetched.version ? { ...known, history: fetched.history } : fetched;
}

const isGone = (error: unknown) => error instanceof ApiProblem && error.status === 404;

function findListed(lists: [unknown, JobList | undefined][], id: string): Job | undefined {
  for (const [, list] of lists) {
    const job = list?.jobs.find((each) => each.id === id);
    if (job) return job;
  }
  return undefined;
}
