// Pan and zoom of a drawing: by wheel with Ctrl, by touch with two fingers, by dragging, and by buttons.
import { useEffect, useRef, useState } from "preact/hooks";
import { select } from "d3-selection";
import { zoom, zoomIdentity, type ZoomBehavior, type ZoomTransform } from "d3-zoom";

export function useZoom(width: number, height: number, reset?: unknown) {
  const svg = useRef<SVGSVGElement>(null);
  const behaviour = useRef<ZoomBehavior<SVGSVGElement, unknown>>(undefined);
  const [transform, set] = useState<ZoomTransform>(zoomIdentity);
  const [unit, setUnit] = useState(1);
  useEffect(() => {
    const watcher = new ResizeObserver(() => setUnit(width / (svg.current?.clientWidth || width)));
    watcher.observe(svg.current!);
    return () => watcher.disconnect();
  }, [width]);
  useEffect(() => {
    const made = zoom<SVGSVGElement, unknown>().scaleExtent([1, 10])
      .translateExtent([[0, 0], [width, height]]).extent([[0, 0], [width, height]])
      // A bare wheel and a single finger scroll the page.
      .filter((e: { type: string; ctrlKey: boolean; metaKey: boolean; touches?: unknown[]; button?: number }) =>
        e.type === "wheel" ? e.ctrlKey || e.metaKey : e.touches ? e.touches.length > 1 : !e.button)
      .on("zoom", (e: { transform: ZoomTransform }) => set(e.transform));
    behaviour.current = made;
    const drawing = select(svg.current!);
    drawing.call(made).on("dblclick.zoom", null);
    return () => { drawing.on(".zoom", null); };
  }, [width, height]);
  const act = (what: (made: ZoomBehavior<SVGSVGElement, unknown>) => void) => behaviour.current && what(behaviour.current);
  const home = () => act((made) => made.transform(select(svg.current!), zoomIdentity));
  useEffect(() => { home(); }, [reset]);
  return {
    svg, transform, home,
    /** Units of the drawing in one pixel of the screen: what must stay readable is sized by it. */
    unit,
    by: (factor: number) => act((made) => made.scaleBy(select(svg.current!), factor)),
  };
}
