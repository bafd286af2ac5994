// Which labels of a drawing fit: the first asked for stands, later ones that would cover it are left out.
export interface Label { id: string; text: string; x: number; y: number; size: number; centred?: boolean }

export function fitting(labels: Label[]): Label[] {
  const taken: [number, number, number, number][] = [];
  return labels.filter(({ text, x, y, size, centred }) => {
    const width = text.length * size * 0.58, left = centred ? x - width / 2 : x;
    const box: [number, number, number, number] = [left - 2, y - size, left + width + 2, y + size * 0.35];
    if (taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1])) return false;
    taken.push(box);
    return true;
  });
}
