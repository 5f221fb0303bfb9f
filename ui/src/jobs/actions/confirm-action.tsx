import { Confirm } from "@/components/confirm";
import { formatCount } from "@/components/time-format";
import type { JobAction } from "../job-state";
import { CONSEQUENCES, VERBS } from "./action-words";
import type { Run } from "./use-run-action";

type Props = { asked: Run | null; onConfirm: (run: Run) => void; onClose: () => void };

const DISMISS: Record<JobAction, string> = { retry: "Leave as they are", cancel: "Let it run", delete: "Keep" };

/** Asks before work or data is thrown away, and before anything is done to several jobs. */
export function ConfirmAction({ asked, onConfirm, onClose }: Props) {
  if (asked === null) return null;
  const verb = VERBS[asked.action];
  const what = asked.jobs.length === 1 ? "this job" : `${formatCount(asked.jobs.length)} jobs`;
  return (
    <Confirm
      open
      look={asked.action === "retry" ? "solid" : "danger"}
      title={`${verb} ${what}?`}
      consequence={CONSEQUENCES[asked.action]}
      confirm={`${verb} ${what}`}
      dismiss={DISMISS[asked.action]}
      onConfirm={() => onConfirm(asked)}
      onDismiss={onClose}
    />
  );
}
