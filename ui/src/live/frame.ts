import type { QueryClient } from "@tanstack/react-query";
import { parseJob, type WireJob } from "@/api/job";
import { removeJobs, upsertJobs } from "@/jobs/job-cache";

type Frame = { jobs?: WireJob[]; deleted?: string[] };

/** Writes what a frame of /topic/jobs reports into the query cache, and nowhere else. */
export function applyFrame(client: QueryClient, body: string) {
  const frame: Frame = JSON.parse(body);
  upsertJobs(client, (frame.jobs ?? []).map(parseJob));
  removeJobs(client, frame.deleted ?? []);
}
