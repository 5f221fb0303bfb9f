import { Dialog } from "@/components/dialog";
import { Icon } from "@/components/icon";
import { formatCount } from "@/components/time-format";
import type { JobAction } from "../job-state";
import { DONE, type Outcome } from "./run-action";

type Props = { action: JobAction; outcomes: readonly Outcome[] | null; onClose: () => void };

/** What came of each job of a bulk action, refusals first. */
export function OutcomesDialog({ action, outcomes, onClose }: Props) {
  if (outcomes === null) return null;
  const done = outcomes.filter((outcome) => outcome.done).length;
  const sorted = outcomes.toSorted((a, b) => Number(a.done) - Number(b.done));
  return (
    <Dialog
      open
      title={`${DONE[action]} ${formatCount(done)} of ${formatCount(outcomes.length)} jobs`}
      onClose={onClose}
    >
      <ul className="divide-y divide-line">
        {sorted.map(({ job, done, message }) => (
          <li key={job.id} className="flex items-start gap-3 py-2.5">
            <Icon name={done ? "check" : "alert"} className={`mt-0.5 ${done ? "text-completed" : "text-failed"}`} />
            <div className="min-w-0 flex-1">
              <p dir="auto" className="truncate">
                {job.prompt}
              </p>
              <p dir="auto" className={`text-xs ${done ? "text-ink-muted" : "text-failed"}`}>
                {message}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
