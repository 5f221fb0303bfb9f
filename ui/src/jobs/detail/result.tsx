import { useState } from "react";
import type { JobResult } from "@/api/job";
import { CopyButton } from "@/components/copy-button";
import { Segments } from "@/components/segments";
import { HallucinatedBadge } from "../hallucinated-badge";
import { JsonTree } from "./json-tree";
import { Section } from "./section";

const VIEWS = [
  ["tree", "Tree"],
  ["raw", "Raw"],
] as const;

export function Result({ result }: { result: JobResult }) {
  const [view, setView] = useState<"tree" | "raw">("tree");
  const json = result.kind === "json" ? result.json : null;
  return (
    <Section
      title="Result"
      badge={result.kind === "malformed" && <HallucinatedBadge />}
      tools={
        <>
          {json !== null && <Segments label="Show the result as" value={view} options={VIEWS} onChange={setView} />}
          <CopyButton text={result.text} label="Copy the result" />
        </>
      }
    >
      {result.kind === "malformed" && (
        <p className="mb-2 text-ink-muted">This is not the JSON that was asked for. What came back, word for word:</p>
      )}
      {json !== null && json !== result.text.trim() && view === "tree" && (
        <p className="mb-2 text-ink-muted">The JSON in the answer; Raw shows all of it.</p>
      )}
      {json !== null && view === "tree" ? (
        <JsonTree key={json} text={json} />
      ) : (
        <Raw text={result.text} odd={result.kind === "malformed"} />
      )}
      {result.kind === "partial" && <p className="mt-2 text-xs text-ink-muted">The rest is being loaded…</p>}
    </Section>
  );
}

function Raw({ text, odd }: { text: string; odd: boolean }) {
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      dir="auto"
      className={`max-h-[50vh] overflow-auto rounded-control px-3 py-2 font-mono text-xs leading-5 break-words whitespace-pre-wrap ${odd ? "bg-odd-wash" : "bg-sunken"}`}
    >
      {text === "" ? "(empty)" : text}
    </pre>
  );
}
