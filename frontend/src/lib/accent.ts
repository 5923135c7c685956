type Rgb = readonly [number, number, number]

/** The two papers of styles/tokens.css, which the accent is read on. */
const lightPaper: Rgb = [251, 248, 242]
const darkPaper: Rgb = [26, 23, 21]
/** A little above WCAG's 4.5, since the accent also stands on slightly tinted paper. */
const enough = 5.6
const steps = 40

function parseHex(color: string): Rgb | undefined {
  const hex = /^#?([\da-f]{3}|[\da-f]{6})$/i.exec(color.trim())?.[1]
  if (!hex) return undefined
  const long = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex
  const value = Number.parseInt(long, 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

const toHex = (rgb: Rgb): string =>
  `#${rgb.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`

function linear(channel: number): number {
  const share = channel / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

const luminance = ([red, green, blue]: Rgb): number =>
  0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)

/** WCAG's contrast ratio, from 1 to 21. */
function contrast(one: Rgb, other: Rgb): number {
  const [first, second] = [luminance(one), luminance(other)]
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05)
}

interface Hsl {
  /** 0 to 6 */
  readonly hue: number
  readonly saturation: number
  readonly lightness: number
}

function toHsl([red, green, blue]: Rgb): Hsl {
  const [r, g, b] = [red / 255, green / 255, blue / 255]
  const high = Math.max(r, g, b)
  const low = Math.min(r, g, b)
  const spread = high - low
  const lightness = (high + low) / 2
  if (spread === 0) return { hue: 0, saturation: 0, lightness }
  const saturation = spread / (1 - Math.abs(2 * lightness - 1))
  if (high === r) return { hue: ((g - b) / spread + 6) % 6, saturation, lightness }
  return { hue: high === g ? (b - r) / spread + 2 : (r - g) / spread + 4, saturation, lightness }
}

function fromHsl({ hue, saturation, lightness }: Hsl): Rgb {
  const chroma = saturation * Math.min(lightness, 1 - lightness)
  const channel = (offset: number): number => {
    const place = (offset + hue * 2) % 12
    return 255 * (lightness - chroma * Math.max(-1, Math.min(place - 3, 9 - place, 1)))
  }
  return [channel(0), channel(8), channel(4)]
}

/** The wanted colour made darker or lighter, no more than it takes to be read on `paper`; its hue stays. */
function readable(wanted: Rgb, paper: Rgb, limit: 0 | 1): Rgb {
  if (contrast(wanted, paper) >= enough) return wanted
  const hsl = toHsl(wanted)
  for (let step = 1; step < steps; step += 1) {
    const lightness = hsl.lightness + (limit - hsl.lightness) * (step / steps)
    const candidate = fromHsl({ ...hsl, lightness })
    if (contrast(candidate, paper) >= enough) return candidate
  }
  return limit === 0 ? [0, 0, 0] : [255, 255, 255]
}

/** From the one colour that an admin chose: one to read on light paper and one on dark. Undefined if it is none. */
export function accentPair(color: string): { light: string; dark: string } | undefined {
  const wanted = parseHex(color)
  if (!wanted) return undefined
  return {
    light: toHex(readable(wanted, lightPaper, 0)),
    dark: toHex(readable(wanted, darkPaper, 1)),
  }
}
