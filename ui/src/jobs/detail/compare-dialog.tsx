import { Dialog } from "@/components/dialog";
import { truncate } from "@/components/truncate";
import { type Attempt, differenceOf, isVerbatim } from "./attempts";

/** Of a text, what is compared and shown. */
const SHOWN = 20_000;

type Props = {
  attempts: readonly Attempt[];
  /** The numbers of two attempts. */
  pair: readonly [number, number];
  onPair: (pair: readonly [number, number]) => void;
  onClose: () => void;
};

/** Two attempts of a job side by side, what differs marked. */
export function CompareDialog({ attempts, pair: [left, right], onPair, onClose }: Props) {
  const one = attempts.find(({ number }) => number === left);
  const other = attempts.find(({ number }) => number === right);
  return (
    <Dialog open wide title="Compare attempts" onClose={onClose}>
      <table className="w-full table-fixed text-left">
        <thead>
          <tr>
            <th scope="col" className="pr-3 pb-2">
              <Choice
                label="First attempt"
                attempts={attempts}
                value={left}
                onChange={(next) => onPair([next, right])}
              />
            </th>
            <th scope="col" className="pb-2 pl-3">
              <Choice
                label="Second attempt"
                attempts={attempts}
                value={right}
                onChange={(next) => onPair([left, next])}
              />
            </th>
          </tr>
        </thead>
        {one?.facts.map(([name, value], index) => (
          <Fact key={name} name={name} verbatim={isVerbatim(name)} values={[value, other?.facts[index]?.[1] ?? null]} />
        ))}
      </table>
    </Dialog>
  );
}

type ChoiceProps = { label: string; attempts: readonly Attempt[]; value: number; onChange: (number: number) => void };

function Choice({ label, attempts, value, onChange }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(Number(event.target.value))}
      className="h-9 w-full rounded-control border border-line-strong bg-surface px-2 font-medium"
    >
      {attempts.map(({ number }) => (
        <option key={number} value={number}>
          Attempt {number}
        </option>
      ))}
    </select>
  );
}

type FactProps = { name: string; verbatim: boolean; values: readonly [string | null, string | null] };

function Fact({ name, verbatim, values: [left, right] }: FactProps) {
  if (left === null && right === null) return null;
  const differs = left !== right;
  const both = verbatim && left !== null && right !== null;
  const [one, other] = both ? differenceOf(truncate(left, SHOWN), truncate(right, SHOWN)) : [[left], [right]];
  const look = verbatim ? "font-mono text-xs whitespace-pre-wrap" : "tabular-nums";
  return (
    <tbody className={`border-t border-line align-top ${differs ? "" : "text-ink-muted"}`}>
      <tr>
        <th scope="rowgroup" colSpan={2} className="pt-2 text-xs font-normal text-ink-muted">
          {name} {differs && <span className="ml-1 font-semibold text-ink">≠ differs</span>}
        </th>
      </tr>
      <tr>
        <Value parts={one} className={`pr-3 ${look}`} />
        <Value parts={other} className={`pl-3 ${look}`} />
      </tr>
    </tbody>
  );
}

type ValueProps = { parts: readonly (string | null)[]; className: string };

/** A text, or three parts of it of which the second is marked. */
function Value({ parts: [start, marked, end], className }: ValueProps) {
  return (
    <td dir="auto" className={`pb-2 break-words ${className}`}>
      {start ?? <span className="text-ink-muted">–</span>}
      {marked && <mark className="bg-ink px-0.5 text-ink-inverse">{marked}</mark>}
      {end}
    </td>
  );
}
