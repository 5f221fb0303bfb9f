import type { ReactNode } from "react";
import type { Job, JobEvent } from "@/api/job";
import { Age, Elapsed, Exact } from "@/components/time";
import { formatDuration, formatSpan } from "@/components/time-format";

/** The numbers of a job. */
export function Facts({ job, history }: { job: Job; history: readonly JobEvent[] | null }) {
  const { createdAt, startedAt, completedAt, status, attempt, timeoutSeconds, worker } = job;
  const submittedAt = history?.findLast(({ type }) => type === "RETRIED")?.at ?? createdAt;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 border-b border-line px-5 py-4 text-sm">
      <Fact name="Created">
        <Exact at={createdAt} />{" "}
        <span className="text-ink-muted">
          · <Age at={createdAt} />
        </span>
      </Fact>
      <Fact name="Waited">
        {startedAt !== null && formatDuration(startedAt - submittedAt)}
        {startedAt === null && status === "PENDING" && <Elapsed since={submittedAt} />}
      </Fact>
      <Fact name="Ran">
        {startedAt !== null && completedAt !== null && formatDuration(completedAt - startedAt)}
        {startedAt !== null && completedAt === null && status === "PENDING" && <Elapsed since={startedAt} />}
      </Fact>
      <Fact name="Timeout">
        {timeoutSeconds === null ? (
          <span className="text-ink-muted">server default</span>
        ) : (
          `${formatSpan(timeoutSeconds)} per attempt`
        )}
      </Fact>
      <Fact name="Worker">
        {worker !== null && (
          <span dir="auto" className="break-words">
            {worker}
          </span>
        )}
      </Fact>
      <Fact name="Attempt">{attempt}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  const empty = (Array.isArray(children) ? children : [children]).every((child) => child === null || child === false);
  return (
    <>
      <dt className="text-ink-muted">{name}</dt>
      <dd>{empty ? <span className="text-ink-muted">–</span> : children}</dd>
    </>
  );
}
