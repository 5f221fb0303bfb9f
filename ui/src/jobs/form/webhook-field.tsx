import { useUrlState } from "../url-state";
import { FieldHint } from "./field-hint";
import { objectionToWebhook, type Refusals } from "./submission";

type Props = { url: string; refusals: Refusals; onUrl: (url: string) => void };

/** Where the job's end is notified. */
export function WebhookField({ url, refusals, onUrl }: Props) {
  const { change } = useUrlState();
  const objection = objectionToWebhook(url) ?? refusals.webhook ?? null;
  return (
    <>
      <label className="mt-2 block">
        <span className="text-xs">Webhook URL</span>
        <input
          value={url}
          onChange={(event) => onUrl(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="https://example.com/hooks/jobs"
          aria-invalid={objection !== null}
          aria-describedby="webhook-hint"
          className="mt-0.5 block w-full rounded-control border border-line-strong bg-surface px-2 py-1 placeholder:text-ink-muted aria-invalid:border-failed"
        />
      </label>
      <FieldHint id="webhook-hint" objection={objection}>
        Called when the job has finished, signed by your secret.
      </FieldHint>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => change({ panel: "webhooks" })}
        className="text-xs text-ink-muted underline underline-offset-2 hover:text-ink"
      >
        Signing secrets
      </button>
    </>
  );
}
