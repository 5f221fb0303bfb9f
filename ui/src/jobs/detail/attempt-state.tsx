import { Link } from "react-router";
import type { Job } from "@/api/job";
import { CopyButton } from "@/components/copy-button";
import { Age, Clock, Countdown } from "@/components/time";
import { awaitsRetry, stateOf } from "../job-state";
import { ProgressBar } from "../progress";
import { useIsPaused } from "../queues/use-queues";
import { Section } from "./section";

/** What a job that has not ended is at: how far it is, or until when it is held back, and why. */
export function AttemptState({ job }: { job: Job }) {
  const state = stateOf(job);
  return (
    <>
      {state === "waiting" && <PausedQueue job={job} />}
      {job.status === "PENDING" && <Tries job={job} />}
      {state === "running" && <Progress job={job} />}
      {state === "scheduled" && <Schedule job={job} />}
      {state === "deferred" && !awaitsRetry(job) && <Deferral job={job} />}
    </>
  );
}

function PausedQueue({ job: { queue } }: { job: Job }) {
  if (!useIsPaused(queue)) return null;
  const tools = (
    <Link to="?view=queues" className="px-2 text-xs underline underline-offset-2">
      Queues
    </Link>
  );
  return (
    <Section title="Queue paused" tools={tools}>
      <p>
        No job of the queue <strong className="font-medium">{queue}</strong> starts until it is resumed.
      </p>
    </Section>
  );
}

function Tries({ job }: { job: Job }) {
  const { tries, nextAttemptAt } = job;
  if (tries === null) return null;
  return (
    <Section
      title={`Try ${tries.current} of ${tries.max}`}
      tools={<CopyButton text={tries.error} label="Copy the error" />}
    >
      {awaitsRetry(job) && nextAttemptAt !== null && (
        <p>
          Retries <Countdown to={nextAttemptAt} />, at <Clock at={nextAttemptAt} />.
        </p>
      )}
      <p dir="auto" className="mt-1 font-mono text-xs leading-5 break-words whitespace-pre-wrap text-ink-muted">
        <span className="sr-only">The try before failed: </span>
        {tries.error}
      </p>
    </Section>
  );
}

function Progress({ job: { progress } }: { job: Job }) {
  if (progress === null) return null;
  const reported = (
    <span className="text-xs text-ink-muted">
      reported <Age at={progress.at} />
    </span>
  );
  return (
    <Section title="Progress" tools={reported}>
      {progress.percent !== null && (
        <p className="flex items-center gap-2">
          <ProgressBar percent={progress.percent} />
        </p>
      )}
      {progress.message !== null && (
        <p dir="auto" className="mt-1 break-words whitespace-pre-wrap">
          {progress.message}
        </p>
      )}
    </Section>
  );
}

function Schedule({ job: { runAt } }: { job: Job }) {
  if (runAt === null) return null;
  return (
    <Section title="Scheduled">
      <p>
        Starts at <Clock at={runAt} />, or soon after: when a worker is free.
      </p>
    </Section>
  );
}

function Deferral({ job: { nextAttemptAt, deferralReason } }: { job: Job }) {
  if (nextAttemptAt === null) return null;
  return (
    <Section
      title="Deferred"
      tools={deferralReason !== null && <CopyButton text={deferralReason} label="Copy the reason" />}
    >
      <p>
        Retries at <Clock at={nextAttemptAt} />, without using up an attempt.
      </p>
      {deferralReason !== null && (
        <p dir="auto" className="mt-1 break-words whitespace-pre-wrap text-ink-muted">
          {deferralReason}
        </p>
      )}
    </Section>
  );
}
