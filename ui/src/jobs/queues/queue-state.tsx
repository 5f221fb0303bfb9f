import type { QueueStats } from "@/api/queue-stats";
import type { Worker } from "@/api/workers";
import { Countdown } from "@/components/time";
import { formatCount } from "@/components/time-format";

type Props = { name: string; paused: boolean; stats: QueueStats | undefined; workers: readonly Worker[] | undefined };

/** Whether a queue's jobs start; and if they do not, or slowly, why. */
export function QueueState({ name, paused, stats, workers }: Props) {
  if (paused) return <p className="text-xs text-deferred">Paused: its jobs wait</p>;
  const limits = limitsOf(name, workers ?? []);
  const unserved = workers !== undefined && !workers.some((worker) => serves(worker, name));
  if (unserved && stats !== undefined && stats.waiting > 0)
    return <p className="text-xs text-failed">No worker serves it: its jobs wait</p>;
  if (limits.length === 0) return <p className="text-xs text-ink-muted">Its jobs start</p>;
  return (
    <ul className="text-xs text-deferred">
      {limits.map(({ worker, reason, until, calls }) => (
        <li key={worker} className="break-words">
          {reason}: {worker}{" "}
          {until === null ? (
            "goes on"
          ) : (
            <>
              goes on <Countdown to={until} />
            </>
          )}
          {calls !== undefined && `, at most ${formatCount(calls)} ${calls === 1 ? "call" : "calls"} at once`}
        </li>
      ))}
    </ul>
  );
}

const serves = ({ state, queues }: Worker, name: string) =>
  state === "running" && queues.some((queue) => queue.name === name);

function limitsOf(name: string, workers: readonly Worker[]) {
  return workers.flatMap(({ name: worker, state, lastHeartbeat, queues }) => {
    const limit = state === "lost" ? undefined : queues.find((queue) => queue.name === name)?.limit;
    if (limit === undefined) return [];
    const until = limit.millis > 0 ? lastHeartbeat + limit.millis : null;
    return [{ worker, reason: limit.reason, until, calls: limit.calls }];
  });
}
