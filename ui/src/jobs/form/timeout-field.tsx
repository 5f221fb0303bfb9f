import { formatCount, formatSpan } from "@/components/time-format";
import { NumberField } from "./number-field";
import { LONGEST_TIMEOUT, objectionToTimeout, timeoutOf } from "./submission";

type Props = { timeout: string; onTimeout: (timeout: string) => void };

export function TimeoutField({ timeout, onTimeout }: Props) {
  const objection = objectionToTimeout(timeout);
  return (
    <>
      <div className="mt-2">
        <NumberField
          label="Timeout"
          unit="seconds"
          value={timeout}
          onChange={onTimeout}
          invalid={objection !== null}
          hint="timeout-hint"
        />
      </div>
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
