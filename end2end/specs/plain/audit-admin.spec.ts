import { nupkg } from '../../fixtures/package'
import { expect, test } from '../../fixtures/test'

test('without script: a trail is filtered, and its neighbours and files keep the filter', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const team = unique('plain')
  await anna.addOrganization(team)
  await anna.open(`/organization/${team}/audit`)
  await anna.page.getByRole('combobox', { name: 'Action' }).selectOption('organization.created')
  await anna.page.getByRole('button', { name: 'Filter', exact: true }).click()
  await expect(anna.page).toHaveURL(/action=organization\.created/)
  await expect(anna.page.getByRole('table', { name: 'Audit trail' }).locator('tbody').getByRole('row')).toHaveCount(1)
  await expect(anna.page.getByRole('combobox', { name: 'Action' })).toHaveValue('organization.created')
  await expect(anna.page.getByRole('link', { name: 'Download CSV' })).toHaveAttribute('href', /audit\.csv\?action=organization\.created$/)
  await anna.page.getByRole('textbox', { name: 'To', exact: true }).fill('nonsense')
  await anna.page.getByRole('button', { name: 'Filter', exact: true }).click()
  await expect(anna.page.getByRole('textbox', { name: 'To', exact: true })).toHaveAccessibleDescription(/Write the day as/)
})

test('without script: a site administrator locks, and deletes a version', async ({ ownServer }) => {
  const { server, person } = ownServer
  const anna = await person('anna')
  const sofia = await person('sofia')
  await server.command('account', 'promote', 'sofia')
  const key = (
    await server.command('api-key', 'create', '--account', 'anna', '--owner', 'anna', '--scope', 'push', '--glob', '*', '--expires-days', '30')
  ).trim()
  const body = new FormData()
  body.append('package', new Blob([new Uint8Array(nupkg({ id: 'Site.Plain', version: '1.0.0' }))]), 'package.nupkg')
  expect((await fetch(`${server.url}/api/v2/package`, { method: 'PUT', headers: { 'X-NuGet-ApiKey': key }, body })).status).toBe(201)

  await sofia.open('/admin?account=anna&package=Site.Plain')
  await sofia.page.getByRole('button', { name: 'Lock anna' }).click()
  await expect(sofia.page.getByRole('status')).toContainText('anna is locked now.')
  await expect(sofia.page.getByRole('button', { name: 'Unlock anna' })).toBeVisible()

  await sofia.page.getByRole('button', { name: 'Delete Site.Plain 1.0.0' }).click()
  const dialog = sofia.page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Delete Site.Plain 1.0.0' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Reason' })).toHaveAccessibleDescription(/Say why/)
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('spam')
  await dialog.getByRole('button', { name: 'Delete Site.Plain 1.0.0' }).click()
  await expect(sofia.page.getByRole('status')).toContainText('Site.Plain 1.0.0 is deleted.')
  await expect(sofia.page.getByRole('button', { name: 'Delete Site.Plain 1.0.0' })).toHaveCount(0)
  expect((await fetch(`${server.url}/v3/package/site.plain/index.json`)).status).toBe(404)
  expect((await anna.page.goto(`${server.url}/packages/Site.Plain`))?.status()).toBe(404)
})
