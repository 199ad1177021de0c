import { nupkg } from '../fixtures/package'
import { expect, expectAccessible, test, type User } from '../fixtures/test'

async function createKey(user: User, name: string, owner: string | undefined, glob = '*'): Promise<string> {
  const { page } = user
  await user.open('/account/apikeys')
  await page.getByRole('textbox', { name: 'Key name' }).fill(name)
  if (owner !== undefined) await page.getByRole('combobox', { name: 'Package owner' }).selectOption(owner)
  await page.getByRole('checkbox', { name: 'Push' }).check()
  await page.getByRole('textbox', { name: 'Glob pattern' }).fill(glob)
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  return page.getByRole('textbox', { name: 'New API key' }).inputValue()
}

async function push(url: string, key: string, id: string, version: string): Promise<Response> {
  const body = new FormData()
  body.append('package', new Blob([new Uint8Array(nupkg({ id, version }))]), 'package.nupkg')
  return fetch(`${url}/api/v2/package/`, { method: 'PUT', headers: { 'X-NuGet-ApiKey': key }, body })
}

test('a key is shown once, works, and ends when it is revoked', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const team = unique('team')
  await anna.addOrganization(team)
  const key = await createKey(anna, 'build', team)
  expect(key.length).toBeGreaterThan(30)
  await expectAccessible(anna.page)
  await expect(anna.page.getByRole('button', { name: 'Copy' })).toBeVisible()
  const id = `Keys.${unique('x').replaceAll('-', '.')}`
  expect((await push(server.url, key, id, '1.0.0')).status).toBe(201)

  await anna.open('/account/apikeys')
  await expect(anna.page.getByRole('textbox', { name: 'New API key' })).toHaveCount(0)
  expect(await anna.page.content()).not.toContain(key)
  const article = anna.page.getByRole('article', { name: 'build' })
  await expect(article).toContainText(team)
  await article.getByRole('button', { name: 'Revoke' }).click()
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Revoke build' }).click()
  await expect(article).toContainText('Revoked')
  const refused = await push(server.url, key, id, '1.1.0')
  expect(refused.status).toBe(403)
  expect(await refused.text()).toMatch(/revoked/i)
  await server.mail(anna.email, 'api-key-revoked')
})

test('every missing field of a key is told at once', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  await anna.addOrganization(unique('team'))
  await anna.open('/account/apikeys')
  await anna.page.getByRole('textbox', { name: 'Glob pattern' }).fill('')
  await anna.page.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(anna.page.getByRole('textbox', { name: 'Key name' })).toHaveAccessibleDescription(/Enter a name/)
  await expect(anna.page.getByRole('combobox', { name: 'Package owner' })).toHaveAccessibleDescription(/Select the owner/)
  await expect(anna.page.getByText('Select at least one scope.')).toBeVisible()
  await expect(anna.page.getByRole('textbox', { name: 'Glob pattern' })).toHaveAccessibleDescription(/at least one glob/)
  await expect(anna.page.getByRole('textbox', { name: 'Key name' })).toBeFocused()
})

test('the glob of a key can be edited, its value regenerated, and the key deleted', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  await anna.addOrganization(unique('team'))
  const first = await createKey(anna, 'nightly', anna.name, 'Alpha.*')
  const id = `Beta.${unique('x').replaceAll('-', '.')}`
  const refused = await push(server.url, first, id, '1.0.0')
  expect(refused.status).toBe(401)
  expect(refused.statusText).toMatch(/glob/i)

  await anna.open('/account/apikeys')
  const article = anna.page.getByRole('article', { name: 'nightly' })
  await article.getByRole('button', { name: 'Edit' }).click()
  await article.getByRole('textbox', { name: 'Glob pattern' }).fill('Alpha.* Beta.*')
  await article.getByRole('button', { name: 'Save' }).click()
  await expect(article).toContainText('Beta.*')
  expect((await push(server.url, first, id, '1.0.0')).status).toBe(201)

  await article.getByRole('button', { name: 'Regenerate' }).click()
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Regenerate nightly' }).click()
  const second = await anna.page.getByRole('textbox', { name: 'New API key' }).inputValue()
  expect(second).not.toBe(first)
  expect((await push(server.url, first, id, '1.1.0')).status).toBe(403)
  expect((await push(server.url, second, id, '1.1.0')).status).toBe(201)

  await article.getByRole('button', { name: 'Delete' }).click()
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Delete nightly' }).click()
  await expect(article).toHaveCount(0)
  expect((await push(server.url, second, id, '1.2.0')).status).toBe(403)
})

test('the same version twice is a conflict', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  await anna.addOrganization(unique('team'))
  const key = await createKey(anna, 'twice', anna.name)
  const id = `Twice.${unique('x').replaceAll('-', '.')}`
  const answers = await Promise.all(Array.from({ length: 6 }, () => push(server.url, key, id, '1.0.0')))
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409, 409, 409])
})
