import { useState } from "react";
import { DEFAULT_QUEUE } from "@/api/job";
import { Icon } from "@/components/icon";
import { formatSpan, formatTime } from "@/components/time-format";
import type { DraftOptions } from "./draft";
import { QueueFields } from "./queue-fields";
import { RetryFields } from "./retry-fields";
import { ScheduleFields } from "./schedule-fields";
import {
  instantOf,
  objectionToOptions,
  objectionToRetry,
  objectionToSchedule,
  objectionToTimeout,
  retryOf,
  timeoutOf,
} from "./submission";
import { TimeoutField } from "./timeout-field";

type Props = { options: DraftOptions; onChange: (change: Partial<DraftOptions>) => void };

/** What a job may be given beside its prompt: folded away, but never silently in force. */
export function FormOptions({ options, onChange }: Props) {
  const [unfolded, setUnfolded] = useState(objectionToOptions(options) !== null);
  return (
    <details open={unfolded} onToggle={({ currentTarget }) => setUnfolded(currentTarget.open)} className="group">
      <summary className="flex w-fit cursor-pointer list-none items-center gap-1 text-xs text-ink-muted hover:text-ink [&::-webkit-details-marker]:hidden">
        <Icon name="right" className="group-open:rotate-90" />
        Options
        {!unfolded && <Summary options={options} />}
      </summary>
      <QueueFields options={options} onChange={onChange} />
      <TimeoutField timeout={options.timeout} onTimeout={(timeout) => onChange({ timeout })} />
      <ScheduleFields options={options} onChange={onChange} />
      <RetryFields retry={options} onRetry={onChange} />
    </details>
  );
}

function Summary({ options }: { options: DraftOptions }) {
  if (objectionToTimeout(options.timeout) !== null)
    return <span className="text-failed">· the timeout is not valid</span>;
  if (objectionToSchedule(options) !== null) return <span className="text-failed">· the schedule is not valid</span>;
  if (objectionToRetry(options) !== null) return <span className="text-failed">· the retry policy is not valid</span>;
  const seconds = timeoutOf(options.timeout);
  const policy = retryOf(options);
  const [start, end] = [instantOf(options.runAt), instantOf(options.expiresAt)];
  return (
    <>
      {options.queue !== DEFAULT_QUEUE && <span className="truncate">· {options.queue}</span>}
      {options.urgent && <span>· high priority</span>}
      {seconds !== null && <span>· timeout {formatSpan(seconds)}</span>}
      {policy !== null && <span>· up to {policy.maxAttempts} tries</span>}
      {start !== null && <span>· starts {formatTime(Date.parse(start))}</span>}
      {end !== null && <span>· expires {formatTime(Date.parse(end))}</span>}
    </>
  );
}
