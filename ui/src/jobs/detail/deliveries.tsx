import { useMayChange } from "@/access/use-session";
import type { Delivery } from "@/api/deliveries";
import type { Job } from "@/api/job";
import { messageOf } from "@/api/problem";
import { useReachable } from "@/api/reachability";
import { Button } from "@/components/button";
import { Age, Countdown } from "@/components/time";
import { Section } from "./section";
import { useDeliveries } from "./use-deliveries";

const STATES = {
  pending: ["Pending", "text-waiting"],
  delivered: ["Delivered", "text-completed"],
  failed: ["Failed", "text-failed"],
} as const satisfies Record<Delivery["status"], readonly [string, string]>;

/** What became of the notifications of a job's webhook. */
export function Deliveries({ job, url }: { job: Job; url: string }) {
  const { deliveries, error, redeliver, running } = useDeliveries(job);
  const reachable = useReachable();
  const mayChange = useMayChange()(job);
  return (
    <Section title="Deliveries">
      <p className="mb-2 font-mono text-xs break-all text-ink-muted">{url}</p>
      {error && !deliveries && <p className="text-failed">{messageOf(error)}</p>}
      {deliveries?.length === 0 && <p className="text-ink-muted">None yet.</p>}
      <ul className="space-y-3">
        {deliveries?.map((delivery) => (
          <li key={delivery.id}>
            <div className="flex items-center gap-2">
              <Summary delivery={delivery} />
              <Button
                className="ml-auto"
                disabled={running || !reachable || !mayChange}
                title={mayChange ? undefined : "Needs the role operator, or submitter for your own jobs"}
                aria-label={`Redeliver ${delivery.type}`}
                onClick={() => redeliver(delivery.id)}
              >
                Redeliver
              </Button>
            </div>
            {delivery.error && (
              <p dir="auto" className="mt-1 break-words text-failed">
                {delivery.error}
              </p>
            )}
            {delivery.answer && <Answer>{delivery.answer}</Answer>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** "Delivered job.completed · answered 200 · 2 attempts · 5 s ago" */
function Summary({ delivery }: { delivery: Delivery }) {
  const { type, status, attempts, httpStatus, attemptedAt, nextAttemptAt } = delivery;
  const [label, colour] = STATES[status];
  return (
    <p className="min-w-0">
      <strong className={`font-semibold ${colour}`}>{label}</strong> <code className="font-mono text-xs">{type}</code>
      <span className="text-ink-muted">
        {httpStatus !== null && ` · answered ${httpStatus}`}
        {attempts > 0 && ` · ${attempts} ${attempts === 1 ? "attempt" : "attempts"}`}
        {attemptedAt !== null && (
          <>
            {" · "}
            <Age at={attemptedAt} />
          </>
        )}
        {nextAttemptAt !== null && (
          <>
            {" · next "}
            <Countdown to={nextAttemptAt} />
          </>
        )}
      </span>
    </p>
  );
}

function Answer({ children }: { children: string }) {
  return (
    <details className="mt-1 text-xs text-ink-muted">
      <summary className="w-fit cursor-pointer hover:text-ink">Answer</summary>
      <pre dir="auto" className="mt-1 max-h-40 overflow-auto rounded-control bg-sunken p-2 whitespace-pre-wrap">
        {children}
      </pre>
    </details>
  );
}
