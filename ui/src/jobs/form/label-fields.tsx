import type { DraftOptions } from "./draft";
import { FieldHint } from "./field-hint";
import { MOST_PAIRS, MOST_TAGS, metadataOf, objectionToMetadata, objectionToTags, tagsOf } from "./labels";
import type { Refusals } from "./submission";

type Props = {
  options: DraftOptions;
  refusals: Refusals;
  onChange: (change: Partial<DraftOptions>) => void;
};

const FIELD =
  "mt-0.5 block w-full rounded-control border border-line-strong bg-surface px-2 py-1 placeholder:text-ink-muted aria-invalid:border-failed";

/** What a job is marked with, to be found again. */
export function LabelFields({ options: { tags, metadata }, refusals, onChange }: Props) {
  const [ofTags, ofMetadata] = [
    objectionToTags(tags) ?? refusals.tags ?? null,
    objectionToMetadata(metadata) ?? refusals.metadata ?? null,
  ];
  return (
    <>
      <label className="mt-2 block">
        <span className="text-xs">Tags</span>
        <input
          value={tags}
          onChange={(event) => onChange({ tags: event.target.value })}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          autoComplete="off"
          autoCapitalize="none"
          dir="auto"
          placeholder="urgent, invoice"
          aria-invalid={ofTags !== null}
          aria-describedby="tags-hint"
          className={FIELD}
        />
      </label>
      <FieldHint id="tags-hint" objection={ofTags}>
        {`Separated by commas, ${counted(tagsOf(tags).length, MOST_TAGS)}.`}
      </FieldHint>
      <label className="mt-2 block">
        <span className="text-xs">Metadata</span>
        <textarea
          value={metadata}
          onChange={(event) => onChange({ metadata: event.target.value })}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="auto"
          rows={2}
          placeholder="customer=17"
          aria-invalid={ofMetadata !== null}
          aria-describedby="metadata-hint"
          className={`${FIELD} field-sizing-content max-h-40 min-h-14`}
        />
      </label>
      <FieldHint id="metadata-hint" objection={ofMetadata}>
        {`One key=value a line, ${counted(Object.keys(metadataOf(metadata)).length, MOST_PAIRS)}.`}
      </FieldHint>
    </>
  );
}

const counted = (count: number, most: number) => (count === 0 ? `at most ${most}` : `${count} of at most ${most}`);
