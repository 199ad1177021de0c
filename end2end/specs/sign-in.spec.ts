import { expect, expectAccessible, test } from '../fixtures/test'

test('an unvouched address is confirmed by mail', async ({ visitor, server, unique }) => {
  const nobody = await visitor()
  const name = unique('dora')
  const email = `${name}@people.example.com`
  const { page } = nobody
  await nobody.open('/sign-in?return=%2Faccount%2Forganizations')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Sign in with the development identity' }).click()
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'User name' }).fill(name)
  await page.getByRole('textbox', { name: 'Email address' }).fill(email)
  await page.getByRole('checkbox', { name: 'The email address is verified' }).uncheck()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Create your account')
  await nobody.live()
  await expect(page.getByRole('textbox', { name: 'User name' })).toHaveValue(name)
  await expect(page.getByRole('textbox', { name: 'Email address' })).toHaveValue(email)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page).toHaveURL(`${server.url}/account/organizations`)
  const mail = await server.mail(email, 'account-confirm')
  await nobody.open(mail.link)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Confirm your email address')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('status')).toContainText('confirmed')
})

test('the account menu leads on and signs out', async ({ person, visitor, server, unique }) => {
  const anna = await person(unique('anna'))
  await anna.open('/')
  await expect(anna.page).toHaveTitle('Home – Guildhall')
  await expectAccessible(anna.page)
  await anna.page.getByRole('button', { name: 'Account menu' }).click()
  for (const link of ['Manage packages', 'Manage organizations', 'API keys']) {
    await expect(anna.page.getByRole('link', { name: link })).toBeVisible()
  }
  await expectAccessible(anna.page)
  await anna.page.getByRole('button', { name: 'Account menu' }).click()
  const cookies = await anna.page.context().cookies()
  const port = new URL(server.url).port
  expect(cookies.find((cookie) => cookie.name === `guildhall-${port}`)).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  await anna.page.getByRole('button', { name: 'Account menu' }).click()
  await anna.page.getByRole('button', { name: 'Sign out' }).click()
  await expect(anna.page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible()
  // The cookie that the browser had is worth nothing any more.
  const guest = await visitor()
  await guest.page.context().addCookies(cookies)
  await guest.open('/account/apikeys')
  await expect(guest.page).toHaveURL(/\/sign-in\?return=/)
})

test('return leads nowhere but to this site', async ({ visitor, server, unique }) => {
  for (const evil of ['//evil.example', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)']) {
    const nobody = await visitor()
    const name = unique('eve')
    await nobody.open(`/sign-in?return=${encodeURIComponent(evil)}`)
    await nobody.page.getByRole('button', { name: 'Sign in with the development identity' }).click()
    await nobody.page.getByRole('textbox', { name: 'User name' }).fill(name)
    await nobody.page.getByRole('textbox', { name: 'Email address' }).fill(`${name}@example.com`)
    await nobody.page.getByRole('button', { name: 'Continue' }).click()
    await nobody.live()
    await nobody.page.getByRole('button', { name: 'Create account' }).click()
    await expect(nobody.page).toHaveURL(`${server.url}/`)
  }
})

test('what is not there offers the way back', async ({ visitor, server }) => {
  const guest = await visitor()
  for (const path of ['/nothing/here', '/packages/Nothing.Of.This.Id', '/profiles/nobody-of-this-name']) {
    const answer = await guest.page.goto(`${server.url}${path}`)
    expect(answer?.status()).toBe(404)
    await guest.live()
    await expect(guest.page.getByRole('heading', { level: 1 })).toHaveText('Not found')
    await expect(guest.page).toHaveTitle('Not found – Guildhall')
    await expect(guest.page.getByRole('main').getByRole('link').first()).toBeVisible()
  }
  await expectAccessible(guest.page)
})

test('every answer carries the strict headers', async ({ server }) => {
  for (const path of ['/', '/sign-in', '/packages', '/nothing', '/v3/index.json', '/account/apikeys', '/health/live']) {
    const answer = await fetch(`${server.url}${path}`, { redirect: 'manual' })
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy, path).toContain("default-src 'none'")
    expect(policy, path).toContain("frame-ancestors 'none'")
    expect(policy, path).not.toContain('unsafe-inline')
    expect(answer.headers.get('x-content-type-options'), path).toBe('nosniff')
    expect(answer.headers.get('referrer-policy'), path).toBe('same-origin')
  }
})
