import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useState } from "react";
import { useMedia } from "@/components/use-media";
import type { Row } from "./held-rows";

const VIRTUAL_ABOVE = 50;
const BEHIND_HEADER = 112;

export type PlacedRow = Row & { index: number; top: number | null };

/** Which rows to draw, and where: all of a short list, those near the screen of a long one. */
export function useRowWindow(rows: readonly Row[], list: RefObject<HTMLElement | null>) {
  const rowHeight = useMedia("(max-width: 47.99rem)") ? 80 : 40;
  const [scrollMargin, setScrollMargin] = useState(0);
  useEffect(() => {
    // Whatever moves the list changes the page's height. Told of that, the layout is known: no render waits for one.
    const observer = new ResizeObserver(() =>
      setScrollMargin(Math.round((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY)),
    );
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [list]);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollMargin,
    scrollPaddingStart: BEHIND_HEADER,
  });
  useLayoutEffect(() => {
    if (rowHeight) virtualizer.measure();
  }, [virtualizer, rowHeight]);
  const virtual = rows.length > VIRTUAL_ABOVE;
  const placed = virtual
    ? virtualizer.getVirtualItems().flatMap(({ index, start }) => place(rows, index, start - scrollMargin))
    : rows.flatMap((_, index) => place(rows, index, null));
  const range = virtualizer.range;
  return {
    placed,
    height: virtual ? virtualizer.getTotalSize() : null,
    firstVisible: range ? rows[range.startIndex]?.job : undefined,
    lastVisible: range ? rows[range.endIndex]?.job : undefined,
    reveal: (index: number) => virtualizer.scrollToIndex(index, { align: "auto" }),
  };
}

function place(rows: readonly Row[], index: number, top: number | null): PlacedRow[] {
  const row = rows[index];
  return row ? [{ ...row, index, top }] : [];
}
