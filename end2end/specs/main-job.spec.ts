import { nupkg, upload } from '../fixtures/package'
import { drop } from '../fixtures/drop'
import { expect, test } from '../fixtures/test'

test('a team publishes its package, and a consumer gets the same bytes', async ({ person, visitor, server, unique }) => {
  const team = unique('contoso')
  const id = `Contoso.${unique('Logging').replaceAll('-', '.')}`
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))

  await test.step('Anna adds the organization and invites Ben', async () => {
    await anna.addOrganization(team)
    await anna.open(`/organization/${team}/members`)
    await anna.page.getByRole('textbox', { name: 'User name or email address' }).fill(ben.name)
    await anna.page.getByRole('combobox', { name: 'Role', exact: true }).selectOption('Collaborator')
    await anna.page.getByRole('button', { name: 'Invite', exact: true }).click()
    await expect(anna.page.getByRole('table', { name: 'Members' }).getByRole('row', { name: ben.name })).toContainText('Pending')
  })

  await test.step('Ben follows the link in his mail and accepts', async () => {
    const mail = await server.mail(ben.email, 'invitation')
    await ben.open(mail.link)
    await ben.page.getByRole('button', { name: `Accept invitation to ${team}` }).click()
    await expect(ben.page.getByRole('heading', { level: 1 })).toHaveText(team)
  })

  await test.step('Ben uploads a package for the organization by drag and drop', async () => {
    await ben.open('/packages/manage/upload')
    await drop(ben.page, upload({ id, version: '1.0.0', readme: '# Logging\n\nWrites **lines**.' }))
    const draft = ben.page.getByRole('region', { name: `${id} 1.0.0` })
    await expect(draft.getByText('Writes')).toBeVisible()
    await draft.getByRole('combobox', { name: 'Owner' }).selectOption(team)
    await draft.getByRole('button', { name: 'Publish' }).click()
    await expect(draft).toContainText('Published')
    await draft.getByRole('link', { name: `${id} 1.0.0` }).click()
    await expect(ben.page.getByRole('heading', { level: 1 })).toHaveText(id)
    await expect(ben.page.getByRole('list', { name: 'Owners' })).toContainText(team)
  })

  await test.step('Ben pushes the next version with a key scoped to the organization', async () => {
    await ben.open('/account/apikeys')
    await ben.page.getByRole('textbox', { name: 'Key name' }).fill('continuous integration')
    await ben.page.getByRole('combobox', { name: 'Package owner' }).selectOption(team)
    await ben.page.getByRole('checkbox', { name: 'Push' }).check()
    await ben.page.getByRole('textbox', { name: 'Glob pattern' }).fill('Contoso.*')
    await ben.page.getByRole('button', { name: 'Create', exact: true }).click()
    const key = await ben.page.getByRole('textbox', { name: 'New API key' }).inputValue()
    const body = new FormData()
    body.append('package', new Blob([new Uint8Array(nupkg({ id, version: '1.1.0' }))]), 'package.nupkg')
    const answer = await fetch(`${server.url}/api/v2/package`, { method: 'PUT', headers: { 'X-NuGet-ApiKey': key }, body })
    expect(answer.status, await answer.text()).toBe(201)
  })

  await test.step('a consumer finds it and gets the same bytes', async () => {
    const guest = await visitor()
    await guest.open('/')
    await guest.page.getByRole('searchbox', { name: 'Search packages' }).fill(id)
    await guest.page.getByRole('searchbox', { name: 'Search packages' }).press('Enter')
    await guest.page.getByRole('list', { name: 'Packages' }).getByRole('link', { name: id, exact: true }).click()
    await expect(guest.page.getByRole('heading', { level: 1 })).toHaveText(id)
    const lower = id.toLowerCase()
    const index = await (await fetch(`${server.url}/v3/index.json`)).json()
    const base = index.resources.find((one: { '@type': string }) => one['@type'] === 'PackageBaseAddress/3.0.0')['@id']
    const versions = await (await fetch(`${base}${lower}/index.json`)).json()
    expect(versions.versions).toEqual(['1.0.0', '1.1.0'])
    const bytes = Buffer.from(await (await fetch(`${base}${lower}/1.1.0/${lower}.1.1.0.nupkg`)).arrayBuffer())
    expect(bytes.equals(nupkg({ id, version: '1.1.0' }))).toBe(true)
  })

  await test.step('Anna reads who did what', async () => {
    await anna.open(`/organization/${team}/audit`)
    const trail = anna.page.getByRole('table', { name: 'Audit trail' })
    await expect(trail.getByRole('row', { name: /Package published/ })).toHaveCount(2)
    await expect(trail.getByRole('row', { name: /Package published/ }).first()).toContainText('continuous integration')
    await expect(trail.getByRole('row', { name: /Invitation accepted/ })).toContainText(ben.name)
  })
})
