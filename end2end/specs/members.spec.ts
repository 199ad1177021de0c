import { expect, expectAccessible, test, type User } from '../fixtures/test'

/** The members page of an organization, as an administrator works with it. */
class MembersPage {
  constructor(
    private readonly user: User,
    private readonly team: string,
  ) {}

  readonly path = () => `/organization/${this.team}/members`
  readonly table = () => this.user.page.getByRole('table', { name: 'Members' })
  readonly row = (name: string) => this.table().getByRole('row', { name: new RegExp(name, 'i') })
  readonly invited = () => this.user.page.getByRole('textbox', { name: 'User name or email address' })

  async open(): Promise<this> {
    await this.user.open(this.path())
    return this
  }

  /** Sends the form, whatever comes of it. */
  async sendInvitation(whom: string, role = 'Collaborator'): Promise<void> {
    await this.invited().fill(whom)
    await this.user.page.getByRole('combobox', { name: 'Role', exact: true }).selectOption(role)
    await this.user.page.getByRole('button', { name: 'Invite', exact: true }).click()
  }

  /** Invites somebody; the invitation is there when this ends. */
  async invite(whom: string, role = 'Collaborator'): Promise<void> {
    await this.sendInvitation(whom, role)
    await expect(this.row(whom)).toContainText('Pending')
  }
}

async function accept(user: User, team: string): Promise<void> {
  await user.open('/account/organizations')
  await user.page.getByRole('button', { name: `Accept invitation to ${team}` }).click()
  await expect(user.page.getByRole('heading', { level: 1 })).toHaveText(team)
}

test('who cannot be invited is told at the field', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const team = unique('adatum')
  const other = unique('contoso')
  await anna.addOrganization(team)
  await anna.addOrganization(other)
  const members = await new MembersPage(anna, team).open()
  for (const [whom, why] of [
    ['', /Enter a user name or an email address/],
    ['nobody-of-this-name', /no user of this name/],
    [other, /This is an organization/],
    [anna.name, /a member already/],
    ['a@b', /does not look like an email address/],
  ] as const) {
    await members.sendInvitation(whom)
    await expect(members.invited()).toHaveAccessibleDescription(why)
    await expect(members.invited()).toBeFocused()
  }
  await expectAccessible(anna.page)
})

test('an invitation can be resent, change its role, and be cancelled', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('adatum')
  await anna.addOrganization(team)
  const members = await new MembersPage(anna, team).open()
  await members.invite(ben.name)
  await anna.page.getByRole('button', { name: `Resend invitation to ${ben.name}` }).click()
  await expect.poll(async () => (await server.mails(ben.email)).filter((mail) => mail.kind === 'invitation').length).toBe(2)
  await anna.page.getByRole('combobox', { name: `Role of ${ben.name}` }).selectOption('Administrator')
  await expect(anna.page.getByRole('status')).not.toBeEmpty()
  await members.open()
  await expect(anna.page.getByRole('combobox', { name: `Role of ${ben.name}` })).toHaveValue('administrator')
  await anna.page.getByRole('button', { name: `Cancel invitation to ${ben.name}` }).click()
  await expect(members.row(ben.name)).toHaveCount(0)
  await server.mail(ben.email, 'invitation-cancelled')
  await ben.open('/account/organizations')
  await expect(ben.page.getByRole('button', { name: `Accept invitation to ${team}` })).toHaveCount(0)
})

test('an invited person can decline, and the administrators are told', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('adatum')
  await anna.addOrganization(team)
  await (await new MembersPage(anna, team).open()).invite(ben.name)
  await ben.open('/account/organizations')
  await expectAccessible(ben.page)
  await ben.page.getByRole('button', { name: `Decline invitation to ${team}` }).click()
  await expect(ben.page.getByRole('button', { name: `Accept invitation to ${team}` })).toHaveCount(0)
  await server.mail(anna.email, 'invitation-declined')
})

test('an invitation by address looks the same whether or not an account has the address', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('adatum')
  await anna.addOrganization(team)
  const members = await new MembersPage(anna, team).open()
  const nobody = `${unique('nobody')}@example.com`
  await members.invite(ben.email)
  await members.invite(nobody)
  await expect(members.table().getByRole('link', { name: ben.name })).toHaveCount(0)
  await accept(ben, team)
})

test('the last administrator can neither leave nor step down', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('adatum')
  await anna.addOrganization(team)
  const members = await new MembersPage(anna, team).open()
  await members.invite(ben.name)
  await accept(ben, team)
  await members.open()
  await anna.page.getByRole('combobox', { name: `Role of ${anna.name}` }).selectOption('Collaborator')
  await expect(anna.page.getByText('You are the last administrator. Make somebody else administrator first.').first()).toBeVisible()
  await anna.page.getByRole('button', { name: 'Leave organization' }).click()
  await anna.page.getByRole('dialog').getByRole('button', { name: `Leave ${team}` }).click()
  await expect(anna.page.getByText('You are the last administrator. Make somebody else administrator first.').first()).toBeVisible()
})

test('a role changes at once, and the person is told', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('adatum')
  await anna.addOrganization(team)
  const members = await new MembersPage(anna, team).open()
  await members.invite(ben.name)
  await accept(ben, team)
  await members.open()
  await expectAccessible(anna.page)
  await anna.page.getByRole('combobox', { name: `Role of ${ben.name}` }).selectOption('Administrator')
  await server.mail(ben.email, 'role-changed')
  await ben.open(`/organization/${team}/members`)
  await expect(ben.page.getByRole('button', { name: 'Invite', exact: true })).toBeVisible()
})

test('removing asks first, names whom, and ends every right with the next request', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('adatum')
  await anna.addOrganization(team)
  const members = await new MembersPage(anna, team).open()
  await members.invite(ben.name)
  await accept(ben, team)
  await members.open()
  await anna.page.getByRole('button', { name: `Remove ${ben.name}` }).click()
  const dialog = anna.page.getByRole('dialog')
  await expectAccessible(anna.page)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  await expect(members.row(ben.name)).toHaveCount(1)
  await anna.page.getByRole('button', { name: `Remove ${ben.name}` }).click()
  await dialog.getByRole('button', { name: `Remove ${ben.name}` }).click()
  await expect(members.row(ben.name)).toHaveCount(0)
  await server.mail(ben.email, 'member-removed')
  const answer = await ben.page.goto(`${server.url}/organization/${team}`)
  expect(answer?.status()).toBe(404)
})

test('a collaborator reads the members and changes nothing; a stranger finds nothing; a nobody signs in', async ({ person, visitor, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const carl = await person(unique('carl'))
  const guest = await visitor()
  const team = unique('adatum')
  await anna.addOrganization(team)
  await (await new MembersPage(anna, team).open()).invite(ben.name)
  await accept(ben, team)
  await ben.open(`/organization/${team}/members`)
  await expect(ben.page.getByRole('table', { name: 'Members' }).getByRole('row', { name: anna.name })).toBeVisible()
  await expect(ben.page.getByRole('button', { name: 'Invite', exact: true })).toHaveCount(0)
  await expect(ben.page.getByRole('button', { name: `Remove ${anna.name}` })).toHaveCount(0)
  await expect(ben.page.getByRole('button', { name: 'Leave organization' })).toBeVisible()
  await expectAccessible(ben.page)
  for (const page of ['', '/members', '/packages', '/audit']) {
    expect((await carl.page.goto(`${server.url}/organization/${team}${page}`))?.status()).toBe(404)
    await expect(carl.page.getByRole('heading', { level: 1 })).toHaveText('Not found')
    for (const name of [team, 'nobody-of-this-name']) {
      await guest.page.goto(`${server.url}/organization/${name}${page}`)
      await expect(guest.page).toHaveURL(`${server.url}/sign-in?return=${encodeURIComponent(`/organization/${name}${page}`)}`)
    }
  }
})
