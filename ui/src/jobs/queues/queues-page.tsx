import { useState } from "react";
import { useMay } from "@/access/use-session";
import type { TokensUsed } from "@/api/get-stats";
import { messageOf } from "@/api/problem";
import type { QueueStats } from "@/api/queue-stats";
import type { Queue } from "@/api/queues";
import { useReachable } from "@/api/reachability";
import type { Worker } from "@/api/workers";
import { Button } from "@/components/button";
import { Confirm } from "@/components/confirm";
import { Icon } from "@/components/icon";
import { Page } from "@/components/page";
import { StaleNotice } from "@/components/stale-notice";
import { formatCount } from "@/components/time-format";
import { useWorkers } from "@/workers/use-workers";
import { ConditionLink } from "../filters/condition-link";
import { useStats } from "../stats/use-stats";
import { HistoryPanel } from "./history-panel";
import { QueueFacts } from "./queue-facts";
import { QueueState } from "./queue-state";
import { useQueueStats } from "./use-queue-stats";
import { type QueueChange, useChangeQueue, usePolledQueues } from "./use-queues";

/** The queues, each with the way to pause or resume it. */
export function QueuesPage() {
  const seesAll = useMay("viewer");
  return (
    <Page title="Queues" description="None of a paused queue's jobs starts. They are accepted, and wait.">
      {seesAll && <HistoryPanel />}
      <QueueList seesAll={seesAll} />
    </Page>
  );
}

function QueueList({ seesAll }: { seesAll: boolean }) {
  const { queues, error: stale } = usePolledQueues();
  const { data: usage } = useStats();
  const { stats, error: statsError } = useQueueStats(seesAll);
  const { workers } = useWorkers(seesAll);
  const [asked, setAsked] = useState<QueueChange | null>(null);
  const { mutate, isPending, variables, error } = useChangeQueue();
  const reachable = useReachable();
  if (queues.length === 0) return <p className="text-ink-muted">The queues are not known yet.</p>;
  return (
    <>
      {(stale ?? statsError) && reachable && (
        <StaleNotice what="The queues" error={stale ?? statsError} className="mb-2" />
      )}
      <ul className="divide-y divide-line rounded-panel border border-line bg-surface">
        {queues.map((queue) => (
          <QueueItem
            key={queue.name}
            queue={queue}
            stats={stats?.find((each) => each.queue === queue.name)}
            workers={workers}
            tokens={usage?.tokens.filter((used) => used.queue === queue.name) ?? []}
            busy={isPending && variables.name === queue.name}
            blocked={isPending}
            error={variables?.name === queue.name ? error : null}
            onAsk={setAsked}
          />
        ))}
      </ul>
      <ConfirmChange asked={asked} onConfirm={mutate} onClose={() => setAsked(null)} />
    </>
  );
}

type ItemProps = {
  queue: Queue;
  stats: QueueStats | undefined;
  workers: readonly Worker[] | undefined;
  tokens: readonly TokensUsed[];
  busy: boolean;
  blocked: boolean;
  error: unknown;
  onAsk: (change: QueueChange) => void;
};

function QueueItem({ queue: { name, paused }, stats, workers, tokens, busy, blocked, error, onAsk }: ItemProps) {
  const reachable = useReachable();
  const mayChange = useMay("operator");
  const action = paused ? "resume" : "pause";
  return (
    <li className="px-4 py-3">
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <ConditionLink condition={["queue", name]} className="block truncate font-medium hover:underline">
            {name}
          </ConditionLink>
          <QueueState name={name} paused={paused} stats={stats} workers={workers} />
          {tokens.map(({ model, inputTokens, outputTokens }) => (
            <p key={model} className="text-xs break-words text-ink-muted tabular-nums">
              <bdi>{model}</bdi> · {formatCount(inputTokens)} tokens in, {formatCount(outputTokens)} out in the last
              hour
            </p>
          ))}
        </div>
        <Button
          disabled={blocked || !reachable || !mayChange}
          title={mayChange ? undefined : "Needs the role operator"}
          onClick={() => onAsk({ name, action })}
          aria-label={`${VERBS[action]} ${name}`}
        >
          <Icon name={action} />
          {busy ? BUSY[action] : VERBS[action]}
        </Button>
      </div>
      {stats && <QueueFacts stats={stats} workers={workers} />}
      <p role="alert" className="mt-1 text-xs text-failed empty:hidden">
        {error ? messageOf(error) : null}
      </p>
    </li>
  );
}

const VERBS = { pause: "Pause", resume: "Resume" } as const;
const BUSY = { pause: "Pausing…", resume: "Resuming…" } as const;

const CONSEQUENCES = {
  pause: "Its jobs are accepted and wait; none starts until it is resumed, whatever restarts. Running ones finish.",
  resume: "The jobs that wait in it start.",
} as const;

type ConfirmProps = { asked: QueueChange | null; onConfirm: (change: QueueChange) => void; onClose: () => void };

function ConfirmChange({ asked, onConfirm, onClose }: ConfirmProps) {
  if (asked === null) return null;
  const { name, action } = asked;
  return (
    <Confirm
      open
      look="solid"
      title={`${VERBS[action]} the queue ${name}?`}
      consequence={CONSEQUENCES[action]}
      confirm={`${VERBS[action]} ${name}`}
      dismiss={action === "pause" ? "Let it run" : "Leave it paused"}
      onConfirm={() => onConfirm(asked)}
      onDismiss={onClose}
    />
  );
}
