import { createContext, type ReactNode, use, useCallback, useMemo, useState } from "react";
import { useMayChange } from "@/access/use-session";
import type { Job } from "@/api/job";
import { isReachable } from "@/api/reachability";
import { allows, type JobAction } from "../job-state";
import { ConfirmAction } from "./confirm-action";
import { OutcomesDialog } from "./outcomes-dialog";
import { type Run, useRunAction } from "./use-run-action";

type JobActions = {
  /**
   * Does it to those whose state allows it, after a question where it destroys something or concerns several. `onDone`
   * is given what came of each.
   */
  request: (action: JobAction, jobs: readonly Job[], onDone?: Run["onDone"]) => void;
  running: { action: JobAction; finished: number; total: number } | null;
};

const Context = createContext<JobActions>({ request: () => undefined, running: null });

export const useJobActions = () => use(Context);

export function JobActionsProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Run | null>(null);
  const { run, progress } = useRunAction();
  const mayChange = useMayChange();
  const { mutate, isPending, variables } = run;
  const start = useCallback((asked: Run) => mutate(asked, { onSuccess: asked.onDone }), [mutate]);
  const request = useCallback(
    (action: JobAction, wanted: readonly Job[], onDone: Run["onDone"] = () => undefined) => {
      const jobs = wanted.filter((job) => allows(job, action) && mayChange(job));
      if (jobs.length === 0 || !isReachable()) return;
      if (action === "retry" && jobs.length === 1) start({ action, jobs, onDone });
      else setAsked({ action, jobs, onDone });
    },
    [start, mayChange],
  );
  const actions = useMemo<JobActions>(() => {
    const running = isPending ? { action: variables.action, finished: progress, total: variables.jobs.length } : null;
    return { request, running };
  }, [request, isPending, variables, progress]);
  return (
    <Context value={actions}>
      {children}
      <ConfirmAction asked={asked} onConfirm={start} onClose={() => setAsked(null)} />
      <OutcomesDialog
        action={variables?.action ?? "retry"}
        outcomes={run.data && run.data.length > 1 ? run.data : null}
        onClose={run.reset}
      />
    </Context>
  );
}
