import { useState } from "react";
import { Icon } from "@/components/icon";
import { formatCount, formatSpan } from "@/components/time-format";
import { LONGEST_TIMEOUT, objectionToTimeout, timeoutOf } from "./submission";

type Props = { timeout: string; onTimeout: (timeout: string) => void };

/** What a job may be given beside its prompt: folded away, but never silently in force. */
export function FormOptions({ timeout, onTimeout }: Props) {
  const objection = objectionToTimeout(timeout);
  const seconds = timeoutOf(timeout);
  const [unfolded, setUnfolded] = useState(objection !== null);
  return (
    <details open={unfolded} onToggle={({ currentTarget }) => setUnfolded(currentTarget.open)} className="group">
      <summary className="flex w-fit cursor-pointer list-none items-center gap-1 text-xs text-ink-muted hover:text-ink [&::-webkit-details-marker]:hidden">
        <Icon name="right" className="group-open:rotate-90" />
        Options
        {!unfolded && objection !== null && <span className="text-failed">· the timeout is not valid</span>}
        {!unfolded && objection === null && seconds !== null && <span>· timeout {formatSpan(seconds)}</span>}
      </summary>
      <label className="mt-2 flex flex-wrap items-center gap-x-2">
        <span className="text-xs">Timeout</span>
        <input
          value={timeout}
          onChange={(event) => onTimeout(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          inputMode="numeric"
          autoComplete="off"
          maxLength={20}
          placeholder="default"
          aria-invalid={objection !== null}
          aria-describedby="timeout-hint"
          className="h-8 w-24 rounded-control border border-line-strong bg-surface px-2 tabular-nums placeholder:text-ink-muted aria-invalid:border-failed"
        />
        <span className="text-xs">seconds</span>
      </label>
      <p id="timeout-hint" role="status" className={`mt-1 text-xs ${objection ? "text-failed" : "text-ink-muted"}`}>
        {objection ?? hint(seconds)}
      </p>
    </details>
  );
}

const hint = (seconds: number | null) =>
  seconds === null
    ? `For each attempt, 1 to ${formatCount(LONGEST_TIMEOUT)}. Empty: the server's default.`
    : `An attempt fails after ${formatSpan(seconds)} without a result or progress.`;
