import { useEffect, useState } from "react";
import { Button } from "./button";
import { Icon } from "./icon";

/** Copies a text and says so for two seconds. */
export function CopyButton({ text, label, shown = "Copy" }: { text: string; label: string; shown?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button
      look="quiet"
      className="h-7 px-2 text-xs"
      aria-label={copied ? `${label}: copied` : label}
      title={label}
      onClick={() => void copy(text).then(setCopied)}
    >
      <Icon name={copied ? "check" : "copy"} />
      {copied ? "Copied" : shown}
    </Button>
  );
}

async function copy(text: string): Promise<boolean> {
  if (navigator.clipboard)
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  return copyBySelection(text);
}

/* The clipboard API exists only on https and localhost; a dashboard is often neither. */
function copyBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}
