import { upload } from '../fixtures/package'
import { expect, expectAccessible, test, type User } from '../fixtures/test'

/** Publishes a package for an owner who may be chosen. */
async function publish(user: User, id: string, version: string, owner?: string): Promise<void> {
  await user.open('/packages/manage/upload')
  await user.page.getByLabel('Choose .nupkg files').setInputFiles(upload({ id, version }))
  const draft = user.page.getByRole('region', { name: `${id} ${version}` })
  if (owner !== undefined) await draft.getByRole('combobox', { name: 'Owner' }).selectOption(owner)
  await draft.getByRole('button', { name: 'Publish' }).click()
  await expect(draft).toContainText('Published')
}

const idOf = (name: string) => name.replaceAll('-', '.')

/** The page "Manage {id}" of a package. */
class ManagePage {
  constructor(
    private readonly user: User,
    private readonly id: string,
  ) {}

  readonly owners = () => this.user.page.getByRole('list', { name: 'Owners' })
  readonly newOwner = () => this.user.page.getByRole('textbox', { name: 'New owner' })

  async open(): Promise<this> {
    await this.user.open(`/packages/${this.id}/manage`)
    await expect(this.user.page.getByRole('heading', { level: 1 })).toHaveText(`Manage ${this.id}`)
    return this
  }

  async add(owner: string): Promise<void> {
    await this.newOwner().fill(owner)
    await this.user.page.getByRole('button', { name: 'Add owner' }).click()
  }

  /** Asks an account, and waits until the page shows that it is asked. */
  async ask(owner: string): Promise<void> {
    await this.add(owner)
    await expect(this.owners().getByRole('listitem').filter({ hasText: owner })).toContainText('Asked')
  }
}

test('an owner is asked, accepts, and is removed again', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const id = idOf(unique('Owned'))
  await publish(anna, id, '1.0.0')
  const page = await new ManagePage(anna, id).open()
  await expectAccessible(anna.page)
  for (const [whom, why] of [
    ['', /Enter the name/],
    ['ben@example.com', /not an email address/],
    ['nobody-of-this-name', /no user or organization of this name/],
    [anna.name, /owns the package already/],
  ] as const) {
    await page.add(whom)
    await expect(page.newOwner()).toHaveAccessibleDescription(why)
    await expect(page.newOwner()).toBeFocused()
  }
  await page.ask(ben.name)

  const mail = await server.mail(ben.email, 'ownership-requested')
  await ben.open(mail.link)
  await expect(ben.page.getByRole('heading', { level: 1 })).toHaveText('Manage packages')
  await expectAccessible(ben.page)
  await ben.page.getByRole('button', { name: `Accept ownership of ${id} for ${ben.name}` }).click()
  await expect(ben.page.getByRole('button', { name: `Accept ownership of ${id} for ${ben.name}` })).toHaveCount(0)
  await server.mail(anna.email, 'ownership-accepted')

  await page.open()
  await anna.page.getByRole('button', { name: `Remove owner ${ben.name}` }).click()
  const dialog = anna.page.getByRole('dialog')
  await expectAccessible(anna.page)
  await dialog.getByRole('button', { name: `Remove ${ben.name}`, exact: true }).click()
  await expect(page.owners().getByRole('listitem').filter({ hasText: ben.name })).toHaveCount(0)
  await server.mail(ben.email, 'owner-removed')
  expect((await ben.page.goto(`${server.url}/packages/${id}/manage`))?.status()).toBe(404)

  await anna.page.getByRole('button', { name: `Remove owner ${anna.name}` }).click()
  await expect(anna.page.getByRole('dialog')).toContainText('your only way to the package')
  await anna.page.getByRole('dialog').getByRole('button', { name: `Remove ${anna.name}`, exact: true }).click()
  await expect(anna.page.getByText('This is the only owner. Add another owner first.').first()).toBeVisible()
})

test('a request can be rejected, and another one withdrawn', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const id = idOf(unique('Asked'))
  await publish(anna, id, '1.0.0')
  const page = await new ManagePage(anna, id).open()
  await page.ask(ben.name)
  await ben.open('/account/packages')
  await ben.page.getByRole('button', { name: `Reject ownership of ${id} for ${ben.name}` }).click()
  await expect(ben.page.getByRole('button', { name: `Reject ownership of ${id} for ${ben.name}` })).toHaveCount(0)
  await server.mail(anna.email, 'ownership-rejected')
  await page.open()
  await page.ask(ben.name)
  await anna.open('/account/packages')
  await anna.page.getByRole('button', { name: `Cancel request for ${id}` }).click()
  await expect(anna.page.getByRole('button', { name: `Cancel request for ${id}` })).toHaveCount(0)
  await server.mail(ben.email, 'ownership-cancelled')
})

test('packages of an organization move together, with one confirmation', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('team')
  const other = unique('other')
  await anna.addOrganization(team)
  await anna.addOrganization(other)
  const ids = [idOf(unique('Moved')), idOf(unique('Moved'))]
  for (const id of ids) await publish(anna, id, '1.0.0', team)

  await anna.open(`/organization/${team}/packages`)
  await anna.page.getByRole('button', { name: 'Move to another owner' }).click()
  await expect(anna.page.getByText('Select at least one first.').first()).toBeVisible()
  for (const id of ids) await anna.page.getByRole('checkbox', { name: `Select ${id}`, exact: true }).check()
  await expectAccessible(anna.page)
  await anna.page.getByRole('button', { name: 'Move to another owner' }).click()
  const dialog = anna.page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Move packages' }).click()
  await expect(dialog.getByRole('textbox', { name: 'New owner' })).toHaveAccessibleDescription(/Enter the name/)
  await expectAccessible(anna.page)
  await dialog.getByRole('textbox', { name: 'New owner' }).fill(other)
  await dialog.getByRole('button', { name: 'Move packages' }).click()
  await expect(anna.page.getByText('No packages yet.')).toBeVisible()
  expect((await server.mail(`${other}@teams.example.com`, 'owner-added')).raw).toContain('2 packages')

  await anna.open(`/organization/${other}/packages`)
  await anna.page.getByRole('checkbox', { name: `Select ${ids[0]}`, exact: true }).check()
  await anna.page.getByRole('button', { name: 'Move to another owner' }).click()
  await dialog.getByRole('textbox', { name: 'New owner' }).fill(ben.name)
  await dialog.getByRole('button', { name: 'Move packages' }).click()
  await expect(anna.page.getByRole('status')).toContainText('is asked')
  await ben.open('/account/packages')
  await ben.page.getByRole('button', { name: `Accept ownership of ${ids[0]} for ${ben.name}` }).click()
  await expect(ben.page.getByRole('table', { name: 'Packages' })).toContainText(ids[0] ?? '')
  await anna.open(`/organization/${other}/packages`)
  await expect(anna.page.getByRole('checkbox', { name: `Select ${ids[0]}`, exact: true })).toHaveCount(0)
})

test('selected packages are unlisted after a question', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const team = unique('team')
  await anna.addOrganization(team)
  const ids = [idOf(unique('Hidden')), idOf(unique('Hidden'))]
  for (const id of ids) await publish(anna, id, '1.0.0', team)
  await anna.open(`/organization/${team}/packages`)
  for (const id of ids) await anna.page.getByRole('checkbox', { name: `Select ${id}`, exact: true }).check()
  await anna.page.getByRole('button', { name: 'Unlist selected' }).click()
  const dialog = anna.page.getByRole('dialog')
  await expectAccessible(anna.page)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  await anna.page.getByRole('button', { name: 'Unlist selected' }).click()
  await dialog.getByRole('button', { name: 'Unlist 2 packages' }).click()
  await expect(anna.page.getByRole('table', { name: 'Packages' }).getByText('Unlisted')).toHaveCount(2)
})

test('a version is deprecated, shown so, and good again', async ({ person, visitor, server, unique }) => {
  const anna = await person(unique('anna'))
  const guest = await visitor()
  const id = idOf(unique('Old'))
  const better = idOf(unique('Better'))
  await publish(anna, better, '2.0.0')
  await publish(anna, id, '1.0.0')
  await publish(anna, id, '1.1.0')
  await new ManagePage(anna, id).open()
  await anna.page.getByRole('button', { name: 'Deprecate 1.0.0' }).click()
  const panel = anna.page.getByRole('region', { name: 'Deprecate 1.0.0' })
  await expect(panel).toBeVisible()
  await expectAccessible(anna.page)
  await panel.getByRole('button', { name: 'Save deprecation' }).click()
  await expect(panel.getByText('Choose at least one reason.')).toBeVisible()
  await panel.getByRole('checkbox', { name: 'Other' }).check()
  await panel.getByRole('button', { name: 'Save deprecation' }).click()
  await expect(panel.getByRole('textbox', { name: 'Message' })).toHaveAccessibleDescription(/Say what the other reason is/)
  await panel.getByRole('textbox', { name: 'Message' }).fill('It was a mistake.')
  await panel.getByRole('textbox', { name: 'Alternate package' }).fill(better)
  await panel.getByRole('button', { name: 'Save deprecation' }).click()
  await expect(anna.page.getByRole('button', { name: 'Undeprecate 1.0.0' })).toBeVisible()
  await expect(panel).toHaveCount(0)

  await guest.open(`/packages/${id}/1.0.0`)
  await expect(guest.page.getByRole('main')).toContainText('This version is deprecated: Other.')
  await expect(guest.page.getByText('It was a mistake.')).toBeVisible()
  await expect(guest.page.getByRole('link', { name: better })).toBeVisible()
  await expectAccessible(guest.page)
  const registration = await (await fetch(`${server.url}/v3/registration/${id.toLowerCase()}/index.json`)).text()
  expect(registration).toContain('"reasons":["Other"]')

  await anna.page.getByRole('button', { name: 'Undeprecate 1.0.0' }).click()
  await expect(anna.page.getByRole('button', { name: 'Deprecate 1.0.0', exact: true })).toBeVisible()
  for (const version of ['1.0.0', '1.1.0']) {
    await anna.page.getByRole('checkbox', { name: `Select ${version}` }).check()
  }
  await anna.page.getByRole('button', { name: 'Unlist selected' }).click()
  await expect(anna.page.getByRole('button', { name: 'Relist 1.0.0' })).toBeVisible()
  await expect(anna.page.getByRole('button', { name: 'Relist 1.1.0' })).toBeVisible()
})
