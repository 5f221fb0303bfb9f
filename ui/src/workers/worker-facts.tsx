import { Link } from "react-router";
import type { Worker } from "@/api/workers";
import { Age } from "@/components/time";
import { formatCount, formatMagnitude } from "@/components/time-format";
import { truncate } from "@/components/truncate";
import { ConditionLink } from "@/jobs/filters/condition-link";
import { patched, useUrlState } from "@/jobs/url-state";
import { usePrompts } from "./use-prompts";

const LOOKS = { running: "text-completed", draining: "text-deferred", lost: "text-failed" } as const;

const LABELS = { running: "Running", draining: "Draining", lost: "Lost" } as const;

/** What a worker said of itself last. */
export function WorkerFacts({ worker }: { worker: Worker }) {
  const { name, state, version, queues, inFlight, jobs, lastHeartbeat, memory } = worker;
  return (
    <div className="min-w-0 flex-1">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <ConditionLink condition={["worker", name]} className="truncate font-medium hover:underline">
          {name}
        </ConditionLink>
        <span className={`text-xs font-medium ${LOOKS[state]}`}>{LABELS[state]}</span>
        <span className="text-xs text-ink-muted">
          heard <Age at={lastHeartbeat} /> · version {version}
        </span>
      </p>
      <p className="mt-1 text-xs text-ink-muted tabular-nums">
        {formatCount(inFlight)} in flight{memory && ` · memory ${megabytes(memory.used)} of ${megabytes(memory.max)}`}
      </p>
      <ul aria-label={`Queues of ${name}`} className="mt-1 text-xs">
        {queues.map((queue) => (
          <li key={queue.name} className="break-words">
            <ConditionLink condition={["queue", queue.name]} className="font-medium hover:underline">
              {queue.name}
            </ConditionLink>{" "}
            <span className="text-ink-muted tabular-nums">
              {queue.processor}, up to {formatCount(queue.concurrency)} at once
            </span>
            {queue.limit && <span className="text-deferred"> · {queue.limit.reason}</span>}
          </li>
        ))}
      </ul>
      {jobs.length > 0 && <Jobs name={name} jobs={jobs} inFlight={inFlight} />}
    </div>
  );
}

const megabytes = (bytes: number) => `${formatMagnitude(Math.round(bytes / 1_048_576))} MiB`;

const SHOWN = 12;
const BEGINNING = 100;

function Jobs({ name, jobs, inFlight }: { name: string; jobs: readonly string[]; inFlight: number }) {
  const { params } = useUrlState();
  const prompts = usePrompts(name);
  const further = inFlight - Math.min(jobs.length, SHOWN);
  return (
    <ul aria-label={`Jobs of ${name}`} className="mt-1 grid gap-x-6 text-xs sm:grid-cols-2">
      {jobs.slice(0, SHOWN).map((id) => (
        <li key={id} className="flex gap-2">
          <Link
            to={{ search: patched(params, { job: id }).toString() }}
            preventScrollReset
            className="flex min-w-0 items-baseline gap-2 py-0.5 hover:underline"
          >
            <span className="font-mono text-ink-muted underline">{id.slice(-8)}</span>
            <span dir="auto" className="truncate">
              {truncate(prompts.get(id) ?? "", BEGINNING)}
            </span>
          </Link>
        </li>
      ))}
      {further > 0 && <li className="text-ink-muted">and {formatCount(further)} more</li>}
    </ul>
  );
}
