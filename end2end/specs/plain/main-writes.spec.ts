import { nupkg, upload } from '../../fixtures/package'
import { expect, test } from '../../fixtures/test'

test('without script: sign in, add an organization, invite, accept, change a role, remove', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('plain')
  await anna.addOrganization(team)

  await anna.open(`/organization/${team}/members`)
  await anna.page.getByRole('textbox', { name: 'User name or email address' }).fill(ben.name)
  await anna.page.getByRole('button', { name: 'Invite', exact: true }).click()
  const row = anna.page.getByRole('table', { name: 'Members' }).getByRole('row', { name: new RegExp(ben.name) })
  await expect(row).toContainText('Pending')
  expect(anna.page.url()).not.toContain(ben.name)

  await ben.open('/account/organizations')
  await ben.page.getByRole('button', { name: `Accept invitation to ${team}` }).click()
  await expect(ben.page.getByRole('heading', { level: 1 })).toHaveText(team)

  await anna.open(`/organization/${team}/members`)
  await anna.page.getByRole('combobox', { name: `Role of ${ben.name}` }).selectOption('Administrator')
  await anna.page.getByRole('button', { name: `Change role of ${ben.name}` }).click()
  await expect(anna.page.getByRole('status')).not.toBeEmpty()
  await expect(anna.page.getByRole('combobox', { name: `Role of ${ben.name}` })).toHaveValue('administrator')

  await server.mail(ben.email, 'role-changed')
})

test('without script: wrong fields come back with what was typed, and nothing typed is in the address', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  await anna.open('/organization/add')
  await anna.page.getByRole('textbox', { name: 'Organization name' }).fill('-secret-name')
  await anna.page.getByRole('textbox', { name: 'Organization email address' }).fill('nobody')
  await anna.page.getByRole('button', { name: 'Add organization' }).click()
  const name = anna.page.getByRole('textbox', { name: 'Organization name' })
  await expect(name).toHaveAttribute('aria-invalid', 'true')
  await expect(name).toHaveValue('-secret-name')
  await expect(name).toHaveAccessibleDescription(/at least 3 letters/)
  expect(anna.page.url()).not.toContain('secret')
  // What happened is told once.
  await anna.page.reload()
  await expect(anna.page.getByRole('textbox', { name: 'Organization name' })).not.toHaveAttribute('aria-invalid', 'true')
})

test('without script: upload, publish, make a key that is shown once, push with it', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const id = `Plain.${unique('x').replaceAll('-', '.')}`
  await anna.open('/packages/manage/upload')
  await anna.page.getByLabel('Choose .nupkg files').setInputFiles(upload({ id, version: '1.0.0' }))
  await anna.page.getByRole('button', { name: 'Upload', exact: true }).click()
  const draft = anna.page.getByRole('region', { name: `${id} 1.0.0` })
  await draft.getByRole('button', { name: 'Publish' }).click()
  await expect(anna.page.getByText('Published').first()).toBeVisible()

  await anna.open('/account/apikeys')
  await anna.page.getByRole('textbox', { name: 'Key name' }).fill('plain')
  await anna.page.getByRole('checkbox', { name: 'Push' }).check()
  await anna.page.getByRole('textbox', { name: 'Glob pattern' }).fill('*')
  await anna.page.getByRole('button', { name: 'Create', exact: true }).click()
  const key = await anna.page.getByRole('textbox', { name: 'New API key' }).inputValue()
  expect(anna.page.url()).not.toContain(key)
  await anna.page.reload()
  await expect(anna.page.getByRole('textbox', { name: 'New API key' })).toHaveCount(0)
  const body = new FormData()
  body.append('package', new Blob([new Uint8Array(nupkg({ id, version: '1.1.0' }))]), 'package.nupkg')
  expect((await fetch(`${server.url}/api/v2/package`, { method: 'PUT', headers: { 'X-NuGet-ApiKey': key }, body })).status).toBe(201)
})

test('without script: every page can be read', async ({ person, visitor, server, unique }) => {
  const anna = await person(unique('anna'))
  const guest = await visitor()
  const team = unique('plain')
  await anna.addOrganization(team)
  for (const [path, heading] of [
    ['/', 'Guildhall'],
    ['/packages', 'Packages'],
    [`/profiles/${team}`, team],
    ['/help/feed', 'Using this feed'],
    ['/help/organizations', 'Organizations'],
  ] as const) {
    expect((await guest.page.goto(`${server.url}${path}`))?.status()).toBe(200)
    await expect(guest.page.getByRole('heading', { level: 1 })).toHaveText(heading)
  }
  for (const [path, heading] of [
    [`/organization/${team}`, team],
    [`/organization/${team}/members`, `Members of ${team}`],
    [`/organization/${team}/packages`, `Packages of ${team}`],
    [`/organization/${team}/audit`, `Audit trail of ${team}`],
    ['/account/organizations', 'Manage organizations'],
    ['/account/packages', 'Manage packages'],
    ['/account/apikeys', 'API keys'],
    ['/packages/manage/upload', 'Upload packages'],
  ] as const) {
    expect((await anna.page.goto(`${server.url}${path}`))?.status()).toBe(200)
    await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText(heading)
    await expect(anna.page).toHaveTitle(`${heading} – Guildhall`)
  }
})
