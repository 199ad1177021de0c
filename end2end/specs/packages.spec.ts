import { upload } from '../fixtures/package'
import { expect, expectAccessible, test, type User } from '../fixtures/test'

async function publish(user: User, id: string, version: string, readme?: string): Promise<void> {
  await user.open('/packages/manage/upload')
  await user.page.getByLabel('Choose .nupkg files').setInputFiles(upload({ id, version, ...(readme === undefined ? {} : { readme }), dependencies: [{ id: 'Some.Dependency', version: '1.2.0' }] }))
  const draft = user.page.getByRole('region', { name: `${id} ${version}` })
  await draft.getByRole('button', { name: 'Publish' }).click()
  await expect(draft).toContainText('Published')
}

test('a package page tells what a consumer needs, with this server\'s address', async ({ person, visitor, server, unique }) => {
  const anna = await person(unique('anna'))
  const guest = await visitor()
  const id = `Page.${unique('x').replaceAll('-', '.')}`
  await publish(anna, id, '1.0.0', '# About it\n\nSome text.')
  await publish(anna, id, '1.1.0', '# About it\n\nSome text.')
  await guest.open(`/packages/${id.toLowerCase()}`)
  await expect(guest.page.getByRole('heading', { level: 1 })).toHaveText(id)
  await expect(guest.page).toHaveTitle(`${id} – Guildhall`)
  await expect(guest.page.getByText(`${server.url}/v3/index.json`).first()).toBeVisible()
  await expect(guest.page.getByRole('list', { name: 'Owners' })).toContainText(anna.name)
  await expectAccessible(guest.page)
  await guest.page.getByRole('tab', { name: 'Dependencies' }).click()
  await expect(guest.page.getByText('Some.Dependency')).toBeVisible()
  await guest.page.getByRole('tab', { name: 'Versions' }).click()
  await expect(guest.page.getByRole('link', { name: '1.0.0' })).toBeVisible()
  await expect(guest.page.getByText('Published by')).toHaveCount(0)
  await expect(guest.page.getByRole('link', { name: 'Manage package' })).toHaveCount(0)
  await anna.open(`/packages/${id}?tab=versions`)
  await expect(anna.page.getByText('Published by')).toBeVisible()
  await guest.open(`/packages/${id}/1.0.0`)
  await expect(guest.page.getByRole('heading', { level: 1 })).toHaveText(id)
  const missing = await guest.page.goto(`${server.url}/packages/${id}/9.9.9`)
  expect(missing?.status()).toBe(404)
})

test('an unlisted version leaves search with the next request and comes back when relisted', async ({ person, visitor, unique }) => {
  const anna = await person(unique('anna'))
  const guest = await visitor()
  const id = `Hidden.${unique('x').replaceAll('-', '.')}`
  await publish(anna, id, '1.0.0')
  await anna.open(`/packages/${id}/manage`)
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText(`Manage ${id}`)
  await expectAccessible(anna.page)
  await anna.page.getByRole('button', { name: 'Unlist 1.0.0' }).click()
  await expect(anna.page.getByRole('button', { name: 'Relist 1.0.0' })).toBeVisible()
  await guest.open(`/packages?q=${id}`)
  await expect(guest.page.getByRole('link', { name: id, exact: true })).toHaveCount(0)
  await anna.page.getByRole('button', { name: 'Relist 1.0.0' }).click()
  await expect(anna.page.getByRole('button', { name: 'Unlist 1.0.0' })).toBeVisible()
  await guest.open(`/packages?q=${id}`)
  await expect(guest.page.getByRole('list', { name: 'Packages' }).getByRole('link', { name: id, exact: true })).toBeVisible()
  await expectAccessible(guest.page)
})

test('prereleases are found only when asked for', async ({ person, visitor, unique }) => {
  const anna = await person(unique('anna'))
  const guest = await visitor()
  const id = `Early.${unique('x').replaceAll('-', '.')}`
  await publish(anna, id, '1.0.0-beta.1')
  await guest.open(`/packages?q=${id}`)
  await expect(guest.page.getByRole('link', { name: id, exact: true })).toHaveCount(0)
  await guest.page.getByRole('checkbox', { name: 'Include prerelease' }).check()
  await expect(guest.page.getByRole('list', { name: 'Packages' }).getByRole('link', { name: id, exact: true })).toBeVisible()
  await expect(guest.page).toHaveURL(/prerelease=true/)
})

test('profiles of users and organizations look the same', async ({ person, visitor, unique }) => {
  const anna = await person(unique('anna'))
  const guest = await visitor()
  const team = unique('team')
  await anna.addOrganization(team)
  for (const name of [anna.name, team]) {
    await guest.open(`/profiles/${name}`)
    await expect(guest.page.getByRole('heading', { level: 1 })).toHaveText(name)
    await expect(guest.page.getByRole('main')).not.toContainText(/organization/i)
    await expectAccessible(guest.page)
  }
})

test('no document is loaded between pages, also by the back button', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  await anna.open('/')
  await anna.page.evaluate(() => Object.assign(window, { sameDocument: true }))
  const main = anna.page.getByRole('heading', { level: 1 })
  await anna.page.getByRole('button', { name: 'Account menu' }).click()
  await anna.page.getByRole('link', { name: 'Manage organizations' }).click()
  await expect(main).toHaveText('Manage organizations')
  await anna.page.getByRole('main').getByRole('link', { name: 'Add new organization' }).first().click()
  await expect(main).toHaveText('Add organization')
  await anna.page.goBack()
  await expect(main).toHaveText('Manage organizations')
  await anna.page.goBack()
  await expect(main).toHaveText('Guildhall')
  expect(await anna.page.evaluate(() => 'sameDocument' in window)).toBe(true)
})
