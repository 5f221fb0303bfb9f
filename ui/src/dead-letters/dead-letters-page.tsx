import { useState } from "react";
import { Link } from "react-router";
import type { DeadLetter } from "@/api/dead-letters";
import { messageOf } from "@/api/problem";
import { useReachable } from "@/api/reachability";
import { Button } from "@/components/button";
import { Confirm } from "@/components/confirm";
import { CopyButton } from "@/components/copy-button";
import { Page } from "@/components/page";
import { StaleNotice } from "@/components/stale-notice";
import { Age } from "@/components/time";
import { formatCount } from "@/components/time-format";
import { patched, useUrlState } from "@/jobs/url-state";
import { type LetterChange, useChangeLetter, useDeadLetters } from "./use-dead-letters";

/** The messages that no worker could handle, each with the way to have its job worked again. */
export function DeadLettersPage() {
  const { letters, error } = useDeadLetters();
  const reachable = useReachable();
  const [asked, setAsked] = useState<LetterChange | null>(null);
  const { mutate, isPending, variables, error: refusal } = useChangeLetter();
  return (
    <Page
      title="Dead letters"
      description="Messages that no worker could handle, newest first. Their jobs finished as FAILED. They are kept for 180 days."
    >
      {error && reachable && <StaleNotice what="The dead letters" error={error} className="mb-2" />}
      {letters?.length === 0 && <p className="text-ink-muted">None: each message was handled.</p>}
      {letters && letters.length > 0 && (
        <ul className="divide-y divide-line rounded-panel border border-line bg-surface">
          {letters.map((letter) => (
            <Letter
              key={letter.id}
              letter={letter}
              busy={isPending || !reachable}
              error={variables?.letter.id === letter.id ? refusal : null}
              onAsk={setAsked}
            />
          ))}
        </ul>
      )}
      <ConfirmChange asked={asked} onConfirm={mutate} onClose={() => setAsked(null)} />
    </Page>
  );
}

type LetterProps = { letter: DeadLetter; busy: boolean; error: unknown; onAsk: (change: LetterChange) => void };

function Letter({ letter, busy, error, onAsk }: LetterProps) {
  const { params } = useUrlState();
  const { at, reason, queue, payload, bytes, jobId, attempt } = letter;
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <p dir="auto" className="font-mono text-xs font-medium break-words">
            {reason}
          </p>
          <p className="text-xs text-ink-muted tabular-nums">
            <Age at={at} /> · {formatCount(bytes)} bytes{queue && ` · from ${queue}`}
            {jobId ? (
              <>
                {" · "}
                <Link
                  to={{ search: patched(params, { job: jobId }).toString() }}
                  preventScrollReset
                  className="underline"
                >
                  job <span className="font-mono">{jobId}</span>
                </Link>
                {attempt !== undefined && `, attempt ${attempt}`}
              </>
            ) : (
              " · names no job"
            )}
          </p>
        </div>
        <div className="flex gap-2">
          <Button disabled={busy || !jobId} onClick={() => onAsk({ letter, action: "requeue" })}>
            Requeue
          </Button>
          <Button disabled={busy} onClick={() => onAsk({ letter, action: "discard" })}>
            Discard
          </Button>
        </div>
      </div>
      <details className="mt-1">
        <summary className="cursor-pointer text-xs text-ink-muted">Payload</summary>
        <div className="mt-1 flex items-start gap-2">
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
            tabIndex={0}
            className="max-h-64 min-w-0 flex-1 overflow-auto rounded-control bg-sunken p-2 font-mono text-xs break-all whitespace-pre-wrap"
          >
            {payload}
          </pre>
          <CopyButton text={payload} label="Copy the payload" />
        </div>
      </details>
      <p role="alert" className="mt-1 text-xs text-failed empty:hidden">
        {error ? messageOf(error) : null}
      </p>
    </li>
  );
}

type ConfirmProps = { asked: LetterChange | null; onConfirm: (change: LetterChange) => void; onClose: () => void };

function ConfirmChange({ asked, onConfirm, onClose }: ConfirmProps) {
  if (asked === null) return null;
  const requeues = asked.action === "requeue";
  return (
    <Confirm
      open
      look={requeues ? "solid" : "danger"}
      title={requeues ? "Requeue the job?" : "Discard the dead letter?"}
      consequence={
        requeues
          ? "Its job gets another attempt, or completes by the result that the letter has. The dead letter goes."
          : "It cannot be read any more. Its job stays as it is."
      }
      confirm={requeues ? "Requeue the job" : "Discard it"}
      dismiss="Leave it"
      onConfirm={() => onConfirm(asked)}
      onDismiss={onClose}
    />
  );
}
