import { type SubmitEvent, useId, useState } from "react";
import type { ApiKey } from "@/api/api-keys";
import { messageOf } from "@/api/problem";
import { serverNow } from "@/api/server-clock";
import type { Role } from "@/api/session";
import { Button } from "@/components/button";
import { useCreateKey } from "./use-keys";

const ROLES = [
  ["viewer", "Viewer", "Reads jobs, queues and workers."],
  ["submitter", "Submitter", "Submits jobs, and manages those alone."],
  ["operator", "Operator", "Does everything to jobs, queues and workers."],
  ["admin", "Administrator", "Issues keys, too."],
] as const satisfies readonly (readonly [Role, string, string])[];

const DAY = 86_400_000;

const EXPIRIES = [
  ["30", "In 30 days"],
  ["90", "In 90 days"],
  ["365", "In a year"],
  ["", "Never"],
] as const;

const FIELD = "h-9 w-full rounded-control border border-line-strong bg-surface px-2.5";

/** Issues a key. */
export function KeyForm({ onCreated }: { onCreated: (key: ApiKey) => void }) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("submitter");
  const [days, setDays] = useState("90");
  const { mutate, error, isPending } = useCreateKey();
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const expiry = days === "" ? {} : { expiresAt: new Date(serverNow() + Number(days) * DAY).toISOString() };
    mutate({ name: name.trim(), roles: [role], ...expiry }, { onSuccess: onCreated });
  };
  return (
    <form onSubmit={onSubmit} aria-label="New key" className="grid gap-3 sm:grid-cols-2">
      <Labelled label="Name of its user" wide>
        {(id) => (
          <input
            id={id}
            value={name}
            maxLength={64}
            onChange={(event) => setName(event.target.value)}
            className={FIELD}
          />
        )}
      </Labelled>
      <Labelled label="Role">
        {(id) => (
          <select id={id} value={role} onChange={(event) => setRole(event.target.value as Role)} className={FIELD}>
            {ROLES.map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label="Expires">
        {(id) => (
          <select id={id} value={days} onChange={(event) => setDays(event.target.value)} className={FIELD}>
            {EXPIRIES.map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <div className="flex items-center gap-3 sm:col-span-2">
        <p role="status" className={`flex-1 text-xs ${error ? "text-failed" : "text-ink-muted"}`}>
          {error ? messageOf(error) : ROLES.find(([value]) => value === role)?.[2]}
        </p>
        <Button type="submit" look="solid" disabled={name.trim() === "" || isPending}>
          {isPending ? "Creating…" : "Create key"}
        </Button>
      </div>
    </form>
  );
}

type LabelledProps = { label: string; wide?: boolean; children: (id: string) => React.ReactNode };

function Labelled({ label, wide = false, children }: LabelledProps) {
  const id = useId();
  return (
    <div className={wide ? "sm:col-span-2" : ""}>
      <label htmlFor={id} className="mb-1 block text-xs text-ink-muted">
        {label}
      </label>
      {children(id)}
    </div>
  );
}
