import type { ReactNode } from "react";
import type { AuditEntry, AuditFilter } from "@/api/audit";
import { Age } from "@/components/time";
import { labelOf } from "./action-label";

type Props = { of: AuditEntry; onFilter: (filter: AuditFilter) => void };

/** An entry; its actor and its target lead to the others that have them. */
export function AuditItem({ of: entry, onFilter }: Props) {
  const { actor, action, target } = entry;
  return (
    <li className="py-2.5">
      <p className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate font-medium" title={action}>
          {labelOf(action) ?? <span className="font-mono text-xs">{action}</span>}
          {entry.count !== undefined && ` (${entry.count})`}
        </span>
        <Outcome of={entry} />
        <span className="text-xs text-ink-muted">
          <Age at={Date.parse(entry.at)} />
        </span>
      </p>
      <p className="flex flex-wrap gap-x-2 text-xs text-ink-muted">
        {actor === undefined ? (
          "without a valid credential"
        ) : (
          <Same title="Show all of this actor" onClick={() => onFilter({ field: "actor", value: actor })}>
            {actor}
          </Same>
        )}
        {target !== undefined && (
          <Same title="Show all with this target" onClick={() => onFilter({ field: "target", value: target })}>
            {target}
          </Same>
        )}
        <span>{entry.address}</span>
        <span className="truncate">{entry.userAgent}</span>
      </p>
    </li>
  );
}

function Outcome({ of: { outcome, status } }: { of: AuditEntry }) {
  if (outcome === "done") return null;
  return (
    <span className="text-xs text-failed">
      {outcome === "refused" ? "refused" : "failed"} ({status})
    </span>
  );
}

function Same({ title, onClick, children }: { title: string; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" title={title} onClick={onClick} className="max-w-full truncate font-mono underline">
      {children}
    </button>
  );
}
