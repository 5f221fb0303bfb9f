import type { DraftOptions } from "./draft";
import { FieldHint } from "./field-hint";
import { objectionToSchedule, type Refusals } from "./submission";

type Props = { options: DraftOptions; refusals: Refusals; onChange: (change: Partial<DraftOptions>) => void };

/** When a job starts, and until when; in local time. */
export function ScheduleFields({ options, refusals, onChange }: Props) {
  const objection = objectionToSchedule(options) ?? refusals.runAt ?? refusals.expiresAt ?? null;
  const time = (name: "runAt" | "expiresAt", label: string) => (
    <label className="flex flex-wrap items-center gap-x-2">
      <span className="w-14 text-xs">{label}</span>
      <input
        type="datetime-local"
        step={1}
        value={options[name]}
        onChange={(event) => onChange({ [name]: event.target.value })}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        aria-invalid={objection !== null}
        aria-describedby="schedule-hint"
        className="h-8 rounded-control border border-line-strong bg-surface px-2 tabular-nums aria-invalid:border-failed"
      />
    </label>
  );
  return (
    <div className="mt-2 space-y-1">
      {time("runAt", "Starts")}
      {time("expiresAt", "Expires")}
      <FieldHint id="schedule-hint" objection={objection}>
        In your time zone. Empty: starts at once, and never expires. One that expired is not started.
      </FieldHint>
    </div>
  );
}
