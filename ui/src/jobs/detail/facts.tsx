import type { ReactNode } from "react";
import type { Job } from "@/api/job";
import { Age, Elapsed } from "@/components/time";
import { formatDuration, formatExact } from "@/components/time-format";

/** The numbers of a job. */
export function Facts({ job }: { job: Job }) {
  const { createdAt, startedAt, completedAt, status, attempt, worker } = job;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 border-b border-line px-5 py-4 text-sm">
      <Fact name="Created">
        {formatExact(createdAt)}{" "}
        <span className="text-ink-muted">
          · <Age at={createdAt} />
        </span>
      </Fact>
      <Fact name="Waited">
        {startedAt !== null && formatDuration(startedAt - createdAt)}
        {startedAt === null && status === "PENDING" && <Elapsed since={createdAt} />}
      </Fact>
      <Fact name="Ran">
        {startedAt !== null && completedAt !== null && formatDuration(completedAt - startedAt)}
        {startedAt !== null && completedAt === null && status === "PENDING" && <Elapsed since={startedAt} />}
      </Fact>
      <Fact name="Worker">{worker}</Fact>
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
