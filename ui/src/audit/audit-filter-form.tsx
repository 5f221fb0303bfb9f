import { type SubmitEvent, useState } from "react";
import type { AuditField, AuditFilter } from "@/api/audit";
import { Button } from "@/components/button";
import { FIELDS, LONGEST_VALUE } from "./audit-filter";

type Props = { initial: AuditFilter; onApply: (filter: AuditFilter) => void };

const FIELD = "h-9 min-w-0 rounded-control border border-line-strong bg-surface px-2 placeholder:text-ink-muted";

/** Which entries are shown: all, or those with one value. */
export function AuditFilterForm({ initial, onApply }: Props) {
  const [field, setField] = useState<AuditField>(initial?.field ?? "target");
  const [value, setValue] = useState(initial?.value ?? "");
  const apply = (event: SubmitEvent) => {
    event.preventDefault();
    onApply(value.trim() === "" ? null : { field, value: value.trim() });
  };
  return (
    <form onSubmit={apply} aria-label="Filter entries" className="flex flex-wrap gap-2">
      <select
        aria-label="Entries with the"
        value={field}
        onChange={(event) => setField(event.target.value as AuditField)}
        className={FIELD}
      >
        {FIELDS.map(([each, label]) => (
          <option key={each} value={each}>
            {label}
          </option>
        ))}
      </select>
      <input
        aria-label="Value"
        type="search"
        placeholder="exactly, or empty for all"
        autoComplete="off"
        dir="auto"
        maxLength={LONGEST_VALUE}
        value={value}
        onChange={(event) => setValue(event.target.value)}
        className={`${FIELD} flex-1`}
      />
      <Button type="submit">Show</Button>
    </form>
  );
}
