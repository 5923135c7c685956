// What Lighthouse says of the home page and of a post on a middling phone on a slow line (its own simulation), each
// the median of five: `make lighthouse` starts the production shape with the demo publication and runs this against it.
//
//   BASE_URL=… [POST=/posts/…] [RUNS=5] [CHROMIUM_PATH=/usr/bin/chromium] node scripts/lighthouse.js
//
// It fails over LIMITS. Where a median misses its own, as many runs again show whether the machine was busy: then the
// median of all counts. The whole reports stay in var/lighthouse, to be opened in a browser.
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** What Byline promises its readers. */
const LIMITS = { performance: 95, accessibility: 100, bestPractices: 100, seo: 100, lcp: 1500, cls: 0.005 }

const base = process.env.BASE_URL ?? 'http://127.0.0.1:8000'
const runs = Number(process.env.RUNS ?? 5)
const pages = { home: '/', post: process.env.POST ?? '/posts/a-light-that-says-its-name' }
const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const reports = here('../../var/lighthouse')
const lighthouse = here('../node_modules/lighthouse/cli/index.js')

const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Nginx has nearly every reader's document at hand: see to it that it has this one. */
async function warm(address) {
  const answer = await fetch(address, { headers: { accept: 'text/html', 'accept-encoding': 'gzip' } })
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}.`)
  await answer.text()
}

/** One run, in a browser of its own. */
async function once(name, number) {
  const address = new URL(pages[name], base).href
  await warm(address)
  const output = join(reports, `${name}-${number}`)
  const options = [
    '--quiet',
    '--no-enable-error-reporting',
    '--output=json',
    '--output=html',
    `--output-path=${output}`,
    `--chrome-flags=${flags.join(' ')}`,
  ]
  await promisify(execFile)(process.execPath, [lighthouse, address, ...options], {
    env: { ...process.env, CHROME_PATH: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium' },
    timeout: 60_000,
    killSignal: 'SIGKILL',
  })
  return JSON.parse(readFileSync(`${output}.report.json`, 'utf8'))
}

/** Chromium now and then loses the trace that Lighthouse wants. That is no result, so it is asked once more. */
async function surely(name, number) {
  try {
    return await once(name, number)
  } catch (error) {
    console.log(`  ${name}, run ${number}, once more: ${error.stderr?.trim() || error.message}`)
    return await once(name, number)
  }
}

const score = (report, category) => Math.round(report.categories[category].score * 100)
const bytesOfScripts = ({ audits }) =>
  audits['network-requests'].details.items
    .filter((each) => each.resourceType === 'Script')
    .reduce((sum, each) => sum + each.transferSize, 0)

function figures(report) {
  const value = (audit) => report.audits[audit].numericValue
  return {
    performance: score(report, 'performance'),
    accessibility: score(report, 'accessibility'),
    bestPractices: score(report, 'best-practices'),
    seo: score(report, 'seo'),
    lcp: Math.round(value('largest-contentful-paint')),
    cls: value('cumulative-layout-shift'),
    tbt: Math.round(value('total-blocking-time')),
    scripts: bytesOfScripts(report),
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const least = (values) => Math.min(...values)
const most = (values) => Math.max(...values)

/** Times differ from run to run, so the middle one counts; of what doesn't depend on the machine, the worst. */
const summary = {
  performance: ['performance', median],
  accessibility: ['accessibility', least],
  bestPractices: ['best practices', least],
  seo: ['SEO', least],
  lcp: ['largest contentful paint, ms', median],
  cls: ['layout shift', most],
  tbt: ['total blocking time, ms', median],
  scripts: ['bytes of JavaScript', most],
}
const higherIsBetter = new Set(['performance', 'accessibility', 'bestPractices', 'seo'])
const misses = (name, value, limit) => (higherIsBetter.has(name) ? value < limit : value > limit)
const shown = (name, value) => (name === 'cls' ? value.toFixed(3) : String(value))

/** The audits that cost points in the categories that have to be whole. */
function complaints(report) {
  return ['accessibility', 'best-practices', 'seo'].flatMap((category) =>
    report.categories[category].auditRefs
      .filter(
        ({ id, weight }) => weight > 0 && report.audits[id].score !== null && report.audits[id].score < 1,
      )
      .map(({ id }) => `${category}: ${report.audits[id].title} (${id})`),
  )
}

/** Prints what was measured, and answers whether all limits are kept. */
function judge(page, all) {
  const measured = all.map(figures)
  console.log(`\n${page}, ${pages[page]}: ${all.length} runs`)
  let kept = true
  for (const [name, [words, choose]] of Object.entries(summary)) {
    const values = measured.map((each) => each[name])
    const value = choose(values)
    const over = name in LIMITS && misses(name, value, LIMITS[name])
    const note = over ? '  MISSED' : ''
    const limit = name in LIMITS ? `, limit ${LIMITS[name]}` : ''
    console.log(
      `  ${words}: ${shown(name, value)} (${values.map((v) => shown(name, v)).join(', ')}${limit})${note}`,
    )
    if (over) kept = false
  }
  for (const each of new Set(all.flatMap(complaints))) console.log(`  ${each}`)
  return kept
}

mkdirSync(reports, { recursive: true })
for (const page of Object.keys(pages)) {
  await surely(page, 0) // A server that has just begun has other things to do: it doesn't count.
  const all = []
  const measure = async () => {
    for (let run = 0; run < runs; run++) all.push(await surely(page, all.length + 1))
    return judge(page, all)
  }
  if (!(await measure()) && !(await measure())) process.exitCode = 1
}
