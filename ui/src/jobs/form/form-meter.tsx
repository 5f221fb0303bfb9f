import { formatCount } from "@/components/time-format";
import { type FormMode, LONGEST_PROMPT } from "./submission";

type Props = { text: string; mode: FormMode; count: number; onSplit: () => void };

/** How much of the room is used, and the way to split a text that looks like a list. */
export function FormMeter({ text, mode, count, onSplit }: Props) {
  const lines = text.split("\n").filter((line) => line.trim() !== "").length;
  const length = text.trim().length;
  return (
    <div id="form-meter" className="min-w-0 text-xs text-ink-muted">
      {mode === "single" ? (
        <span className={length > LONGEST_PROMPT ? "text-failed" : ""}>
          {formatCount(length)} / {formatCount(LONGEST_PROMPT)}
        </span>
      ) : (
        <span>
          {formatCount(count)} {count === 1 ? "job" : "jobs"}
        </span>
      )}
      {mode === "single" && lines > 1 && (
        <button type="button" onClick={onSplit} className="block truncate underline underline-offset-2 hover:text-ink">
          Make {formatCount(lines)} jobs of it
        </button>
      )}
    </div>
  );
}
