import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { redeliverFailed } from "@/api/deliveries";
import { jobKeys } from "@/api/job-keys";
import { messageOf } from "@/api/problem";
import { Button } from "@/components/button";
import { instantOf, localOf } from "@/components/local-time";
import { formatCount } from "@/components/time-format";

const DAY = 24 * 60 * 60 * 1_000;

/** Has all deliveries sent again that failed, of every submitter. */
export function RedeliverForm() {
  const client = useQueryClient();
  const [since, setSince] = useState(() => localOf(new Date(Date.now() - DAY).toISOString()));
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: redeliverFailed,
    onSettled: () => client.invalidateQueries({ queryKey: jobKeys.all }),
  });
  const instant = instantOf(since);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (instant !== null) mutate(instant);
  };
  return (
    <form onSubmit={onSubmit} aria-label="Redeliver" className="mt-3 border-t border-line pt-3">
      <p className="text-ink-muted">
        Once receivers work again: redeliver all that failed for good, and enable the receivers that were disabled.
      </p>
      <div className="mt-2 flex flex-wrap items-end gap-3">
        <label className="block">
          <span className="text-xs">Jobs that ended since</span>
          <input
            type="datetime-local"
            step={1}
            required
            value={since}
            onChange={(event) => setSince(event.target.value)}
            className="mt-0.5 block rounded-control border border-line-strong bg-surface px-2 py-1"
          />
        </label>
        <Button type="submit" disabled={instant === null || isPending}>
          Redeliver
        </Button>
      </div>
      <p role="status" className={`mt-2 text-xs empty:hidden ${error ? "text-failed" : "text-ink-muted"}`}>
        {error ? messageOf(error) : data && outcome(data)}
      </p>
    </form>
  );
}

function outcome({ deliveries, more }: { deliveries: number; more: boolean }): string {
  if (deliveries === 0) return "None had failed.";
  const sent = `${formatCount(deliveries)} ${deliveries === 1 ? "delivery is" : "deliveries are"} sent again.`;
  return more ? `${sent} There may be more: redeliver again.` : sent;
}
