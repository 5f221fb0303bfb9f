import { useState } from "react";
import type { ApiKey } from "@/api/api-keys";
import { messageOf } from "@/api/problem";
import { Button } from "@/components/button";
import { Confirm } from "@/components/confirm";
import { Dialog } from "@/components/dialog";
import { Age, Clock } from "@/components/time";
import { CreatedKey } from "./created-key";
import { KeyForm } from "./key-form";
import { useKeys, useRevokeKey } from "./use-keys";

/** All API keys, with the ways to issue and to revoke one. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const [created, setCreated] = useState<ApiKey | null>(null);
  return (
    <Dialog
      open
      title="API keys"
      description="For programs, and for people without single sign-on. A key is shown once."
      onClose={onClose}
    >
      {created?.key === undefined ? (
        <KeyForm onCreated={setCreated} />
      ) : (
        <CreatedKey name={created.name} text={created.key} onDone={() => setCreated(null)} />
      )}
      <KeyList />
    </Dialog>
  );
}

function KeyList() {
  const { data: keys, error } = useKeys();
  const [asked, setAsked] = useState<ApiKey | null>(null);
  const revoke = useRevokeKey();
  const failure = error ?? revoke.error;
  return (
    <section aria-label="Keys that there are" className="mt-5 border-t border-line pt-2">
      <p role="alert" className="text-xs text-failed empty:hidden">
        {failure && messageOf(failure)}
      </p>
      <ul className="divide-y divide-line">
        {keys?.map((key) => (
          <KeyItem key={key.id} of={key} blocked={revoke.isPending} onRevoke={() => setAsked(key)} />
        ))}
      </ul>
      {keys?.length === 0 && <p className="py-2 text-ink-muted">There is none yet.</p>}
      {asked && (
        <Confirm
          open
          look="danger"
          title={`Revoke the key ${asked.name}?`}
          consequence="Calls with it are refused within 10 seconds, and whoever is signed in by it is signed out. Jobs that it submitted stay."
          confirm="Revoke"
          dismiss="Leave it valid"
          onConfirm={() => revoke.mutate(asked.id)}
          onDismiss={() => setAsked(null)}
        />
      )}
    </section>
  );
}

function KeyItem({ of: key, blocked, onRevoke }: { of: ApiKey; blocked: boolean; onRevoke: () => void }) {
  const ended = endOf(key);
  return (
    <li className="flex items-center gap-3 py-2.5">
      <div className={`min-w-0 flex-1 ${ended ? "text-ink-muted" : ""}`}>
        <p className="truncate font-medium">
          {key.name} <span className="font-mono text-xs font-normal text-ink-muted">{key.start}…</span>
        </p>
        <p className="text-xs text-ink-muted">
          {key.roles.join(", ")} ·{" "}
          {key.lastUsedAt ? (
            <>
              used <Age at={Date.parse(key.lastUsedAt)} />
            </>
          ) : (
            "never used"
          )}
          {ended ? (
            <> · {ended}</>
          ) : (
            key.expiresAt && (
              <>
                {" "}
                · expires <Clock at={Date.parse(key.expiresAt)} />
              </>
            )
          )}
        </p>
      </div>
      {!ended && (
        <Button disabled={blocked} onClick={onRevoke} aria-label={`Revoke ${key.name} ${key.start}`}>
          Revoke
        </Button>
      )}
    </li>
  );
}

function endOf({ revokedAt, expiresAt }: ApiKey): string | null {
  if (revokedAt) return "revoked";
  return expiresAt && Date.parse(expiresAt) <= Date.now() ? "expired" : null;
}
