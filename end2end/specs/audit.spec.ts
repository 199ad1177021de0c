import { readFile } from 'node:fs/promises'
import { expect, expectAccessible, test, type User } from '../fixtures/test'

/** The audit trail of an organization, as somebody looks for something in it. */
class AuditTrail {
  constructor(
    private readonly user: User,
    private readonly team: string,
  ) {}

  readonly table = () => this.user.page.getByRole('table', { name: 'Audit trail' })
  readonly rows = () => this.table().locator('tbody').getByRole('row')
  readonly box = (name: string) => this.user.page.getByRole('textbox', { name, exact: true })
  readonly choice = (name: string) => this.user.page.getByRole('combobox', { name, exact: true })

  async open(query = ''): Promise<this> {
    await this.user.open(`/organization/${this.team}/audit${query}`)
    return this
  }

  async filter(): Promise<void> {
    await this.user.page.getByRole('button', { name: 'Filter', exact: true }).click()
  }

  /** Saves one of the files and reads it. */
  async download(kind: 'CSV' | 'JSON'): Promise<string> {
    const coming = this.user.page.waitForEvent('download')
    await this.user.page.getByRole('link', { name: `Download ${kind}` }).click()
    const download = await coming
    expect(download.suggestedFilename()).toBe(`${this.team}-audit.${kind.toLowerCase()}`)
    return readFile(await download.path(), 'utf8')
  }
}

async function withCollaborator(anna: User, ben: User, team: string): Promise<void> {
  await anna.addOrganization(team)
  await anna.open(`/organization/${team}/members`)
  await anna.page.getByRole('textbox', { name: 'User name or email address' }).fill(ben.name)
  await anna.page.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(anna.page.getByRole('table', { name: 'Members' }).getByRole('row', { name: new RegExp(ben.name) })).toContainText('Pending')
  await ben.open('/account/organizations')
  await ben.page.getByRole('button', { name: `Accept invitation to ${team}` }).click()
  await expect(ben.page.getByRole('heading', { level: 1 })).toHaveText(team)
}

test('a trail is filtered by member, action, text and day, and the address keeps the filter', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('adatum')
  await withCollaborator(anna, ben, team)
  const trail = await new AuditTrail(anna, team).open()
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText(`Audit trail of ${team}`)
  const all = await trail.rows().count()
  expect(all).toBeGreaterThan(3)
  await expectAccessible(anna.page)

  await trail.choice('Member').selectOption(ben.name)
  await trail.filter()
  await expect(anna.page).toHaveURL(new RegExp(`\\?member=${ben.name}$`))
  await expect(trail.rows()).toHaveCount(2)
  await trail.choice('Action').selectOption('invitation.accepted')
  await trail.filter()
  await expect(trail.rows()).toHaveCount(1)
  await expect(trail.rows().first()).toContainText('Invitation accepted')

  await anna.page.goBack()
  await expect(trail.rows()).toHaveCount(2)
  await expect(trail.choice('Action')).toHaveValue('')
  await trail.choice('Member').selectOption('')
  await trail.box('Search').fill('COLLABORATOR')
  await trail.filter()
  await expect(trail.rows().first()).toContainText('Collaborator', { ignoreCase: true })
  const today = new Date().toISOString().slice(0, 10)
  await trail.box('From').fill(today)
  await trail.box('To').fill(today)
  await trail.filter()
  await expect(anna.page).toHaveURL(new RegExp(`from=${today}&to=${today}`))
  await expect(trail.rows().first()).toBeVisible()
  await trail.box('Search').fill('nothing has this text')
  await trail.filter()
  await expect(anna.page.getByText('No event fits here.')).toBeVisible()
  await expectAccessible(anna.page)
  await anna.page.getByRole('link', { name: 'show all events' }).click()
  await expect(trail.rows()).toHaveCount(all)
})

test('a day that is none is told at its field', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const team = unique('adatum')
  await anna.addOrganization(team)
  const trail = await new AuditTrail(anna, team).open()
  await trail.box('From').fill('yesterday')
  await trail.filter()
  await expect(trail.box('From')).toHaveAccessibleDescription(/Write the day as/)
  await expect(trail.box('From')).toHaveValue('yesterday')
  await expect(trail.box('From')).toHaveAttribute('aria-invalid', 'true')
  await expectAccessible(anna.page)
})

test('the files carry the filter, and a collaborator gets what they may see', async ({ person, visitor, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const carl = await person(unique('carl'))
  const guest = await visitor()
  const team = unique('adatum')
  await withCollaborator(anna, ben, team)
  const trail = await new AuditTrail(anna, team).open(`?member=${anna.name}`)
  const csv = await trail.download('CSV')
  const lines = csv.split('\r\n')
  expect(lines[0]).toBe('time,actor,account,action,subject,before,after,credential,address,user_agent')
  expect(lines.slice(1, -1).every((line) => line.split(',')[1] === anna.name)).toBe(true)
  const events = JSON.parse(await trail.download('JSON')) as { action: string; time: string }[]
  expect(events.map((event) => event.action)).toContain('organization.created')
  expect(events.every((event) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(event.time))).toBe(true)

  const partly = await new AuditTrail(ben, team).open()
  await expect(ben.page.getByText('As a collaborator you see')).toBeVisible()
  await expect(partly.choice('Action').getByRole('option', { name: 'Invitation sent', exact: true })).toHaveCount(1)
  await expect(partly.choice('Action').getByRole('option', { name: 'API key created' })).toHaveCount(0)
  const seen = JSON.parse(await partly.download('JSON')) as { action: string }[]
  expect(seen.every((event) => /^(package|ownership|invitation|member)\./.test(event.action))).toBe(true)
  expect(seen.length).toBeGreaterThan(0)

  const file = `/organization/${team}/audit.csv`
  expect((await carl.page.goto(`${server.url}${file}`))?.status()).toBe(404)
  await guest.page.goto(`${server.url}${file}`)
  await expect(guest.page).toHaveURL(`${server.url}/sign-in?return=${encodeURIComponent(file)}`)
})
