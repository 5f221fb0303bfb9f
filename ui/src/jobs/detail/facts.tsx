import type { ReactNode } from "react";
import type { Job, JobEvent, RetryPolicy } from "@/api/job";
import { Age, Elapsed, Exact } from "@/components/time";
import { formatCount, formatDuration, formatSpan } from "@/components/time-format";
import { ConditionLink } from "../filters/condition-link";
import { pairName } from "../filters/conditions";
import { isScheduled } from "../job-state";
import { Tags } from "../tags";

/** The numbers of a job. */
export function Facts({ job, history }: { job: Job; history: readonly JobEvent[] | null }) {
  const {
    createdAt,
    startedAt,
    completedAt,
    status,
    attempt,
    timeoutSeconds,
    retry,
    runAt,
    expiresAt,
    queue,
    urgent,
    usage,
    worker,
    errorCode,
    failure,
  } = job;
  const dueAt = history?.findLast(({ type }) => type === "RETRIED")?.at ?? Math.max(createdAt, runAt ?? 0);
  const waits = startedAt === null && status === "PENDING" && !isScheduled(job);
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 border-b border-line px-5 py-4 text-sm">
      <Fact name="Created">
        <Exact at={createdAt} />{" "}
        <span className="text-ink-muted">
          · <Age at={createdAt} />
        </span>
      </Fact>
      <Fact name="Waited">
        {startedAt !== null && formatDuration(startedAt - dueAt)}
        {waits && <Elapsed since={dueAt} />}
      </Fact>
      <Fact name="Ran">
        {startedAt !== null && completedAt !== null && formatDuration(completedAt - startedAt)}
        {startedAt !== null && completedAt === null && status === "PENDING" && <Elapsed since={startedAt} />}
      </Fact>
      {runAt !== null && (
        <Fact name="Runs at">
          <Exact at={runAt} />
        </Fact>
      )}
      {expiresAt !== null && (
        <Fact name="Expires at">
          <Exact at={expiresAt} />
        </Fact>
      )}
      <Fact name="Timeout">
        {timeoutSeconds === null ? (
          <span className="text-ink-muted">server default</span>
        ) : (
          `${formatSpan(timeoutSeconds)} per attempt`
        )}
      </Fact>
      <Fact name="Tries">
        {retry === null ? <span className="text-ink-muted">server default</span> : policyOf(retry)}
      </Fact>
      <Fact name="Queue">
        <ConditionLink condition={["queue", queue]} className="break-words hover:underline">
          {queue}
        </ConditionLink>
      </Fact>
      {urgent && <Fact name="Priority">high</Fact>}
      {job.tags.length > 0 && (
        <Fact name="Tags">
          <span className="flex flex-wrap gap-1">
            <Tags tags={job.tags} all />
          </span>
        </Fact>
      )}
      {job.metadata.map(([key, value]) => (
        <Fact key={key} name={key}>
          <ConditionLink condition={[pairName(key), value]} className="break-words hover:underline">
            <bdi>{value}</bdi>
          </ConditionLink>
        </Fact>
      ))}
      <Fact name="Worker">
        {worker !== null && (
          <ConditionLink condition={["worker", worker]} className="break-words hover:underline">
            <bdi>{worker}</bdi>
          </ConditionLink>
        )}
      </Fact>
      {job.submittedBy !== null && (
        <Fact name="Submitted by">
          <bdi className="break-words">{job.submittedBy}</bdi>
        </Fact>
      )}
      <Fact name="Attempt">{attempt}</Fact>
      {errorCode !== null && (
        <Fact name="Error code">
          <ConditionLink condition={["errorCode", errorCode]} className="break-words hover:underline">
            {errorCode}
          </ConditionLink>
        </Fact>
      )}
      {failure !== null && (
        <Fact name="Failure">
          <ConditionLink condition={["failure", failure]} className="break-words hover:underline">
            Others that failed alike
          </ConditionLink>
        </Fact>
      )}
      {usage !== null && (
        <Fact name="Tokens">
          {formatCount(usage.inputTokens)} in, {formatCount(usage.outputTokens)} out{" "}
          <span dir="auto" className="break-words text-ink-muted">
            · {usage.model}
          </span>
        </Fact>
      )}
    </dl>
  );
}

/** "up to 5, fixed delay of 30 s" */
function policyOf({ maxAttempts, backoff, delaySeconds, maxDelaySeconds }: RetryPolicy): string {
  if (maxAttempts === 1) return "1";
  const delay = delaySeconds === null ? null : formatDelay(delaySeconds);
  const parts = [
    `up to ${maxAttempts}`,
    backoff === "fixed" ? `fixed delay${delay === null ? "" : ` of ${delay}`}` : delay && `delays from ${delay}`,
    maxDelaySeconds !== null && backoff !== "fixed" && `at most ${formatDelay(maxDelaySeconds)}`,
  ];
  return parts.filter((part) => part).join(", ");
}

const formatDelay = (seconds: number) => (seconds === 0 ? "0 s" : formatSpan(seconds));

function Fact({ name, children }: { name: string; children: ReactNode }) {
  const empty = (Array.isArray(children) ? children : [children]).every((child) => child === null || child === false);
  return (
    <>
      <dt className="max-w-40 break-words text-ink-muted">{name}</dt>
      <dd>{empty ? <span className="text-ink-muted">–</span> : children}</dd>
    </>
  );
}
