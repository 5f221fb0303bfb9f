import { useMay } from "@/access/use-session";
import type { BulkAction, BulkOperation } from "@/api/bulk";
import { messageOf } from "@/api/problem";
import { useReachable } from "@/api/reachability";
import { Icon } from "@/components/icon";
import { formatCount } from "@/components/time-format";
import { ProgressBar } from "../progress";
import { useCancelBulk, useRunningBulk } from "./use-bulk";

const RUNNING: Record<BulkAction, string> = { retry: "Retrying", cancel: "Cancelling", delete: "Deleting" };

/** How far the operations on many jobs are; nothing where none runs. */
export function BulkNotice() {
  const running = useRunningBulk();
  return running.map((operation) => <Running key={operation.id} operation={operation} />);
}

function Running({ operation: { id, action, total, done, skipped, requestedBy } }: { operation: BulkOperation }) {
  const { mutate, isPending, error } = useCancelBulk();
  const reachable = useReachable();
  const mayCancel = useMay("operator");
  const seen = Math.min(done + skipped, total);
  const label = `${RUNNING[action]} ${formatCount(total)} jobs`;
  return (
    <section aria-label={label} className="border-b border-line bg-sunken px-4 py-1.5 lg:px-6">
      <div className="flex flex-wrap items-center gap-x-3">
        <Icon name={action} />
        <p className="min-w-48 flex-1 break-words">
          {label}
          <span className="text-ink-muted tabular-nums">
            {" · "}
            {formatCount(seen)} done{skipped > 0 && `, of which ${formatCount(skipped)} had changed before`}
            {requestedBy && ` · by ${requestedBy}`}
          </span>
        </p>
        <div className="flex items-center gap-x-3">
          <ProgressBar percent={total === 0 ? 100 : (100 * seen) / total} />
          <button
            type="button"
            disabled={isPending || !reachable || !mayCancel}
            title={mayCancel ? undefined : "Needs the role operator"}
            onClick={() => mutate(id)}
            aria-label={`Stop: ${label}`}
            className="shrink-0 rounded-control px-2 py-1 font-medium underline underline-offset-2 disabled:opacity-45"
          >
            {isPending ? "Stopping…" : "Stop"}
          </button>
        </div>
      </div>
      <p role="alert" className="text-xs text-failed empty:hidden">
        {error ? messageOf(error) : null}
      </p>
    </section>
  );
}
