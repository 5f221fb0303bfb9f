import type { Job } from "@/api/job";

const SHOWN = 200;

/** A line of what came of a job. */
export function Outcome({ job }: { job: Job }) {
  if (job.error !== null && job.status === "FAILED") return <span className="truncate text-failed">{job.error}</span>;
  if (job.result !== null) return <span className="truncate font-mono">{job.result.text.slice(0, SHOWN)}</span>;
  return <span className="truncate">{job.attempt > 1 ? `Attempt ${job.attempt}` : "No result yet"}</span>;
}
