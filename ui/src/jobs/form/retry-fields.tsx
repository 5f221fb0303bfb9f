import type { RetryDraft } from "./draft";
import { FieldHint } from "./field-hint";
import { NumberField } from "./number-field";
import { MOST_TRIES, objectionToRetry, type Refusals, retryOf } from "./submission";

type Props = { retry: RetryDraft; refusals: Refusals; onRetry: (change: Partial<RetryDraft>) => void };

/** How often a job is tried, and how long it waits in between. */
export function RetryFields({ retry, refusals, onRetry }: Props) {
  const objection = objectionToRetry(retry) ?? refusals.retry ?? null;
  return (
    <>
      <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <NumberField
          label="Tries"
          value={retry.tries}
          onChange={(tries) => onRetry({ tries })}
          invalid={objection !== null}
          hint="retry-hint"
        />
        <NumberField
          label="Retry delay"
          unit="seconds"
          value={retry.retryDelay}
          onChange={(retryDelay) => onRetry({ retryDelay })}
          invalid={objection !== null}
          hint="retry-hint"
        />
        {!retry.fixedDelay && (
          <NumberField
            label="Longest delay"
            unit="seconds"
            value={retry.longestDelay}
            onChange={(longestDelay) => onRetry({ longestDelay })}
            invalid={objection !== null}
            hint="retry-hint"
          />
        )}
        <label className="flex items-center gap-x-2">
          <input
            type="checkbox"
            checked={retry.fixedDelay}
            onChange={(event) => onRetry({ fixedDelay: event.target.checked })}
            className="tick-box"
          />
          <span className="text-xs">The same delay each time</span>
        </label>
      </div>
      <FieldHint id="retry-hint" objection={objection}>
        {hint(retry)}
      </FieldHint>
    </>
  );
}

function hint(retry: RetryDraft): string {
  const policy = retryOf(retry);
  if (!policy) return `Tries in all, 1 to ${MOST_TRIES}. Empty: the server's default.`;
  if (policy.maxAttempts === 1) return "A failed attempt is final.";
  return policy.backoff === "fixed"
    ? `Tried up to ${policy.maxAttempts} times, with the same delay in between.`
    : `Tried up to ${policy.maxAttempts} times, after random delays whose bound doubles.`;
}
