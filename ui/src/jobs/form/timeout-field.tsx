import { formatCount, formatSpan } from "@/components/time-format";
import { LONGEST_TIMEOUT, objectionToTimeout, timeoutOf } from "./submission";

type Props = { timeout: string; onTimeout: (timeout: string) => void };

export function TimeoutField({ timeout, onTimeout }: Props) {
  const objection = objectionToTimeout(timeout);
  return (
    <>
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
        {objection ?? hint(timeoutOf(timeout))}
      </p>
    </>
  );
}

const hint = (seconds: number | null) =>
  seconds === null
    ? `For each attempt, 1 to ${formatCount(LONGEST_TIMEOUT)}. Empty: the server's default.`
    : `An attempt fails after ${formatSpan(seconds)} without a result or progress.`;
