import { nupkg, upload } from '../fixtures/package'
import { expect, expectAccessible, test } from '../fixtures/test'

test('axe finds nothing on any page, light, dark and at 320 pixels', async ({ person, visitor, unique }) => {
  test.setTimeout(600_000)
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const guest = await visitor()
  const team = unique('axe')
  const id = `Axe.${unique('x').replaceAll('-', '.')}`
  await anna.addOrganization(team)
  await anna.open(`/organization/${team}/members`)
  await anna.page.getByRole('textbox', { name: 'User name or email address' }).fill(ben.name)
  await anna.page.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(anna.page.getByRole('table', { name: 'Members' })).toContainText('Pending')
  await anna.open('/packages/manage/upload')
  await anna.page.getByLabel('Choose .nupkg files').setInputFiles([
    upload({ id, version: '1.0.0', readme: '# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```', dependencies: [{ id: 'Some.Dependency', version: '1.2.0' }] }),
    upload({ id, version: '1.1.0' }),
    { name: 'broken.nupkg', mimeType: 'application/octet-stream', buffer: nupkg({ id, version: '2.0.0' }).subarray(0, 100) },
  ])
  const draft = anna.page.getByRole('region', { name: `${id} 1.0.0` })
  await draft.getByRole('combobox', { name: 'Owner' }).selectOption(team)
  await draft.getByRole('button', { name: 'Publish' }).click()
  await expect(draft).toContainText('Published')
  await expectAccessible(anna.page)
  await anna.open('/account/apikeys')
  await anna.page.getByRole('textbox', { name: 'Key name' }).fill('axe')
  await anna.page.getByRole('combobox', { name: 'Package owner' }).selectOption(team)
  await anna.page.getByRole('checkbox', { name: 'Push' }).check()
  await anna.page.getByRole('textbox', { name: 'Glob pattern' }).fill('*')
  await anna.page.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(anna.page.getByRole('textbox', { name: 'New API key' })).toBeVisible()
  await expectAccessible(anna.page)

  for (const path of [
    '/',
    '/packages',
    `/packages?q=${id}`,
    '/packages?q=nothing-of-this-name',
    `/packages/${id}`,
    `/packages/${id}?tab=dependencies`,
    `/packages/${id}?tab=used-by`,
    `/packages/${id}?tab=versions`,
    `/profiles/${team}`,
    '/help/organizations',
    '/help/feed',
    '/sign-in',
    '/nothing/here',
  ]) {
    await guest.open(path)
    await expectAccessible(guest.page)
  }
  for (const path of [
    '/',
    `/packages/${id}?tab=versions`,
    `/packages/${id}/manage`,
    '/account/packages',
    '/account/organizations',
    '/account/apikeys',
    '/account/trusted-publishing',
    '/account/notifications',
    '/packages/manage/upload',
    '/organization/add',
    `/organization/${team}`,
    `/organization/${team}/members`,
    `/organization/${team}/packages`,
    `/organization/${team}/trusted-publishing`,
    `/organization/${team}/audit`,
    `/organization/${team}/settings`,
    '/account',
  ]) {
    await anna.open(path)
    await expectAccessible(anna.page)
  }
  for (const path of ['/account/organizations', '/account/notifications', '/account/packages', '/account/apikeys', '/packages/manage/upload']) {
    await ben.open(path)
    await expectAccessible(ben.page)
  }
})
