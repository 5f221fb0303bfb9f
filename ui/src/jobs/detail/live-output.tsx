import { useLayoutEffect, useRef, useState } from "react";
import type { Job } from "@/api/job";
import { Button } from "@/components/button";
import { CopyButton } from "@/components/copy-button";
import { Section } from "./section";
import { useOutput } from "./use-output";

/* As near to its end as this counts as there: fractions of pixels, a line that is half seen. */
const NEAR = 24;

/** What a running job writes, until its result is there. It follows the end unless somebody scrolled up. */
export function LiveOutput({ job }: { job: Job }) {
  const output = useOutput(job);
  const [following, setFollowing] = useState(true);
  const box = useRef<HTMLPreElement>(null);
  const text = output?.text ?? "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: each text is longer than the one before
  useLayoutEffect(() => {
    if (following && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [text, following]);
  if (output === null || text === "") return null;
  return (
    <Section
      title="Output so far"
      tools={
        <>
          {!following && (
            <Button look="quiet" className="h-7 px-2 text-xs" onClick={() => setFollowing(true)}>
              Follow
            </Button>
          )}
          <CopyButton text={text} label="Copy the output" />
        </>
      }
    >
      {output.offset > 0 && <p className="mb-2 text-ink-muted">What came before is not shown.</p>}
      <pre
        ref={box}
        role="log"
        aria-label="Output so far"
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        dir="auto"
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          setFollowing(scrollHeight - scrollTop - clientHeight < NEAR)
        }
        className="max-h-[50vh] overflow-auto rounded-control bg-sunken px-3 py-2 font-mono text-xs leading-5 break-words whitespace-pre-wrap"
      >
        {text}
      </pre>
    </Section>
  );
}
