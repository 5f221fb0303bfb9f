import { DEFAULT_QUEUE } from "@/api/job";
import { QueueSelect } from "../queues/queue-select";
import { useQueues } from "../queues/use-queues";
import type { DraftOptions } from "./draft";
import type { Refusals } from "./submission";

type Props = { options: DraftOptions; refusals: Refusals; onChange: (change: Partial<DraftOptions>) => void };

/** Where a job waits, and whether it overtakes others there. */
export function QueueFields({ options: { queue, urgent }, refusals, onChange }: Props) {
  const several = useQueues().length > 1;
  const refusal = refusals.queue ?? refusals.priority;
  return (
    <>
      <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        {(several || queue !== DEFAULT_QUEUE) && (
          <div className="flex items-center gap-x-2">
            <span aria-hidden="true" className="text-xs">
              Queue
            </span>
            <QueueSelect
              label="Queue"
              value={queue}
              onChange={(next) => onChange({ queue: next })}
              className="h-8 max-w-40"
            />
          </div>
        )}
        <label className="flex items-center gap-x-2">
          <input
            type="checkbox"
            checked={urgent}
            onChange={(event) => onChange({ urgent: event.target.checked })}
            className="tick-box"
          />
          <span className="text-xs">High priority</span>
        </label>
      </div>
      <p role="status" className="mt-1 text-xs text-failed empty:hidden">
        {refusal}
      </p>
    </>
  );
}
