import { Confirm } from "@/components/confirm";
import { allows } from "../job-state";
import type { Run } from "./use-run-action";

type Props = { asked: Run | null; onConfirm: (run: Run) => void; onClose: () => void };

/** Asks before work or data is thrown away. */
export function ConfirmAction({ asked, onConfirm, onClose }: Props) {
  if (asked === null) return null;
  const allowed = asked.jobs.filter((job) => allows(job, asked.action)).length;
  const what = allowed === 1 ? "this job" : `${allowed} jobs`;
  const deleting = asked.action === "delete";
  return (
    <Confirm
      open
      title={`${deleting ? "Delete" : "Cancel"} ${what}?`}
      consequence={
        deleting
          ? "The prompt, the result and the history are gone for good."
          : "Work under way is thrown away. A cancelled job can be retried later."
      }
      confirm={deleting ? `Delete ${what}` : `Cancel ${what}`}
      dismiss={deleting ? "Keep" : "Let it run"}
      onConfirm={() => onConfirm(asked)}
      onDismiss={onClose}
    />
  );
}
