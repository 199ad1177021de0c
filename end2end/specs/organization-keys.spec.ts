import { nupkg } from '../fixtures/package'
import { expect, expectAccessible, test, type User } from '../fixtures/test'

/** The page "API keys of {name}", as an administrator works with it. */
class KeysPage {
  constructor(
    private readonly user: User,
    private readonly team: string,
  ) {}

  readonly article = (key: string) => this.user.page.getByRole('article', { name: key })
  readonly members = () => this.user.page.getByRole('table', { name: "Members' keys" })

  async open(): Promise<this> {
    await this.user.open(`/organization/${this.team}/apikeys`)
    await expect(this.user.page.getByRole('heading', { level: 1 })).toHaveText(`API keys of ${this.team}`)
    return this
  }

  /** Creates a key of the organization; returns its value. */
  async create(name: string): Promise<string> {
    return create(this.user, name)
  }
}

/** Fills the form of the present page; returns the value of the new key. */
async function create(user: User, name: string, owner?: string): Promise<string> {
  const { page } = user
  await page.getByRole('textbox', { name: 'Key name' }).fill(name)
  if (owner !== undefined) await page.getByRole('combobox', { name: 'Package owner' }).selectOption(owner)
  await page.getByRole('checkbox', { name: 'Push' }).check()
  await page.getByRole('textbox', { name: 'Glob pattern' }).fill('*')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  return page.getByRole('textbox', { name: 'New API key' }).inputValue()
}

/** Brings somebody into an organization. */
async function join(by: User, member: User, team: string, role: 'Collaborator' | 'Administrator'): Promise<void> {
  await by.open(`/organization/${team}/members`)
  await by.page.getByRole('textbox', { name: 'User name or email address' }).fill(member.name)
  await by.page.getByRole('combobox', { name: 'Role', exact: true }).selectOption(role)
  await by.page.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(by.page.getByRole('table', { name: 'Members' }).getByRole('row', { name: new RegExp(member.name) })).toContainText('Pending')
  await member.open('/account/organizations')
  await member.page.getByRole('button', { name: `Accept invitation to ${team}` }).click()
  await expect(member.page.getByRole('heading', { level: 1 })).toHaveText(team)
}

async function push(url: string, key: string, id: string, version: string): Promise<Response> {
  const body = new FormData()
  body.append('package', new Blob([new Uint8Array(nupkg({ id, version }))]), 'package.nupkg')
  return fetch(`${url}/api/v2/package/`, { method: 'PUT', headers: { 'X-NuGet-ApiKey': key }, body })
}

test('any administrator makes, sees and rotates an organization key', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('adatum')
  const id = `Team.${unique('x').replaceAll('-', '.')}`
  await anna.addOrganization(team)
  await join(anna, ben, team, 'Administrator')
  const annas = await new KeysPage(anna, team).open()
  await expect(anna.page.getByRole('combobox', { name: 'Package owner' })).toHaveCount(0)
  const first = await annas.create('build')
  await expect(annas.article('build')).toContainText(`Created by ${anna.name}. Shown to ${anna.name}.`)
  await expectAccessible(anna.page)
  expect((await push(server.url, first, id, '1.0.0')).status).toBe(201)
  const mail = await server.mail(ben.email, 'api-key-created')
  expect(mail.link).toBe(`/organization/${team}/apikeys`)

  // The name is taken now, whatever its case.
  await anna.page.getByRole('textbox', { name: 'Key name' }).fill('Build')
  await anna.page.getByRole('checkbox', { name: 'Push' }).check()
  await anna.page.getByRole('textbox', { name: 'Glob pattern' }).fill('*')
  await anna.page.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(anna.page.getByRole('textbox', { name: 'Key name' })).toHaveAccessibleDescription(/Another key has this name/)

  await ben.open(`/organization/${team}`)
  await ben.page.getByRole('navigation', { name: 'Organization' }).getByRole('link', { name: 'API keys' }).click()
  await expect(ben.page.getByRole('heading', { level: 1 })).toHaveText(`API keys of ${team}`)
  const bens = new KeysPage(ben, team)
  await bens.article('build').getByRole('button', { name: 'Regenerate' }).click()
  await ben.page.getByRole('dialog').getByRole('button', { name: 'Regenerate build' }).click()
  const second = await ben.page.getByRole('textbox', { name: 'New API key' }).inputValue()
  await expect(bens.article('build')).toContainText(`Created by ${anna.name}. Shown to ${ben.name}.`)
  expect((await push(server.url, first, id, '1.1.0')).status).toBe(403)
  expect((await push(server.url, second, id, '1.1.0')).status).toBe(201)

  await annas.open()
  await annas.article('build').getByRole('button', { name: 'Revoke' }).click()
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Revoke build' }).click()
  await expect(annas.article('build')).toContainText('Revoked')
  expect((await push(server.url, second, id, '1.2.0')).status).toBe(403)
})

test("a member's key is cut off, and its person learns why", async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('adatum')
  const id = `Cut.${unique('x').replaceAll('-', '.')}`
  await anna.addOrganization(team)
  await join(anna, ben, team, 'Collaborator')
  await ben.open('/account/apikeys')
  const key = await create(ben, 'laptop', team)
  expect((await push(server.url, key, id, '1.0.0')).status).toBe(201)

  const keys = await new KeysPage(anna, team).open()
  const row = keys.members().getByRole('row', { name: /laptop/ })
  await expect(row).toContainText(ben.name)
  expect(await anna.page.content()).not.toContain(key)
  await expectAccessible(anna.page)
  await row.getByRole('button', { name: `Cut off laptop of ${ben.name}` }).click()
  await expectAccessible(anna.page)
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Cut off laptop' }).click()
  await expect(row).toHaveCount(0)
  const refused = await push(server.url, key, id, '1.1.0')
  expect(refused.status).toBe(403)
  expect(await refused.text()).toContain('cut off')
  await server.mail(ben.email, 'api-key-revoked')

  await ben.open('/account/apikeys')
  const article = ben.page.getByRole('article', { name: 'laptop' })
  await expect(article).toContainText('Cut off')
  await expect(article).toContainText(`An administrator of ${team}`)
  await expect(article.getByRole('button', { name: 'Regenerate' })).toHaveCount(0)
  await ben.open('/account/notifications')
  await expect(ben.page.getByText(`cut off from ${team}`)).toBeVisible()
})

test('a collaborator sees the names and nothing else', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const carl = await person(unique('carl'))
  const team = unique('adatum')
  await anna.addOrganization(team)
  await join(anna, ben, team, 'Collaborator')
  await (await new KeysPage(anna, team).open()).create('build')
  await new KeysPage(ben, team).open()
  await expect(ben.page.getByRole('list', { name: 'API keys' }).getByRole('listitem')).toHaveText(['build'])
  await expect(ben.page.getByRole('article')).toHaveCount(0)
  await expect(ben.page.getByRole('button', { name: 'Create', exact: true })).toHaveCount(0)
  await expect(ben.page.getByRole('table', { name: "Members' keys" })).toHaveCount(0)
  await expectAccessible(ben.page)
  expect((await carl.page.goto(`${server.url}/organization/${team}/apikeys`))?.status()).toBe(404)
})

test('whoever removes a member sees which keys to rotate, until it is done', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('adatum')
  const id = `Left.${unique('x').replaceAll('-', '.')}`
  await anna.addOrganization(team)
  await join(anna, ben, team, 'Administrator')
  const build = await (await new KeysPage(ben, team).open()).create('build')
  await ben.open('/account/apikeys')
  const personal = await create(ben, 'laptop', team)
  expect((await push(server.url, personal, id, '1.0.0')).status).toBe(201)

  await anna.open(`/organization/${team}/members`)
  await anna.page.getByRole('button', { name: `Remove ${ben.name}` }).click()
  await anna.page.getByRole('dialog').getByRole('button', { name: `Remove ${ben.name}` }).click()
  const region = anna.page.getByRole('region', { name: `Off-boarding summary of ${ben.name}` })
  await expect(region).toContainText('None any more')
  await expect(region.getByRole('row', { name: /build/ })).toBeVisible()
  await expectAccessible(anna.page)
  expect((await push(server.url, personal, id, '1.1.0')).status).toBe(401)
  expect((await push(server.url, build, id, '1.1.0')).status).toBe(201)
  const members = anna.page.url()

  const keys = await new KeysPage(anna, team).open()
  const notice = `${ben.name}, who is no member any more, knows this value. Regenerate it.`
  await expect(keys.article('build')).toContainText(notice)
  await expectAccessible(anna.page)

  await anna.open(members.replace(server.url, ''))
  await region.getByRole('button', { name: 'Regenerate' }).click()
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Regenerate build' }).click()
  const fresh = await anna.page.getByRole('textbox', { name: 'New API key' }).inputValue()
  await expect(region.getByRole('row', { name: /build/ })).toHaveCount(0)
  expect((await push(server.url, build, id, '1.2.0')).status).toBe(403)
  expect((await push(server.url, fresh, id, '1.2.0')).status).toBe(201)
  await keys.open()
  await expect(keys.article('build')).not.toContainText(notice)
})
