import type { Job } from "@/api/job";
import { type JobState, stateOf } from "../job-state";

const SHOWN = 200;

const FUTURE: Record<JobState, string> = {
  waiting: "Waiting for a worker",
  running: "In progress",
  completed: "Without a result",
  failed: "Without a reason",
  cancelled: "Stopped before it had a result",
};

/** A line of what came of a job. */
export function Outcome({ job }: { job: Job }) {
  if (job.error !== null && job.status === "FAILED") return <span className="truncate text-failed">{job.error}</span>;
  if (job.result !== null) return <span className="truncate font-mono">{job.result.text.slice(0, SHOWN)}</span>;
  return <span className="truncate">{FUTURE[stateOf(job)]}</span>;
}
