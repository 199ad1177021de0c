import { nupkg } from '../fixtures/package'
import { expect, expectAccessible, test } from '../fixtures/test'

test('a site administrator locks and unlocks an account, and others do not find the page', async ({ ownServer }) => {
  const { server, person } = ownServer
  const anna = await person('anna')
  const sofia = await person('sofia')
  expect((await anna.page.goto(`${server.url}/admin`))?.status()).toBe(404)
  await server.command('account', 'promote', 'sofia')

  await sofia.open('/')
  await sofia.page.getByRole('button', { name: 'Account menu' }).click()
  await sofia.page.getByRole('link', { name: 'Site administration' }).click()
  await expect(sofia.page.getByRole('heading', { level: 1 })).toHaveText('Site administration')
  await expect(sofia.page.getByRole('table', { name: 'Audit trail' }).getByRole('row').nth(1)).toBeVisible()
  await expectAccessible(sofia.page)

  const find = sofia.page.getByRole('searchbox', { name: 'Find an account' })
  await find.fill('ann')
  await find.press('Enter')
  const row = sofia.page.getByRole('table', { name: 'Accounts' }).getByRole('row', { name: /anna/ })
  await expect(row).toContainText(anna.email)
  await expectAccessible(sofia.page)
  await sofia.page.getByRole('button', { name: 'Lock anna' }).click()
  await expect(row).toContainText('Locked')
  await expect(sofia.page.getByRole('status')).toContainText('anna is locked now.')
  // Whoever works by keyboard goes on at the same place.
  await expect(sofia.page.getByRole('button', { name: 'Unlock anna' })).toBeFocused()

  await anna.open('/organization/add')
  await anna.page.getByRole('textbox', { name: 'Organization name' }).fill('adatum')
  await anna.page.getByRole('textbox', { name: 'Organization email address' }).fill('adatum@example.com')
  await anna.page.getByRole('button', { name: 'Add organization' }).click()
  await expect(anna.page.getByText('Your account is locked.').first()).toBeVisible()

  await sofia.page.getByRole('button', { name: 'Unlock anna' }).click()
  await expect(row).toContainText('Confirmed')
  await anna.page.getByRole('button', { name: 'Add organization' }).click()
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText('adatum')
})

test('a package is locked, and a version deleted with a reason', async ({ ownServer }) => {
  const { server, person } = ownServer
  const anna = await person('anna')
  const sofia = await person('sofia')
  await server.command('account', 'promote', 'sofia')
  const key = (
    await server.command('api-key', 'create', '--account', 'anna', '--owner', 'anna', '--scope', 'push', '--glob', '*', '--expires-days', '30')
  ).trim()
  const push = async (version: string) => {
    const body = new FormData()
    body.append('package', new Blob([new Uint8Array(nupkg({ id: 'Site.A', version }))]), 'package.nupkg')
    return (await fetch(`${server.url}/api/v2/package`, { method: 'PUT', headers: { 'X-NuGet-ApiKey': key }, body })).status
  }
  expect(await push('1.0.0')).toBe(201)
  expect(await push('2.0.0')).toBe(201)

  await sofia.open('/admin')
  const find = sofia.page.getByRole('searchbox', { name: 'Find a package' })
  await find.fill('site.a')
  await find.press('Enter')
  await sofia.page.getByRole('button', { name: 'Lock Site.A' }).click()
  await expect(sofia.page.getByRole('button', { name: 'Unlock Site.A' })).toBeFocused()
  expect(await push('3.0.0')).toBe(403)
  await sofia.page.getByRole('button', { name: 'Unlock Site.A' }).click()
  await expect(sofia.page.getByRole('button', { name: 'Lock Site.A', exact: true })).toBeVisible()

  await sofia.page.getByRole('button', { name: 'Delete Site.A 1.0.0' }).click()
  const dialog = sofia.page.getByRole('dialog')
  await expectAccessible(sofia.page)
  await dialog.getByRole('button', { name: 'Delete Site.A 1.0.0' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Reason' })).toHaveAccessibleDescription(/Say why/)
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('It was malware.')
  await dialog.getByRole('button', { name: 'Delete Site.A 1.0.0' }).click()
  const versions = sofia.page.getByRole('table', { name: 'Versions' })
  await expect(versions.getByRole('row', { name: /1\.0\.0/ })).toHaveCount(0)
  await expect(versions.getByRole('row', { name: /2\.0\.0/ })).toHaveCount(1)
  expect(await push('1.0.0')).toBe(409)
  expect((await fetch(`${server.url}/v3/package/site.a/1.0.0/site.a.1.0.0.nupkg`)).status).toBe(404)

  await anna.open('/account/notifications')
  await expect(anna.page.getByText(/Site\.A 1\.0\.0 was deleted .* It was malware\./)).toBeVisible()
  expect(await server.command('check')).toContain('checked 1 packages, 0 mismatches')
})
