type Props = { id: string; objection: string | null; children: string };

/** What a field takes, or why it does not take what it holds. */
export function FieldHint({ id, objection, children }: Props) {
  return (
    <p id={id} role="status" className={`mt-1 text-xs break-words ${objection ? "text-failed" : "text-ink-muted"}`}>
      {objection ?? children}
    </p>
  );
}
