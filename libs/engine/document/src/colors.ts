/** Background of what has none of its own, where the mail is shown dark. */
export const DARK = { page: '#17191c', content: '#222529', text: '#e6e8eb', line: '#44484f' } as const;

/** Contrast every text keeps (WCAG 2 AA). */
const CONTRAST = 4.5;

/** The colour, made lighter until it can be read on the dark background. */
export function onDark(color: string): string {
  let [r, g, b] = rgb(color);
  for (let step = 0; step < 20 && contrast([r, g, b], rgb(DARK.content)) < CONTRAST; step += 1) {
    [r, g, b] = [lighter(r), lighter(g), lighter(b)];
  }
  return `#${[r, g, b].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

type Rgb = [number, number, number];

function rgb(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function lighter(part: number): number {
  return Math.round(part + (255 - part) * 0.15);
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2, 1.4.3). */
function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: Rgb): number {
  const [r, g, b] = color.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
