import type { Job } from "@/api/job";
import { Elapsed } from "@/components/time";
import { formatDuration } from "@/components/time-format";

/** How long a job runs or ran, and where. */
export function RowDuration({ id, job }: { id: string; job: Job }) {
  const { startedAt, completedAt, status, worker } = job;
  return (
    <span id={id} className="min-w-0 text-right text-xs tabular-nums md:text-2xs">
      <span className={`block ${status === "PENDING" ? "text-running" : ""}`}>
        {startedAt !== null && status === "PENDING" && <Elapsed since={startedAt} />}
        {startedAt !== null && completedAt !== null && status !== "PENDING" && formatDuration(completedAt - startedAt)}
      </span>
      <span className="block max-w-28 truncate text-ink-muted">{worker}</span>
    </span>
  );
}
