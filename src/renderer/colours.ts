/** Red, green and blue from 0 to 1. */
export type Colour = readonly [number, number, number];

/** Reads what `getComputedStyle` gives for a colour, `rgb(1, 2, 3)` or `rgba(...)`, laid over `behind`. */
export function readColour(css: string, behind: Colour = [0, 0, 0]): Colour | undefined {
  const numbers = /^rgba?\(([^)]*)\)$/
    .exec(css)?.[1]
    ?.split(/[\s,/]+/)
    .map(Number);
  const [red, green, blue, alpha = 1] = numbers ?? [];
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  const over = (channel: number, index: 0 | 1 | 2): number =>
    (channel / 255) * alpha + behind[index] * (1 - alpha);
  return [over(red, 0), over(green, 1), over(blue, 2)];
}

/** A colour as `getComputedStyle` gives it, made opaque. */
export function withoutAlpha(css: string): string {
  return css.replace(/^rgba\((.*)[,/][^,/]*\)$/, 'rgb($1)');
}

export function toCss(colour: Colour, alpha = 1): string {
  const [red, green, blue] = colour.map((channel) => Math.round(255 * Math.min(1, Math.max(0, channel))));
  return alpha === 1 ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${alpha})`;
}

const linear = (channel: number): number =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
const encoded = (channel: number): number =>
  channel <= 0.0031308 ? 12.92 * channel : 1.055 * Math.max(channel, 0) ** (1 / 2.4) - 0.055;

/** The Oklab coordinates (Ottosson 2020): lightness, green to red, blue to yellow; even to the eye. */
export function toOklab(colour: Colour): Colour {
  const [r, g, b] = [linear(colour[0]), linear(colour[1]), linear(colour[2])];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

export function fromOklab([lightness, a, b]: Colour): Colour {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encoded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** A mixture that is even to the eye: `share` of `to`, the rest of `from`. */
export function mix(from: Colour, to: Colour, share: number): Colour {
  const [a, b] = [toOklab(from), toOklab(to)];
  const between = (index: 0 | 1 | 2): number => a[index] + (b[index] - a[index]) * share;
  return fromOklab([between(0), between(1), between(2)]);
}

/** Relative luminance as WCAG 2 defines it, 0 to 1. */
export function luminance(colour: Colour): number {
  const [r, g, b] = [linear(colour[0]), linear(colour[1]), linear(colour[2])];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast of two colours as WCAG 2 defines it, 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** `colour`, moved towards black or white only as far as it must to stand out from `background` by `ratio`. */
export function standOut(colour: Colour, background: Colour, ratio: number): Colour {
  const goal: Colour = luminance(background) > 0.18 ? [0, 0, 0] : [1, 1, 1];
  for (let share = 0; share < 1; share += 0.05) {
    const candidate = mix(colour, goal, share);
    if (contrast(candidate, background) >= ratio) return candidate;
  }
  return goal;
}
