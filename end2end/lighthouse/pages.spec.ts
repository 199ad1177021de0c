import { type Browser, chromium, expect, test } from '@playwright/test'
import lighthouse from 'lighthouse'
import { freePort, Server } from '../fixtures/server'
import { User } from '../fixtures/test'

/** Of these runs the median counts. */
const RUNS = 3
const LIMITS = { performance: 95, accessibility: 100 }

const PAGES = [
  ['home', '/', false],
  ['package', '/packages/Seed.Package.00001', false],
  ['members', '/organization/org-0001/members', true],
  ['audit trail', '/organization/org-0001/audit', true],
  ['upload', '/packages/manage/upload', true],
  ['settings', '/organization/org-0001/settings', true],
] as const

let server: Server
let browser: Browser
let port: number
let cookie: string

test.beforeAll(async () => {
  server = await Server.start()
  await server.command(...'seed --accounts 200 --organizations 1 --members 200 --packages 100 --versions 10 --events 2000'.split(' '))
  port = await freePort()
  browser = await chromium.launch({
    executablePath: process.env.E2E_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--no-first-run', '--disable-background-networking', `--remote-debugging-port=${port}`],
  })
  const context = await browser.newContext()
  await new User('user-00001', 'user-00001@seed.invalid', await context.newPage(), server, true).signIn()
  cookie = (await context.cookies(server.url)).map(({ name, value }) => `${name}=${value}`).join('; ')
  await context.close()
})

test.afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** The scores of one visit by a phone with an empty cache, out of 100. */
async function visit(path: string, signedIn: boolean): Promise<Record<keyof typeof LIMITS, number>> {
  const flags = { port, logLevel: 'error', ...(signedIn ? { extraHeaders: { Cookie: cookie } } : {}) } as const
  const result = await lighthouse(`${server.url}${path}`, { ...flags, onlyCategories: Object.keys(LIMITS) })
  const categories = result?.lhr.categories
  expect(result?.lhr.finalDisplayedUrl, 'the page itself was measured').toBe(`${server.url}${path}`)
  const score = (name: string) => Math.round((categories?.[name]?.score ?? 0) * 100)
  const poor = Object.values(result?.lhr.audits ?? {}).filter(
    ({ score, id }) => score !== null && score < 0.9 && categories?.performance?.auditRefs.some((ref) => ref.id === id),
  )
  for (const audit of poor) console.log(`    ${path}: ${audit.id} ${audit.displayValue ?? ''} (${audit.score})`)
  return { performance: score('performance'), accessibility: score('accessibility') }
}

for (const [name, path, signedIn] of PAGES) {
  test(`Lighthouse is content with the page: ${name}`, async () => {
    const visits = []
    for (let run = 0; run < RUNS; run += 1) visits.push(await visit(path, signedIn))
    for (const category of ['performance', 'accessibility'] as const) {
      const scores = visits.map((one) => one[category]).sort((a, b) => a - b)
      const median = scores[Math.floor(RUNS / 2)] ?? 0
      console.log(`${name}: ${category} ${median} of 100, at least ${LIMITS[category]} (${scores.join(', ')})`)
      expect(median, `${category} of ${name}`).toBeGreaterThanOrEqual(LIMITS[category])
    }
  })
}
