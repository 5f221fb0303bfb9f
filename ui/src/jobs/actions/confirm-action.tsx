import { Confirm } from "@/components/confirm";
import type { Run } from "./use-run-action";

type Props = { asked: Run | null; onConfirm: (run: Run) => void; onClose: () => void };

/** Asks before work or data is thrown away. */
export function ConfirmAction({ asked, onConfirm, onClose }: Props) {
  if (asked === null) return null;
  const what = asked.jobs.length === 1 ? "this job" : `${asked.jobs.length} jobs`;
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
