import type { Job } from "@/api/job";
import { truncate } from "@/components/truncate";
import { type JobState, stateOf } from "../job-state";

const SHOWN = 200;

const FUTURE: Record<JobState, string> = {
  waiting: "Queued",
  running: "In progress",
  completed: "No result",
  failed: "No reason given",
  cancelled: "Cancelled before it had a result",
};

/** A line of what came of a job. */
export function Outcome({ job }: { job: Job }) {
  if (job.error !== null && job.status === "FAILED")
    return (
      <span dir="auto" className="truncate text-failed">
        {job.error}
      </span>
    );
  if (job.result !== null)
    return (
      <span dir="auto" className="truncate font-mono">
        {truncate(job.result.text, SHOWN)}
      </span>
    );
  return <span className="truncate">{FUTURE[stateOf(job)]}</span>;
}
