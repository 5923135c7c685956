type Rgb = readonly [number, number, number]

/** The two papers of styles/tokens.css, which the accent is read on. */
const lightPaper: Rgb = [251, 248, 242]
const darkPaper: Rgb = [26, 23, 21]
const white: Rgb = [255, 255, 255]
const black: Rgb = [0, 0, 0]
/** A little above WCAG's 4.5, since the accent also stands on slightly tinted paper. */
const enough = 5.2
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

const mix = (from: Rgb, to: Rgb, share: number): Rgb => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
]

/** The colour nearest to `wanted`, on its way to `limit`, that can be read on `paper`. */
function readable(wanted: Rgb, paper: Rgb, limit: Rgb): Rgb {
  for (let step = 0; step < steps; step += 1) {
    const candidate = mix(wanted, limit, step / steps)
    if (contrast(candidate, paper) >= enough) return candidate
  }
  return limit
}

/** From the one colour that an admin chose: one to read on light paper and one on dark. Undefined if it is none. */
export function accentPair(color: string): { light: string; dark: string } | undefined {
  const wanted = parseHex(color)
  if (!wanted) return undefined
  return {
    light: toHex(readable(wanted, lightPaper, black)),
    dark: toHex(readable(wanted, darkPaper, white)),
  }
}
