import { expect, test, type User } from '../../fixtures/test'

async function create(user: User, name: string): Promise<string> {
  const { page } = user
  await page.getByRole('textbox', { name: 'Key name' }).fill(name)
  await page.getByRole('checkbox', { name: 'Push' }).check()
  await page.getByRole('textbox', { name: 'Glob pattern' }).fill('*')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  return page.getByRole('textbox', { name: 'New API key' }).inputValue()
}

test('without script: make a key of the organization, remove a member, rotate what they know', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('plain')
  await anna.addOrganization(team)
  await anna.open(`/organization/${team}/members`)
  await anna.page.getByRole('textbox', { name: 'User name or email address' }).fill(ben.name)
  await anna.page.getByRole('combobox', { name: 'Role', exact: true }).selectOption('Administrator')
  await anna.page.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(anna.page.getByRole('table', { name: 'Members' }).getByRole('row', { name: new RegExp(ben.name) })).toContainText('Pending')
  await ben.open('/account/organizations')
  await ben.page.getByRole('button', { name: `Accept invitation to ${team}` }).click()
  await expect(ben.page.getByRole('heading', { level: 1 })).toHaveText(team)

  await ben.open(`/organization/${team}/apikeys`)
  const key = await create(ben, 'build')
  expect(ben.page.url()).not.toContain(key)
  await ben.page.reload()
  await expect(ben.page.getByRole('textbox', { name: 'New API key' })).toHaveCount(0)

  await anna.open(`/organization/${team}/members`)
  await anna.page.getByRole('button', { name: `Remove ${ben.name}` }).click()
  await anna.page.getByRole('dialog').getByRole('button', { name: `Remove ${ben.name}` }).click()
  const region = anna.page.getByRole('region', { name: `Off-boarding summary of ${ben.name}` })
  await expect(region).toContainText('build')
  expect(anna.page.url()).not.toContain(ben.name)
  await region.getByRole('button', { name: 'Regenerate' }).click()
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Regenerate build' }).click()
  await expect(anna.page.getByRole('textbox', { name: 'New API key' })).not.toHaveValue(key)
  await expect(region.getByRole('row', { name: /build/ })).toHaveCount(0)
})
