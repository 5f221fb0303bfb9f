import type { ReactNode } from "react";
import type { QueueStats } from "@/api/queue-stats";
import type { Worker } from "@/api/workers";
import { formatCoarse, formatCount, formatDuration } from "@/components/time-format";
import { useNow } from "@/components/use-now";
import { ConditionLink } from "../filters/condition-link";

type Props = { stats: QueueStats; workers: readonly Worker[] | undefined };

/** What waits in a queue, who works it, and what became of the last hour's jobs. */
export function QueueFacts({ stats, workers }: Props) {
  const now = useNow();
  return (
    <>
      <dl className="mt-2 grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-4 lg:grid-cols-8">
        <Fact label="Waiting" value={bounded(stats.waiting)}>
          {stats.oldestWaiting !== null && `oldest ${formatCoarse(now - stats.oldestWaiting)}`}
        </Fact>
        <Fact label="Running" value={bounded(stats.running)} />
        <Fact label="Scheduled" value={bounded(stats.scheduled)} />
        <Fact label="Deferred" value={bounded(stats.deferred)} />
        <Fact label="Completed, 1 h" value={formatCount(stats.completed)}>
          {`${rate(stats.completed)}/min`}
        </Fact>
        <Fact label="Failed, 1 h" value={formatCount(stats.failed)} alarming={stats.failed > 0}>
          {stats.failed > 0 && `${Math.round((100 * stats.failed) / (stats.failed + stats.completed))} %`}
        </Fact>
        <Fact label="Wait, median" value={seconds(stats.waitTime?.median)}>
          {stats.waitTime && `p95 ${seconds(stats.waitTime.p95)}`}
        </Fact>
        <Fact label="Run, median" value={seconds(stats.runTime?.median)}>
          {stats.runTime && `p95 ${seconds(stats.runTime.p95)}`}
        </Fact>
      </dl>
      <p className="mt-2 text-xs text-ink-muted tabular-nums">{workers && served(stats.queue, workers)}</p>
      {stats.failures.length > 0 && (
        <ul aria-label={`Failures of ${stats.queue}`} className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-xs">
          {stats.failures.map(({ errorCode, count }) => (
            <li key={errorCode}>
              <ConditionLink condition={["errorCode", errorCode]} className="font-mono text-failed underline">
                {errorCode}
              </ConditionLink>{" "}
              <span className="tabular-nums">{formatCount(count)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Up to where the API counts jobs of a queue that have not ended. */
const MOST_COUNTED = 10_000;

const bounded = (count: number) => `${formatCount(count)}${count >= MOST_COUNTED ? "+" : ""}`;

const rate = (perHour: number) => (perHour >= 600 ? formatCount(Math.round(perHour / 60)) : (perHour / 60).toFixed(1));

const seconds = (duration: number | undefined) => (duration === undefined ? "–" : formatDuration(duration * 1000));

/** "2 workers run up to 2,000 jobs at once: worker-1, worker-2" */
function served(queue: string, workers: readonly Worker[]): string {
  const serving = workers.filter(({ state, queues }) => state !== "lost" && queues.some(({ name }) => name === queue));
  if (serving.length === 0) return "No worker serves it.";
  const capacity = serving
    .flatMap(({ queues }) => queues.filter(({ name }) => name === queue))
    .reduce((sum, { concurrency }) => sum + concurrency, 0);
  const who = serving.length === 1 ? "1 worker runs" : `${formatCount(serving.length)} workers run`;
  return `${who} up to ${formatCount(capacity)} jobs at once.`;
}

type FactProps = { label: string; value: string; alarming?: boolean; children?: ReactNode };

function Fact({ label, value, alarming = false, children }: FactProps) {
  return (
    <div>
      <dt className="text-xs text-ink-muted">{label}</dt>
      <dd className={`text-base font-medium tabular-nums ${alarming ? "text-failed" : ""}`}>{value}</dd>
      <dd className="text-2xs text-ink-muted tabular-nums">{children}</dd>
    </div>
  );
}
