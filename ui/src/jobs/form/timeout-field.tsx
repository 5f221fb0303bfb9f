import { formatCount, formatSpan } from "@/components/time-format";
import { FieldHint } from "./field-hint";
import { NumberField } from "./number-field";
import { LONGEST_TIMEOUT, objectionToTimeout, type Refusals, timeoutOf } from "./submission";

type Props = { timeout: string; refusals: Refusals; onTimeout: (timeout: string) => void };

export function TimeoutField({ timeout, refusals, onTimeout }: Props) {
  const objection = objectionToTimeout(timeout) ?? refusals.timeoutSeconds ?? null;
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
      <FieldHint id="timeout-hint" objection={objection}>
        {hint(timeoutOf(timeout))}
      </FieldHint>
    </>
  );
}

const hint = (seconds: number | null) =>
  seconds === null
    ? `For each attempt, 1 to ${formatCount(LONGEST_TIMEOUT)}. Empty: the server's default.`
    : `An attempt fails after ${formatSpan(seconds)} without a result or progress.`;
