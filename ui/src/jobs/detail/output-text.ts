import type { OutputPart } from "@/api/get-output";

const KEPT = 256 * 1024;

/** What was not read before is added, or replaces what does not belong to it: the attempt began anew, or a part was lost. */
export function joined(known: OutputPart | undefined, part: OutputPart): OutputPart {
  if (known === undefined || part.offset > known.next || part.offset < known.offset) return part;
  const text = known.text.slice(0, part.offset - known.offset) + part.text;
  const surplus = Math.max(0, text.length - KEPT);
  return { offset: known.offset + surplus, text: text.slice(surplus), next: part.next };
}
