import { useMayChange } from "@/access/use-session";
import type { Job } from "@/api/job";
import { useReachable } from "@/api/reachability";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { useJobActions } from "../actions/job-actions";
import { allows, type JobAction } from "../job-state";
import type { Selection } from "./use-selection";

const ACTIONS = [
  ["retry", "Retry"],
  ["cancel", "Cancel"],
  ["delete", "Delete"],
] as const satisfies readonly (readonly [JobAction, string])[];

/** What can be done with the selected jobs: each button says for how many. */
export function BulkBar({ jobs, selection }: { jobs: readonly Job[]; selection: Selection }) {
  const { request, running } = useJobActions();
  const reachable = useReachable();
  const mayChange = useMayChange();
  if (jobs.length === 0) return null;
  return (
    <section
      aria-label="Selected jobs"
      className="fixed inset-x-2 bottom-4 z-30 mx-auto flex w-fit max-w-full animate-rise flex-wrap items-center justify-center max-[22.5rem]:[&_button]:px-2 gap-1 rounded-panel border border-line-strong/60 bg-surface p-2 shadow-over sm:gap-2"
    >
      <p className="px-2 font-medium whitespace-nowrap" aria-live="polite">
        {running ? `${running.finished} of ${running.total}` : jobs.length}
        <span className="hidden sm:inline">{running ? " done" : " selected"}</span>
      </p>
      {ACTIONS.map(([action, label]) => {
        const count = jobs.filter((job) => allows(job, action) && mayChange(job)).length;
        return (
          <Button
            key={action}
            disabled={count === 0 || running !== null || !reachable}
            title={jobs.some(mayChange) ? undefined : "Needs the role operator, or submitter for your own jobs"}
            onClick={() => request(action, jobs, selection.keepRefused)}
          >
            <Icon name={action} className="hidden sm:block" />
            {label}
            {count > 0 && <span className="text-ink-muted">{count}</span>}
          </Button>
        );
      })}
      <Button look="quiet" icon aria-label="Clear the selection" onClick={selection.clear}>
        <Icon name="close" />
      </Button>
    </section>
  );
}
