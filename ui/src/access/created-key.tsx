import { ShownOnce } from "@/components/shown-once";

/** A new key. */
export function CreatedKey({ name, text, onDone }: { name: string; text: string; onDone: () => void }) {
  return (
    <ShownOnce label="The new key" text={text} copyLabel="Copy the key" onDone={onDone}>
      The key of <strong className="font-semibold">{name}</strong>. Copy it now: it is not stored and not shown again.
    </ShownOnce>
  );
}
