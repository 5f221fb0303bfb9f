export function HallucinatedBadge() {
  return (
    <span className="shrink-0 rounded-[0.25rem] border border-odd/40 bg-odd-wash px-1.5 text-2xs font-semibold text-odd">
      Hallucinated Response
    </span>
  );
}
