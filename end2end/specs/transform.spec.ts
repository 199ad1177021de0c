import { expect, expectAccessible, test, type User } from '../fixtures/test'

/** The page on which a person transforms their account. */
class TransformPage {
  constructor(private readonly user: User) {}

  readonly administrator = () => this.user.page.getByRole('textbox', { name: 'Administrator' })
  readonly dialog = () => this.user.page.getByRole('dialog')
  readonly cancel = () => this.user.page.getByRole('button', { name: `Cancel transformation of ${this.user.name}` })

  async open(): Promise<this> {
    await this.user.open('/account/transform')
    return this
  }

  /** Fills the form and sends it; the administrator is checked before anything is asked. */
  async name(administrator: string): Promise<void> {
    await this.administrator().fill(administrator)
    await this.user.page.getByRole('button', { name: 'Transform', exact: true }).click()
  }

  /** Asks somebody; the request waits when this ends. */
  async ask(administrator: string): Promise<void> {
    await this.name(administrator)
    await this.dialog().getByRole('button', { name: 'Transform this account' }).click()
    await expect(this.cancel()).toBeVisible()
    await expect(this.user.page.getByRole('main')).toContainText(`A request waits for the answer of ${administrator}`)
  }
}

const accept = (user: User, name: string) => user.page.getByRole('button', { name: `Accept transformation of ${name}` })

test('who cannot become the administrator is told at the field', async ({ person, unique }) => {
  const tara = await person(unique('tara'))
  const anna = await person(unique('anna'))
  const team = unique('adatum')
  await anna.addOrganization(team)
  const page = await new TransformPage(tara).open()
  await expect(tara.page.getByRole('heading', { level: 1 })).toHaveText('Transform your account into an organization')
  await expectAccessible(tara.page)
  for (const [whom, why] of [
    ['', /Enter the user name of the administrator/],
    [anna.email, /Enter a user name, not an email address/],
    ['nobody-of-this-name', /no user of this name/],
    [tara.name, /This is the account itself/],
    [team, /This is an organization/],
  ] as const) {
    await page.name(whom)
    await expect(page.administrator()).toHaveAccessibleDescription(why)
    await expect(page.administrator()).toBeFocused()
    await expect(page.administrator()).toHaveValue(whom)
    await expect(page.dialog()).toBeHidden()
  }
})

test('a request can be thought over, sent, replaced and cancelled, from every page', async ({ person, server, unique }) => {
  const tara = await person(unique('tara'))
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const page = await new TransformPage(tara).open()
  await page.name(anna.name)
  await expect(page.dialog().getByRole('button', { name: 'Transform this account' })).toBeVisible()
  await expectAccessible(tara.page)
  await page.dialog().getByRole('button', { name: 'Cancel' }).click()
  await expect(page.dialog()).toBeHidden()
  await expect(page.administrator()).toHaveValue(anna.name)
  expect(await server.mails(anna.email)).toHaveLength(0)

  await page.ask(anna.name)
  expect((await server.mail(anna.email, 'transform-requested')).link).toBe('/account/organizations')
  expect((await server.mail(tara.email, 'transform-received')).link).toBe('/account/transform')
  await expectAccessible(tara.page)
  await page.ask(ben.name)
  await server.mail(anna.email, 'transform-cancelled')
  await anna.open('/account/organizations')
  await expect(accept(anna, tara.name)).toHaveCount(0)

  await tara.open('/packages')
  await page.cancel().click()
  await expect(page.cancel()).toHaveCount(0)
  await server.mail(ben.email, 'transform-cancelled')
  await ben.open('/account/organizations')
  await expect(accept(ben, tara.name)).toHaveCount(0)
})

test('the administrator rejects, and the account is told', async ({ person, server, unique }) => {
  const tara = await person(unique('tara'))
  const anna = await person(unique('anna'))
  await (await new TransformPage(tara).open()).ask(anna.name)
  await anna.open('/account/organizations')
  await expectAccessible(anna.page)
  await anna.page.getByRole('button', { name: `Reject transformation of ${tara.name}` }).click()
  await expect(accept(anna, tara.name)).toHaveCount(0)
  await server.mail(tara.email, 'transform-rejected')
  await tara.open('/account/notifications')
  await expect(tara.page.getByRole('main')).toContainText(`${anna.name} does not want to become the administrator`)
  await expect(new TransformPage(tara).cancel()).toHaveCount(0)
})

test('accepted, the account is an organization and its sessions end; undone, it is a user again', async ({ person, server, unique }) => {
  const tara = await person(unique('tara'))
  const anna = await person(unique('anna'))
  await (await new TransformPage(tara).open()).ask(anna.name)
  await anna.open('/account/organizations')
  await accept(anna, tara.name).click()
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText(tara.name)
  await server.mail(tara.email, 'transform-accepted')
  await server.mail(anna.email, 'transform-accepted')

  await tara.page.goto(`${server.url}/account/organizations`)
  await expect(tara.page).toHaveURL(`${server.url}/sign-in?return=${encodeURIComponent('/account/organizations')}`)
  await expect(tara.page.getByRole('link', { name: 'Sign in' })).toBeVisible()

  await anna.open(`/organization/${tara.name}/settings`)
  await expectAccessible(anna.page)
  const undo = `Undo transformation of ${tara.name}`
  await anna.page.getByRole('button', { name: undo }).click()
  await anna.page.getByRole('dialog').getByRole('button', { name: undo }).click()
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText('Manage organizations')
  await expect(anna.page.getByRole('status')).toContainText('was undone')
  await server.mail(tara.email, 'transform-undone')
  await tara.signIn()
  await tara.open('/account/organizations')
  await expect(tara.page.getByRole('heading', { level: 1 })).toHaveText('Manage organizations')
})

test('what is in the way is told, with a link to its solution', async ({ person, unique }) => {
  const tara = await person(unique('tara'))
  await tara.addOrganization(unique('adatum'))
  await tara.open('/account/organizations')
  await tara.page.getByRole('link', { name: 'Transform your account into an organization' }).click()
  await expect(tara.page.getByRole('heading', { level: 1 })).toHaveText('Transform your account into an organization')
  await expect(tara.page.getByRole('main')).toContainText('It must leave every organization first.')
  await expect(tara.page.getByRole('textbox', { name: 'Administrator' })).toHaveCount(0)
  await expectAccessible(tara.page)
  await tara.page.getByRole('link', { name: 'See your organizations' }).click()
  await expect(tara.page.getByRole('heading', { level: 1 })).toHaveText('Manage organizations')
})
