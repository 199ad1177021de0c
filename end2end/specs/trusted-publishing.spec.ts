import { expect, expectAccessible, test, type User } from '../fixtures/test'

/** A page of trusted publishing: one's own, or that of an organization. */
class PoliciesPage {
  constructor(
    private readonly user: User,
    private readonly team?: string,
  ) {}

  readonly article = (policy: string) => this.user.page.getByRole('article', { name: policy })
  readonly members = () => this.user.page.getByRole('table', { name: "Members' policies" })

  async open(): Promise<this> {
    const path = this.team === undefined ? '/account/trusted-publishing' : `/organization/${this.team}/trusted-publishing`
    await this.user.open(path)
    const heading = this.team === undefined ? 'Trusted publishing' : `Trusted publishing of ${this.team}`
    await expect(this.user.page.getByRole('heading', { level: 1 })).toHaveText(heading)
    return this
  }

  /** Fills the form as one does who copies from the browser's address bar. */
  async create(name: string, owner?: string): Promise<void> {
    const { page } = this.user
    const box = (label: string) => page.getByRole('textbox', { name: label, exact: true })
    await box('Policy name').fill(name)
    if (owner !== undefined) await page.getByRole('combobox', { name: 'Package owner' }).selectOption(owner)
    await page.getByRole('combobox', { name: 'Provider' }).selectOption('GitHub')
    await box('Repository owner').fill('https://github.com/contoso/json')
    await box('Workflow file').fill('.github/workflows/release.yml')
    await box('Environment').fill('production')
    await box('Glob pattern').fill('Contoso.*')
    await page.getByRole('button', { name: 'Create policy' }).click()
    await expect(this.article(name)).toBeVisible()
  }
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

test('any administrator makes, changes and deletes a policy of the organization', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('works')
  await anna.addOrganization(team)
  await join(anna, ben, team, 'Administrator')
  const annas = await new PoliciesPage(anna, team).open()
  await expect(anna.page.getByRole('combobox', { name: 'Package owner' })).toHaveCount(0)
  await expectAccessible(anna.page)
  await annas.create('release')
  await expect(anna.page.getByRole('status')).toContainText('The policy release is created.')
  await expect(annas.article('release')).toContainText('GitHub: contoso/json')
  await expect(annas.article('release')).toContainText('Waiting for its first use')
  await expect(annas.article('release')).toContainText(`Created by ${anna.name}.`)
  await expectAccessible(anna.page)

  await ben.open(`/organization/${team}`)
  await ben.page.getByRole('navigation', { name: 'Organization' }).getByRole('link', { name: 'Trusted publishing' }).click()
  await expect(ben.page.getByRole('heading', { level: 1 })).toHaveText(`Trusted publishing of ${team}`)
  const bens = new PoliciesPage(ben, team)
  const article = bens.article('release')
  await article.getByRole('button', { name: 'Edit' }).click()
  const dialog = ben.page.getByRole('dialog')
  await expectAccessible(ben.page)
  await dialog.getByRole('textbox', { name: 'Workflow file' }).fill('pack')
  await dialog.getByRole('button', { name: 'Save policy' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Workflow file' })).toHaveAccessibleDescription(/ends in \.yml/)
  await dialog.getByRole('textbox', { name: 'Workflow file' }).fill('pack.yml')
  await dialog.getByRole('textbox', { name: 'Glob pattern' }).fill('Contoso.Json')
  await dialog.getByRole('button', { name: 'Save policy' }).click()
  await expect(article).toContainText('pack.yml')
  await expect(article).toContainText('Contoso.Json')
  await article.getByRole('button', { name: 'Activate' }).click()
  await expect(ben.page.getByRole('status')).toContainText('The policy is activated.')

  await annas.open()
  await annas.article('release').getByRole('button', { name: 'Delete' }).click()
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Delete release' }).click()
  await expect(annas.article('release')).toHaveCount(0)
  await expect(anna.page.getByText('The organization has no publishing policies yet.')).toBeVisible()
  await anna.open(`/organization/${team}/audit`)
  for (const said of ['Publishing policy created', 'Publishing policy edited', 'Publishing policy deleted']) {
    await expect(anna.page.getByRole('table', { name: 'Audit trail' }).getByText(said).first()).toBeVisible()
  }

  const carl = await person(unique('carl'))
  expect((await carl.page.goto(`${server.url}/organization/${team}/trusted-publishing`))?.status()).toBe(404)
})

test('every wrong field of the form is told at once', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  await new PoliciesPage(anna).open()
  const { page } = anna
  await page.getByRole('checkbox', { name: 'Push' }).uncheck()
  await page.getByRole('button', { name: 'Create policy' }).click()
  const box = (label: string) => page.getByRole('textbox', { name: label, exact: true })
  await expect(box('Policy name')).toBeFocused()
  await expect(box('Policy name')).toHaveAccessibleDescription(/Enter a name/)
  await expect(box('Repository owner')).toHaveAccessibleDescription(/Enter who owns/)
  await expect(box('Workflow file')).toHaveAccessibleDescription(/such as release\.yml/)
  await expect(page.getByRole('group', { name: 'Scopes' })).toHaveAccessibleDescription(/at least one scope/)
  await expect(box('Glob pattern')).toHaveAccessibleDescription(/at least one glob/)
  await expectAccessible(page)
})

test("a person's policy for the organization is seen and cut off by administrators", async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('works')
  await anna.addOrganization(team)
  await join(anna, ben, team, 'Collaborator')
  await ben.open('/')
  await ben.page.getByRole('button', { name: 'Account menu' }).click()
  await ben.page.getByRole('link', { name: 'Trusted publishing' }).click()
  await expect(ben.page.getByRole('heading', { level: 1 })).toHaveText('Trusted publishing')
  const own = new PoliciesPage(ben)
  await own.create('mine', team)
  await expect(own.article('mine')).toContainText(team)

  const annas = await new PoliciesPage(anna, team).open()
  await annas.create('release')
  const row = annas.members().getByRole('row', { name: /mine/ })
  await expect(row).toContainText(ben.name)
  await row.getByRole('button', { name: `Cut off mine of ${ben.name}` }).click()
  await expectAccessible(anna.page)
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Cut off mine' }).click()
  await expect(row).toHaveCount(0)

  await own.open()
  await expect(own.article('mine')).toContainText('Cut off')
  await expect(own.article('mine').getByRole('button', { name: 'Edit' })).toHaveCount(0)
  await new PoliciesPage(ben, team).open()
  await expect(ben.page.getByRole('list', { name: 'Publishing policies' }).getByRole('listitem')).toHaveText(['release'])
  await expect(ben.page.getByRole('button', { name: 'Create policy' })).toHaveCount(0)
  await expectAccessible(ben.page)
})
