import { lazy, Suspense, useState } from "react";
import { useMay, useMayChange } from "@/access/use-session";
import type { Job } from "@/api/job";
import type { JobFilter } from "@/api/job-keys";
import { useReachable } from "@/api/reachability";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { formatCount } from "@/components/time-format";
import { VERBS } from "../actions/action-words";
import { useJobActions } from "../actions/job-actions";
import { allows, type JobAction } from "../job-state";
import { useMatchingCount } from "../stats/use-matching-count";
import type { Selection } from "./use-selection";

const BulkDialog = lazy(() => import("../bulk/bulk-dialog").then((module) => ({ default: module.BulkDialog })));

const ACTIONS = ["retry", "cancel", "delete"] as const satisfies readonly JobAction[];

type Props = {
  jobs: readonly Job[];
  selection: Selection;
  filter: JobFilter;
  /** Whether all jobs of the filter that are loaded are selected, and there are others. */
  more: boolean;
};

/** What can be done with the selected jobs: each button says for how many. With all rows, all jobs of the filter can be meant. */
export function BulkBar({ jobs, selection, filter, more }: Props) {
  const { request, running } = useJobActions();
  const reachable = useReachable();
  const mayChange = useMayChange();
  const isOperator = useMay("operator");
  const matching = useMatchingCount(filter);
  const [extended, setExtended] = useState<Selection["selected"] | null>(null);
  const [asked, setAsked] = useState<JobAction | null>(null);
  if (jobs.length === 0) return null;
  const all = extended === selection.selected;
  const requested = () => {
    setAsked(null);
    selection.clear();
  };
  const mayAct = jobs.some(mayChange);
  return (
    <>
      <section
        aria-label="Selected jobs"
        className="fixed right-[calc(0.5rem+var(--beside))] bottom-4 left-2 z-30 mx-auto flex w-fit max-w-full animate-rise flex-wrap items-center justify-center max-[22.5rem]:[&_button]:px-2 gap-1 rounded-panel border border-line-strong/60 bg-surface p-2 shadow-over sm:gap-2"
      >
        <p className="px-2 font-medium whitespace-nowrap" aria-live="polite">
          {running && `${running.finished} of ${running.total}`}
          {running && <span className="hidden sm:inline"> done</span>}
          {!running && (all ? "All that match" : jobs.length)}
          {!running && !all && <span className="hidden sm:inline"> selected</span>}
        </p>
        {more && !all && isOperator && running === null && (
          <Button look="quiet" className="underline underline-offset-2" onClick={() => setExtended(selection.selected)}>
            Select all{matching !== undefined && matching > jobs.length && ` ${formatCount(matching)}`} that match
          </Button>
        )}
        {ACTIONS.map((action) => {
          const count = jobs.filter((job) => allows(job, action) && mayChange(job)).length;
          return (
            <Button
              key={action}
              disabled={(count === 0 && !all) || running !== null || !reachable}
              title={mayAct ? undefined : "Needs the role operator, or submitter for your own jobs"}
              onClick={() => (all ? setAsked(action) : request(action, jobs, selection.keepRefused))}
            >
              <Icon name={action} className="hidden sm:block" />
              {VERBS[action]}
              {all ? "…" : count > 0 && <span className="text-ink-muted">{count}</span>}
            </Button>
          );
        })}
        <Button look="quiet" icon aria-label="Clear the selection" onClick={selection.clear}>
          <Icon name="close" />
        </Button>
      </section>
      {asked && (
        <Suspense>
          <BulkDialog action={asked} filter={filter} onRequested={requested} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </>
  );
}
