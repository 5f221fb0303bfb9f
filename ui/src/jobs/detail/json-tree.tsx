import { useState } from "react";
import { Icon } from "@/components/icon";

const OPEN_DEPTH = 2;
const CHUNK = 100;

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** JSON as a tree that opens and closes; long ones are drawn as far as asked for. */
export function JsonTree({ text }: { text: string }) {
  const value: Json = JSON.parse(text);
  return (
    <div className="overflow-x-auto font-mono text-xs leading-6">
      <Node name={null} value={value} depth={0} />
    </div>
  );
}

function Node({ name, value, depth }: { name: string | null; value: Json; depth: number }) {
  return value !== null && typeof value === "object" ? (
    <Branch name={name} value={value} depth={depth} />
  ) : (
    <div className="pl-5 break-words whitespace-pre-wrap">
      <Name name={name} />
      <Leaf value={value} />
    </div>
  );
}

function Branch({
  name,
  value,
  depth,
}: {
  name: string | null;
  value: Json[] | { [name: string]: Json };
  depth: number;
}) {
  const [open, setOpen] = useState(depth < OPEN_DEPTH);
  const [shown, setShown] = useState(CHUNK);
  const entries = Object.entries(value);
  const size = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex items-center gap-1 rounded-[0.25rem] pr-1.5 hover:bg-sunken"
      >
        <Icon name={open ? "down" : "right"} className="text-ink-muted" />
        <Name name={name} />
        <span className="text-ink-muted">{size}</span>
      </button>
      {open && (
        <div className="ml-2 border-l border-line pl-1">
          {entries.slice(0, shown).map(([key, child]) => (
            <Node key={key} name={key} value={child} depth={depth + 1} />
          ))}
          {entries.length > shown && (
            <button type="button" className="ml-5 underline" onClick={() => setShown(shown + CHUNK)}>
              {entries.length - shown} more
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function Name({ name }: { name: string | null }) {
  return name === null ? null : <span className="text-ink-muted">{name}: </span>;
}

function Leaf({ value }: { value: string | number | boolean | null }) {
  if (typeof value === "string") return <span>“{value}”</span>;
  return <span className="font-semibold">{String(value)}</span>;
}
