import { Button } from "@/components/button";
import { CopyButton } from "@/components/copy-button";

/** A new key, for the only time that anybody sees it. */
export function CreatedKey({ name, text, onDone }: { name: string; text: string; onDone: () => void }) {
  return (
    <section aria-label="The new key" className="rounded-control border border-line-strong px-4 py-3">
      <p role="status">
        The key of <strong className="font-semibold">{name}</strong>. Copy it now: it is not stored and not shown again.
      </p>
      <p className="mt-2 flex items-center gap-2">
        <code className="min-w-0 flex-1 rounded-control bg-sunken px-2.5 py-1.5 font-mono text-xs break-all">
          {text}
        </code>
        <CopyButton text={text} label="Copy the key" />
      </p>
      <Button className="mt-3" onClick={onDone}>
        Done
      </Button>
    </section>
  );
}
