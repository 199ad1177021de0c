import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/test'

/** The chunks of WASM that the document has fetched beside the main part. */
async function chunks(page: Page): Promise<string[]> {
  const paths = await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname))
  return paths.filter((path) => /^\/pkg\/(?!guildhall\.)[a-z-]+\.[0-9a-f]+\.wasm$/.test(path))
}

/** Marks the document, to tell later whether it is still the same. */
async function mark(page: Page): Promise<void> {
  await page.evaluate(() => document.documentElement.setAttribute('data-marked', ''))
}

test('the code of a page that few open first comes when somebody goes there', async ({ visitor }) => {
  const guest = await visitor()
  const { page } = guest
  await guest.open('/')
  expect(await chunks(page)).toEqual([])
  await mark(page)
  await page.getByRole('link', { name: 'Using this feed' }).click()
  await expect(page).toHaveURL(/\/help\/feed$/)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(page.locator('html[data-marked]')).toHaveCount(1)
  const fetched = await chunks(page)
  expect(fetched).toContainEqual(expect.stringMatching(/^\/pkg\/help\./))
  await page.getByRole('link', { name: 'How organizations work' }).click()
  await expect(page).toHaveURL(/\/help\/organizations$/)
  expect(await chunks(page), 'pages of one chunk').toEqual(fetched)
})

test('a page goes live with its chunk, which a browser keeps', async ({ visitor, server }) => {
  const guest = await visitor()
  const { page } = guest
  const document = await page.goto(`${server.url}/help/feed`)
  await guest.live()
  const fetched = await chunks(page)
  expect(fetched).toContainEqual(expect.stringMatching(/^\/pkg\/help\./))
  expect(new Set(fetched).size, 'each is fetched once').toBe(fetched.length)
  for (const path of fetched) {
    expect(document?.headers().link).toContain(`<${path}>; rel=preload; as=fetch; crossorigin`)
    const headers = (await page.request.get(`${server.url}${path}`)).headers()
    expect(headers['content-type']).toBe('application/wasm')
    expect(headers['content-encoding']).toBe('br')
    expect(headers['cache-control']).toContain('immutable')
  }
})

test('where a chunk does not come, the page comes as a document and needs no script', async ({ browser, server }) => {
  // Watched by nobody: the browser tells of the failure in its console, as it should.
  const context = await browser.newContext()
  const page = await context.newPage()
  const live = page.locator('html[data-hydrated]')
  await page.route(/\/pkg\/help\.\w+\.wasm$/, (route) => route.abort())
  await page.goto(server.url)
  await expect(live).toHaveCount(1)
  await mark(page)
  await page.getByRole('link', { name: 'Using this feed' }).click()
  await expect(page).toHaveURL(/\/help\/feed$/)
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toHaveText('Using this feed')
  await expect(page.locator('html[data-marked]'), 'another document').toHaveCount(0)
  await expect(live).toHaveCount(0)
  await page.getByRole('link', { name: 'How organizations work' }).click()
  await expect(heading).toHaveText('Organizations')
  await expect(live).toHaveCount(0)
  await page.getByRole('link', { name: 'Guildhall' }).first().click()
  await expect(heading).toHaveText('Guildhall')
  await expect(live).toHaveCount(1)
  await page.unrouteAll()
  await page.goto(`${server.url}/help/organizations`)
  await expect(live).toHaveCount(1)
  await context.close()
})
