import type { Page } from '@playwright/test'
import { expect, identify, test } from '../fixtures/certified'
import type { Server } from '../fixtures/server'
import { expectAccessible } from '../fixtures/test'

/** Waits until a page of ours is hydrated. */
async function live(page: Page): Promise<void> {
  await expect(page.locator('html[data-hydrated]')).toHaveCount(1)
}

async function signIn(page: Page, server: Server, name: string, options: { verified?: boolean } = {}): Promise<void> {
  await page.goto(`${server.url}/sign-in?return=%2Faccount`)
  await live(page)
  await identify(page, 'Sign in with Example', name, options)
  await live(page)
}

/** Signs in for the first time. */
async function register(page: Page, server: Server, name: string): Promise<void> {
  await signIn(page, server, name)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Create your account')
  await expect(page.getByRole('textbox', { name: 'User name' })).toHaveValue(name)
  await expect(page.getByRole('textbox', { name: 'Email address' })).toHaveValue(`${name}@people.example.com`)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Account settings')
}

test('a person signs in with a certified provider, links a second sign-in and unlinks it', async ({ page, browser, site }) => {
  const { server } = site
  await page.goto(`${server.url}/sign-in`)
  await expect(page.getByRole('button', { name: 'Sign in with the development identity' })).toHaveCount(0)
  await register(page, server, 'anna')
  await expectAccessible(page)
  await expect(page.getByRole('button', { name: /^Unlink/ })).toHaveCount(0)

  await identify(page, 'Link Example', 'anna-at-work')
  await live(page)
  await expect(page).toHaveURL(`${server.url}/account`)
  await expect(page.getByRole('status')).toContainText('A sign-in with Example is linked to your account.')
  await expect(page.getByRole('button', { name: 'Unlink Example', exact: true })).toBeVisible()
  await server.mail('anna@people.example.com', 'identity-linked')

  const elsewhere = await (await browser.newContext()).newPage()
  await signIn(elsewhere, server, 'anna-at-work')
  await expect(elsewhere.getByRole('heading', { level: 1 })).toHaveText('Account settings')
  await elsewhere.getByRole('button', { name: 'Account menu' }).click()
  await expect(elsewhere.getByText('Signed in as anna')).toBeVisible()

  await page.getByRole('button', { name: 'Unlink Example 2' }).click()
  await expect(page.getByRole('button', { name: /^Unlink/ })).toHaveCount(0)
  await server.mail('anna@people.example.com', 'identity-unlinked')
  await elsewhere.reload()
  await expect(elsewhere).toHaveURL(/\/sign-in\?return=/)
  await signIn(elsewhere, server, 'anna-at-work')
  await expect(elsewhere.getByRole('heading', { level: 1 })).toHaveText('Create your account')
  await elsewhere.context().close()
})

test('a verified address claims the account that was made for it, an unverified one does not', async ({ page, site }) => {
  const { server } = site
  await server.command('account', 'create', 'clara', '--email', 'clara@people.example.com')
  await signIn(page, server, 'clara', { verified: false })
  await expect(page.getByRole('main')).toContainText('This address belongs to another account. Sign in there and link this sign-in.')
  await identify(page, 'Sign in with Example', 'clara')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Account settings')
  await server.mail('clara@people.example.com', 'identity-claimed')
})

test('whoever says no at the provider is told so, and may begin again', async ({ page, site }) => {
  const { server } = site
  await page.goto(`${server.url}/sign-in?return=%2Faccount`)
  await live(page)
  await page.getByRole('button', { name: 'Sign in with Example' }).click()
  await page.getByRole('button', { name: 'Refuse' }).click()
  await live(page)
  await expect(page.getByRole('main')).toContainText('The sign-in was cancelled.')
  await expect(page).toHaveURL(/\/sign-in\?return=%2Faccount/)
  await expectAccessible(page)
  await expect(page.getByRole('button', { name: 'Sign in with Example' })).toBeVisible()
})

test('an answer of the provider counts once, and in the browser that began it', async ({ page, browser, site }) => {
  const { server } = site
  const answers: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/sign-in/example/callback?')) answers.push(request.url())
  })
  await register(page, server, 'berta')
  const [answer] = answers
  expect(answer).toMatch(/[?&]code=.*&state=.*&iss=|[?&]iss=/)
  const thief = await (await browser.newContext()).newPage()
  await thief.goto(answer ?? '')
  await expect(thief.getByRole('main')).toContainText('This sign-in was not begun in this browser, took too long, or is over.')
  await thief.context().close()
  await page.goto(answer ?? '')
  await expect(page.getByRole('main')).toContainText('This sign-in was not begun in this browser, took too long, or is over.')
})

test('the provider insists on what the server sends: without PKCE, or for another way back, there is no code', async ({ site }) => {
  const { server, provider } = site
  const begun = await fetch(`${server.url}/sign-in/example`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: server.url, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
    body: 'return=%2F',
  })
  const there = new URL(begun.headers.get('location') ?? '')
  expect(there.origin).toBe(provider.issuer)
  expect(there.searchParams.get('code_challenge_method')).toBe('S256')
  const good = await fetch(there, { redirect: 'manual' })
  expect(good.headers.get('location')).toMatch(/\/login\//)

  const bare = new URL(there)
  bare.searchParams.delete('code_challenge')
  bare.searchParams.delete('code_challenge_method')
  const refused = new URL((await fetch(bare, { redirect: 'manual' })).headers.get('location') ?? '')
  expect(refused.searchParams.get('error')).toBe('invalid_request')
  expect(refused.searchParams.has('code')).toBe(false)

  const astray = new URL(there)
  astray.searchParams.set('redirect_uri', `${server.url}/elsewhere`)
  const answer = await fetch(astray, { redirect: 'manual' })
  expect(answer.status).toBe(400)
})
