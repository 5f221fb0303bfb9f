import { useState } from "react";
import { useMay } from "@/access/use-session";
import { messageOf } from "@/api/problem";
import { useReachable } from "@/api/reachability";
import type { Worker } from "@/api/workers";
import { Button } from "@/components/button";
import { Confirm } from "@/components/confirm";
import { Page } from "@/components/page";
import { StaleNotice } from "@/components/stale-notice";
import { useChangeWorker, useWorkers, type WorkerChange } from "./use-workers";
import { WorkerFacts } from "./worker-facts";

/** The workers that were heard of lately, each with the way to drain it. */
export function WorkersPage() {
  const { workers, error } = useWorkers();
  const reachable = useReachable();
  const [asked, setAsked] = useState<WorkerChange | null>(null);
  const { mutate, isPending, variables, error: refusal } = useChangeWorker();
  return (
    <Page
      title="Workers"
      description="A drained worker starts nothing and finishes what it runs. One that was silent for too long is lost: others take over its jobs."
    >
      {error && reachable && <StaleNotice what="The workers" error={error} className="mb-2" />}
      {workers?.length === 0 && <p className="text-ink-muted">No worker was heard of in the last minutes.</p>}
      {workers && workers.length > 0 && (
        <ul className="divide-y divide-line rounded-panel border border-line bg-surface">
          {inOrder(workers).map((worker) => (
            <li key={worker.name} className="px-4 py-3">
              <div className="flex items-start gap-3">
                <WorkerFacts worker={worker} />
                <ChangeButton worker={worker} busy={isPending} onAsk={setAsked} />
              </div>
              <p role="alert" className="mt-1 text-xs text-failed empty:hidden">
                {refusal && variables?.name === worker.name ? messageOf(refusal) : null}
              </p>
            </li>
          ))}
        </ul>
      )}
      <ConfirmChange asked={asked} onConfirm={mutate} onClose={() => setAsked(null)} />
    </Page>
  );
}

const RANKS = { lost: 0, draining: 1, running: 2 } as const;

/** Those that need somebody come first. */
const inOrder = (workers: readonly Worker[]) => workers.toSorted((a, b) => RANKS[a.state] - RANKS[b.state]);

type ButtonProps = { worker: Worker; busy: boolean; onAsk: (change: WorkerChange) => void };

function ChangeButton({ worker: { name, state }, busy, onAsk }: ButtonProps) {
  const reachable = useReachable();
  const mayChange = useMay("operator");
  if (state === "lost") return null;
  const action = state === "draining" ? "resume" : "drain";
  return (
    <Button
      disabled={busy || !reachable || !mayChange}
      title={mayChange ? undefined : "Needs the role operator"}
      onClick={() => onAsk({ name, action })}
      aria-label={`${VERBS[action]} ${name}`}
    >
      {VERBS[action]}
    </Button>
  );
}

const VERBS = { drain: "Drain", resume: "Resume" } as const;

const CONSEQUENCES = {
  drain: "It starts no more jobs, hands back what it has not started, and finishes what it runs, until it is resumed.",
  resume: "It starts jobs again, unless it is being stopped.",
} as const;

type ConfirmProps = { asked: WorkerChange | null; onConfirm: (change: WorkerChange) => void; onClose: () => void };

function ConfirmChange({ asked, onConfirm, onClose }: ConfirmProps) {
  if (asked === null) return null;
  const { name, action } = asked;
  return (
    <Confirm
      open
      look="solid"
      title={`${VERBS[action]} ${name}?`}
      consequence={CONSEQUENCES[action]}
      confirm={`${VERBS[action]} ${name}`}
      dismiss="Leave it"
      onConfirm={() => onConfirm(asked)}
      onDismiss={onClose}
    />
  );
}
