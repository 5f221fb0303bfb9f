import { Confirm } from "@/components/confirm";
import { formatCount } from "@/components/time-format";
import type { JobAction } from "../job-state";
import type { Run } from "./use-run-action";

type Props = { asked: Run | null; onConfirm: (run: Run) => void; onClose: () => void };

const QUESTIONS: Record<JobAction, { verb: string; consequence: string; dismiss: string }> = {
  retry: { verb: "Retry", consequence: "Each is queued again, as its next attempt.", dismiss: "Leave as they are" },
  cancel: {
    verb: "Cancel",
    consequence: "Work in progress is thrown away. A cancelled job can be retried later.",
    dismiss: "Let it run",
  },
  delete: {
    verb: "Delete",
    consequence: "The prompt, the result and the history are gone for good.",
    dismiss: "Keep",
  },
};

/** Asks before work or data is thrown away, and before anything is done to several jobs. */
export function ConfirmAction({ asked, onConfirm, onClose }: Props) {
  if (asked === null) return null;
  const { verb, consequence, dismiss } = QUESTIONS[asked.action];
  const what = asked.jobs.length === 1 ? "this job" : `${formatCount(asked.jobs.length)} jobs`;
  return (
    <Confirm
      open
      look={asked.action === "retry" ? "solid" : "danger"}
      title={`${verb} ${what}?`}
      consequence={consequence}
      confirm={`${verb} ${what}`}
      dismiss={dismiss}
      onConfirm={() => onConfirm(asked)}
      onDismiss={onClose}
    />
  );
}
