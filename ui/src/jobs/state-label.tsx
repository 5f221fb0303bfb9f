import type { Job } from "@/api/job";
import { awaitsRetry, stateOf } from "./job-state";
import { STATE_COLOURS, STATE_LABELS } from "./state-mark";

export function StateLabel({ job }: { job: Job }) {
  const state = stateOf(job);
  return (
    <span
      data-status={job.status}
      className={`font-medium ${state === "completed" ? "text-ink-muted" : STATE_COLOURS[state]}`}
    >
      {awaitsRetry(job) ? "Retrying" : STATE_LABELS[state]}
      {(state === "running" || state === "scheduled" || state === "deferred") && (
        <span className="sr-only"> (pending)</span>
      )}
    </span>
  );
}
