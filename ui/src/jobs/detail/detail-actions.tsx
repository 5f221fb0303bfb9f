import { useMayChange } from "@/access/use-session";
import type { Job } from "@/api/job";
import { useReachable } from "@/api/reachability";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { useJobActions } from "../actions/job-actions";
import { allows, type JobAction } from "../job-state";
import { RunAgain } from "./run-again";

const ACTIONS = [
  ["retry", "Retry", "r"],
  ["cancel", "Cancel", "c"],
  ["delete", "Delete", "d"],
] as const satisfies readonly (readonly [JobAction, string, string])[];

/** Only what the job's state allows is offered. */
export function DetailActions({ job }: { job: Job }) {
  const { request, running } = useJobActions();
  const reachable = useReachable();
  const mayChange = useMayChange()(job);
  return (
    <footer className="flex shrink-0 flex-wrap gap-2 border-t border-line px-5 py-3">
      {ACTIONS.filter(([action]) => allows(job, action)).map(([action, label, key]) => (
        <Button
          key={action}
          disabled={running !== null || !reachable || !mayChange}
          title={mayChange ? undefined : "Needs the role operator, or submitter for your own jobs"}
          onClick={() => request(action, [job])}
        >
          <Icon name={action} />
          {label}
          <kbd className="hidden rounded-[0.25rem] border border-line px-1 font-mono text-2xs text-ink-muted md:inline">
            {key}
          </kbd>
        </Button>
      ))}
      <RunAgain job={job} />
    </footer>
  );
}
