import { useQueues } from "./use-queues";

type Props = {
  label: string;
  value: string;
  /** What stands for the empty value; without it, there is none. */
  none?: string;
  onChange: (queue: string) => void;
  className?: string;
};

/** A choice of queues; one that is no longer known stays while it is chosen. */
export function QueueSelect({ label, value, none, onChange, className = "" }: Props) {
  const known = useQueues().map(({ name }) => name);
  const names = value === "" || known.includes(value) ? known : [...known, value];
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={`rounded-control border border-line-strong bg-surface px-2 ${className}`}
    >
      {none !== undefined && <option value="">{none}</option>}
      {names.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  );
}
