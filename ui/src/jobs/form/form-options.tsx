import { useState } from "react";
import { Icon } from "@/components/icon";
import { formatSpan, formatTime } from "@/components/time-format";
import type { DraftOptions } from "./draft";
import { LabelFields } from "./label-fields";
import { objectionToMetadata, objectionToTags } from "./labels";
import { QueueFields } from "./queue-fields";
import { RetryFields } from "./retry-fields";
import { ScheduleFields } from "./schedule-fields";
import {
  objectionToOptions,
  objectionToRetry,
  objectionToSchedule,
  objectionToTimeout,
  objectionToWebhook,
  optionsOf,
  type Refusals,
} from "./submission";
import { TimeoutField } from "./timeout-field";
import { WebhookField } from "./webhook-field";

type Props = {
  options: DraftOptions;
  /** Why the server refused the options that it did. */
  refusals: Refusals;
  onChange: (change: Partial<DraftOptions>) => void;
};

/** What a job may be given beside its prompt: folded away, but never silently in force, nor refused. */
export function FormOptions({ options, refusals, onChange }: Props) {
  const [unfolded, setUnfolded] = useState(objectionToOptions(options) !== null);
  const open = unfolded || Object.keys(refusals).length > 0;
  return (
    <details open={open} onToggle={({ currentTarget }) => setUnfolded(currentTarget.open)} className="group">
      <summary className="flex w-fit max-w-full cursor-pointer list-none flex-wrap items-center gap-x-1 text-xs text-ink-muted hover:text-ink [&::-webkit-details-marker]:hidden">
        <Icon name="right" className="group-open:rotate-90" />
        Options
        {!open && <Summary options={options} />}
      </summary>
      <QueueFields options={options} refusals={refusals} onChange={onChange} />
      <LabelFields options={options} refusals={refusals} onChange={onChange} />
      <ScheduleFields options={options} refusals={refusals} onChange={onChange} />
      <TimeoutField timeout={options.timeout} refusals={refusals} onTimeout={(timeout) => onChange({ timeout })} />
      <RetryFields retry={options} refusals={refusals} onRetry={onChange} />
      <WebhookField url={options.webhookUrl} refusals={refusals} onUrl={(webhookUrl) => onChange({ webhookUrl })} />
    </details>
  );
}

function Summary({ options }: { options: DraftOptions }) {
  const invalid = invalidOption(options);
  if (invalid !== null) return <span className="text-failed">· {invalid} not valid</span>;
  return summaryOf(options).map((text) => (
    <span key={text} className="max-w-full truncate">
      · {text}
    </span>
  ));
}

function invalidOption(options: DraftOptions): string | null {
  if (objectionToTags(options.tags) !== null) return "the tags are";
  if (objectionToMetadata(options.metadata) !== null) return "the metadata are";
  if (objectionToTimeout(options.timeout) !== null) return "the timeout is";
  if (objectionToSchedule(options) !== null) return "the schedule is";
  if (objectionToRetry(options) !== null) return "the retry policy is";
  return objectionToWebhook(options.webhookUrl) === null ? null : "the webhook is";
}

/** The options that are set, in a few words each. */
function summaryOf(draft: DraftOptions): string[] {
  const { queue, priority, tags, metadata, timeoutSeconds, runAt, expiresAt, retry, webhook } = optionsOf(draft);
  return [
    queue,
    priority && "high priority",
    tags?.join(", "),
    metadata && `${Object.keys(metadata).length} of metadata`,
    runAt && `starts ${formatTime(Date.parse(runAt))}`,
    expiresAt && `expires ${formatTime(Date.parse(expiresAt))}`,
    timeoutSeconds && `timeout ${formatSpan(timeoutSeconds)}`,
    retry && `up to ${retry.maxAttempts} tries`,
    webhook && `notifies ${new URL(webhook.url).host}`,
  ].filter((text) => typeof text === "string");
}
