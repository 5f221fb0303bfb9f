type Props = {
  label: string;
  unit?: string;
  value: string;
  invalid: boolean;
  /** The id of what says which numbers it takes. */
  hint: string;
  onChange: (value: string) => void;
};

/** A whole number as it is typed; empty for the server's default. */
export function NumberField({ label, unit, value, invalid, hint, onChange }: Props) {
  return (
    <label className="flex items-center gap-x-2">
      <span className="text-xs">{label}</span>
      <input
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        inputMode="numeric"
        autoComplete="off"
        maxLength={20}
        placeholder="default"
        aria-invalid={invalid}
        aria-describedby={hint}
        className="h-8 w-20 rounded-control border border-line-strong bg-surface px-2 tabular-nums placeholder:text-ink-muted aria-invalid:border-failed"
      />
      {unit && <span className="text-xs">{unit}</span>}
    </label>
  );
}
