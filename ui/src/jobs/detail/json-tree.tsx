import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { Icon } from "@/components/icon";
import { formatCount } from "@/components/time-format";
import { isBranch, type JsonBranch, type JsonRow, readJson, rowsOf } from "./json-nodes";

const OPEN_DEPTH = 2;
const VIRTUAL_ABOVE = 300;
const LINE = 24;
const DEEPEST_INDENT = 16;

/** JSON word for word, as a tree that opens and closes. */
export function JsonTree({ text }: { text: string }) {
  const root = useMemo(() => readJson(text), [text]);
  const [open, setOpen] = useState(() =>
    branchesOf(
      rowsOf(root, () => true),
      OPEN_DEPTH,
    ),
  );
  const rows = useMemo(() => rowsOf(root, (branch) => open.has(branch)), [root, open]);
  const toggle = (branch: JsonBranch) => setOpen((before) => toggled(before, branch));
  const openTo = (depth: number) =>
    setOpen(
      branchesOf(
        rowsOf(root, () => true),
        depth,
      ),
    );
  return (
    <>
      {isBranch(root) && root.entries.length > 0 && (
        <p className="mb-1 flex gap-3 text-xs text-ink-muted">
          <button type="button" className="underline hover:text-ink" onClick={() => openTo(Number.POSITIVE_INFINITY)}>
            Expand all
          </button>
          <button type="button" className="underline hover:text-ink" onClick={() => openTo(1)}>
            Collapse all
          </button>
        </p>
      )}
      <Rows rows={rows} open={open} onToggle={toggle} />
    </>
  );
}

function branchesOf(rows: readonly JsonRow[], depth: number): ReadonlySet<JsonBranch> {
  return new Set(
    rows.filter((row) => row.depth < depth).flatMap(({ entry }) => (isBranch(entry.value) ? [entry.value] : [])),
  );
}

function toggled(open: ReadonlySet<JsonBranch>, branch: JsonBranch): ReadonlySet<JsonBranch> {
  const next = new Set(open);
  if (!next.delete(branch)) next.add(branch);
  return next;
}

type RowsProps = { rows: readonly JsonRow[]; open: ReadonlySet<JsonBranch>; onToggle: (branch: JsonBranch) => void };

/* All of a short tree, and of a long one those near what is seen. */
function Rows({ rows, open, onToggle }: RowsProps) {
  const frame = useRef<HTMLDivElement>(null);
  const virtual = rows.length > VIRTUAL_ABOVE;
  const { getVirtualItems, getTotalSize, measureElement } = useVirtualizer({
    count: virtual ? rows.length : 0,
    getScrollElement: () => frame.current,
    estimateSize: () => LINE,
    overscan: 20,
  });
  const draw = (row: JsonRow) => (
    <Row row={row} open={isBranch(row.entry.value) && open.has(row.entry.value)} onToggle={onToggle} />
  );
  if (!virtual)
    return (
      <div ref={frame} className="font-mono text-xs leading-6">
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is what stands at its place
          <div key={index}>{draw(row)}</div>
        ))}
      </div>
    );
  return (
    <div
      ref={frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-[60vh] overflow-auto font-mono text-xs leading-6"
    >
      <div className="relative" style={{ height: getTotalSize() }}>
        {getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return (
            <div
              key={index}
              data-index={index}
              ref={measureElement}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start}px)` }}
            >
              {row && draw(row)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

type RowProps = { row: JsonRow; open: boolean; onToggle: (branch: JsonBranch) => void };

function Row({ row, open, onToggle }: RowProps) {
  const { value } = row.entry;
  return (
    <div
      className="flex border-l border-line"
      style={{ marginLeft: `${Math.min(row.depth, DEEPEST_INDENT) * 0.75}rem` }}
    >
      {isBranch(value) ? (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => onToggle(value)}
          className="flex min-w-0 items-center gap-1 rounded-[0.25rem] pr-1.5 text-left hover:bg-sunken"
        >
          <Icon name={open ? "down" : "right"} className="text-ink-muted" />
          <Name row={row} />
          <span className="text-ink-muted">
            {value.brackets[0]}
            {formatCount(value.entries.length)}
            {value.brackets[1]}
          </span>
          {row.depth > DEEPEST_INDENT && <span className="text-ink-muted">level {formatCount(row.depth)}</span>}
        </button>
      ) : (
        <div className="min-w-0 flex-1 pl-5 break-words whitespace-pre-wrap">
          <Name row={row} />
          <bdi className={value.text.startsWith('"') ? "" : "font-semibold"}>{value.text}</bdi>
        </div>
      )}
    </div>
  );
}

function Name({ row: { entry, index } }: { row: JsonRow }) {
  const name = entry.name ?? (index >= 0 ? String(index) : null);
  return name === null ? null : <span className="min-w-0 break-words text-ink-muted">{name}: </span>;
}
