import { useState } from "react";
import { useMay } from "@/access/use-session";
import { messageOf } from "@/api/problem";
import type { WebhookSecret } from "@/api/webhook-secrets";
import { Button } from "@/components/button";
import { Confirm } from "@/components/confirm";
import { Dialog } from "@/components/dialog";
import { ShownOnce } from "@/components/shown-once";
import { Age, Clock } from "@/components/time";
import { formatExact } from "@/components/time-format";
import { RedeliverForm } from "./redeliver-form";
import { useCreateSecret, useDeleteSecret, useSecrets } from "./use-secrets";

/** The secrets that sign deliveries, and the way to send again what failed. */
export function WebhooksDialog({ onClose }: { onClose: () => void }) {
  const isOperator = useMay("operator");
  return (
    <Dialog
      open
      title="Webhooks"
      description="Receivers verify deliveries by your signing secret. It is shown once."
      onClose={onClose}
    >
      <Secrets />
      {isOperator && <RedeliverForm />}
    </Dialog>
  );
}

function Secrets() {
  const { data: secrets, error } = useSecrets();
  const { mutate: create, data: created, error: refusal, isPending, reset } = useCreateSecret();
  const deletion = useDeleteSecret();
  const [asking, setAsking] = useState(false);
  const [asked, setAsked] = useState<WebhookSecret | null>(null);
  const failure = error ?? refusal ?? deletion.error;
  const isFirst = secrets?.length === 0;
  return (
    <section aria-label="Signing secrets">
      <p role="alert" className="mb-2 text-failed empty:hidden">
        {failure && messageOf(failure)}
      </p>
      {created?.secret === undefined ? (
        <Button disabled={!secrets || isPending} onClick={() => (isFirst ? create() : setAsking(true))}>
          {isFirst ? "Create a secret" : "Rotate"}
        </Button>
      ) : (
        <CreatedSecret text={created.secret} onDone={reset} />
      )}
      <ul className="mt-2 divide-y divide-line">
        {secrets?.map((secret) => (
          <SecretItem
            key={secret.id}
            of={secret}
            onDelete={secrets.length > 1 && !deletion.isPending ? () => setAsked(secret) : null}
          />
        ))}
      </ul>
      <p role="status" className="mt-2 text-ink-muted empty:hidden">
        {deletion.isSuccess && "The secret is deleted. Deliveries are signed by what is left."}
      </p>
      {isFirst && <p className="mt-2 text-ink-muted">There is none yet: jobs with a webhook are refused.</p>}
      {asking && (
        <Confirm
          open
          look="solid"
          title="Create another secret?"
          consequence="For 24 hours deliveries are signed by both, so that receivers can learn the new one. After that the older one signs nothing."
          confirm="Rotate"
          dismiss="Keep the one there is"
          onConfirm={() => create()}
          onDismiss={() => setAsking(false)}
        />
      )}
      {asked && (
        <Confirm
          open
          look="danger"
          title="Delete this secret?"
          consequence="Receivers that know no other one refuse deliveries from now on, those that are pending too. They are signed by the secrets that are left."
          confirm="Delete"
          dismiss="Keep it"
          onConfirm={() => deletion.mutate(asked.id)}
          onDismiss={() => setAsked(null)}
        />
      )}
    </section>
  );
}

function SecretItem({ of: { createdAt, validUntil }, onDelete }: { of: WebhookSecret; onDelete: (() => void) | null }) {
  return (
    <li className="flex items-center gap-3 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          Created <Age at={Date.parse(createdAt)} />
        </p>
        <p className="text-xs text-ink-muted">
          {validUntil ? (
            <>
              Signs until <Clock at={Date.parse(validUntil)} />
            </>
          ) : (
            "Signs deliveries"
          )}
        </p>
      </div>
      {onDelete && (
        <Button onClick={onDelete} aria-label={`Delete the secret of ${formatExact(Date.parse(createdAt))}`}>
          Delete
        </Button>
      )}
    </li>
  );
}

function CreatedSecret({ text, onDone }: { text: string; onDone: () => void }) {
  return (
    <ShownOnce label="The new secret" text={text} copyLabel="Copy the secret" onDone={onDone}>
      Copy the secret now: it is not shown again.
    </ShownOnce>
  );
}
