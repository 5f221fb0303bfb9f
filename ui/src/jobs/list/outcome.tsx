import type { Job } from "@/api/job";
import { Clock, Countdown } from "@/components/time";
import { truncate } from "@/components/truncate";
import { awaitsRetry, type JobState, stateOf } from "../job-state";
import { ProgressLine } from "../progress";
import { useIsPaused } from "../queues/use-queues";

const SHOWN = 200;

const FUTURE: Record<Exclude<JobState, "waiting">, string> = {
  scheduled: "Starts later",
  deferred: "Retries later",
  running: "In progress",
  completed: "No result",
  failed: "No reason given",
  cancelled: "Cancelled before it had a result",
};

/** A line of what came of a job. */
export function Outcome({ job }: { job: Job }) {
  if (job.error !== null && job.status === "FAILED")
    return (
      <span dir="auto" className="truncate font-mono text-failed">
        {job.error}
      </span>
    );
  if (job.result !== null)
    return (
      <span dir="auto" className="truncate font-mono">
        {truncate(job.result.text, SHOWN)}
      </span>
    );
  if (awaitsRetry(job)) return <NextTry job={job} />;
  const state = stateOf(job);
  if (state === "scheduled" && job.runAt !== null)
    return (
      <span className="truncate">
        Starts at <Clock at={job.runAt} />
      </span>
    );
  if (state === "deferred" && job.nextAttemptAt !== null)
    return (
      <span className="truncate">
        Retries at <Clock at={job.nextAttemptAt} />
        {job.deferralReason !== null && (
          <>
            {" · "}
            <bdi>{truncate(job.deferralReason, SHOWN)}</bdi>
          </>
        )}
      </span>
    );
  if (state === "running" && job.progress !== null) return <ProgressLine progress={job.progress} />;
  if (state === "waiting") return <Waiting job={job} />;
  return <span className="truncate">{FUTURE[state]}</span>;
}

function Waiting({ job: { queue, expiresAt, attempt } }: { job: Job }) {
  const paused = useIsPaused(queue);
  return (
    <span className={`truncate ${paused ? "text-deferred" : ""}`}>
      {paused ? "Queue paused" : "Queued"}
      {expiresAt !== null && attempt === 1 && (
        <>
          {" · expires at "}
          <Clock at={expiresAt} />
        </>
      )}
    </span>
  );
}

function NextTry({ job: { nextAttemptAt, tries } }: { job: Job }) {
  if (nextAttemptAt === null || tries === null) return null;
  return (
    <span className="truncate">
      Retries <Countdown to={nextAttemptAt} /> (try {tries.current} of {tries.max}){" · "}
      <bdi className="font-mono">{truncate(tries.error, SHOWN)}</bdi>
    </span>
  );
}
