import { picture } from '../fixtures/picture'
import { expect, expectAccessible, test, type User } from '../fixtures/test'

/** The settings page of an organization or, without one, of the person's own account. */
class SettingsPage {
  constructor(
    private readonly user: User,
    private readonly team?: string,
  ) {}

  readonly path = () => (this.team ? `/organization/${this.team}/settings` : '/account')
  readonly email = () => this.user.page.getByRole('textbox', { name: 'Email address' })
  readonly button = (name: string) => this.user.page.getByRole('button', { name, exact: true })
  readonly box = (name: string) => this.user.page.getByRole('checkbox', { name })
  readonly list = (name: string) => this.user.page.getByRole('combobox', { name })
  readonly text = (name: string) => this.user.page.getByRole('textbox', { name })

  async open(): Promise<this> {
    await this.user.open(this.path())
    return this
  }

  /** Presses a button and waits until the page says what came of it. */
  async press(button: string, says: string | RegExp): Promise<void> {
    await this.button(button).click()
    await expect(this.user.page.getByRole('status')).toContainText(says)
  }
}

/** Signs in anew, in the same browser, with a second factor. */
async function withSecondFactor(user: User): Promise<void> {
  const { page } = user
  await user.open('/')
  await page.getByRole('button', { name: 'Account menu' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible()
  await user.open('/sign-in')
  await page.getByRole('button', { name: 'Sign in with the development identity' }).click()
  await page.getByRole('textbox', { name: 'User name' }).fill(user.name)
  await page.getByRole('checkbox', { name: 'A second factor was used' }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/dev/'))
  await user.live()
}

test('a person changes their address, and can take it back until it is confirmed', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  await anna.open('/')
  await anna.page.getByRole('button', { name: 'Account menu' }).click()
  await anna.page.getByRole('link', { name: 'Account settings' }).click()
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText('Account settings')
  const settings = new SettingsPage(anna)
  await expect(settings.email()).toHaveValue(anna.email)
  await settings.email().fill('nobody')
  await settings.button('Change email address').click()
  await expect(settings.email()).toHaveAccessibleDescription(/does not look like an email address/)
  await expect(settings.email()).toBeFocused()

  const first = `${unique('first')}@new.example`
  await settings.email().fill(first)
  await settings.press('Change email address', `A mail was sent to ${first}`)
  await expect(anna.page.getByText(`${first} waits for its confirmation`)).toBeVisible()
  await expect(settings.email()).toHaveValue(anna.email)
  await settings.press('Send the mail again', `A mail was sent to ${first}`)
  await expect.poll(async () => (await server.mails(first)).filter((mail) => mail.kind === 'email-confirm').length).toBe(2)
  await settings.press('Cancel address change', 'cancelled')
  await expect(settings.button('Cancel address change')).toHaveCount(0)

  const second = `${unique('second')}@new.example`
  await settings.email().fill(second)
  await settings.press('Change email address', `A mail was sent to ${second}`)
  await expectAccessible(anna.page)
  await anna.open((await server.mail(second, 'email-confirm')).link)
  await anna.page.getByRole('button', { name: 'Confirm' }).click()
  await expect(anna.page.getByRole('status')).toContainText('confirmed')
  await server.mail(anna.email, 'email-changed')
  await settings.open()
  await expect(settings.email()).toHaveValue(second)
})

test('profile, logo and notifications of an organization are saved, each on its own', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const team = unique('adatum')
  await anna.addOrganization(team)
  const settings = new SettingsPage(anna, team)
  await anna.open(`/organization/${team}`)
  await anna.page.getByRole('navigation', { name: 'Organization' }).getByRole('link', { name: 'Settings' }).click()
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText(`Settings of ${team}`)
  await expectAccessible(anna.page)

  // What is typed in one section stays while another one is saved.
  await settings.text('Description').fill('We build\nthings.')
  await settings.box('Notify when a package is published').uncheck()
  await settings.press('Save notifications', 'saved')
  await expect(settings.text('Description')).toHaveValue('We build\nthings.')
  await settings.text('Website').fill('http://adatum.example')
  await settings.button('Save profile').click()
  await expect(settings.text('Website')).toHaveAccessibleDescription(/begins with https/)
  await settings.text('Website').fill('https://adatum.example')
  await settings.press('Save profile', 'The profile is saved.')

  const logo = anna.page.getByLabel('Logo', { exact: true })
  await logo.setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') })
  await settings.button('Save logo').click()
  await expect(logo).toHaveAccessibleDescription(/not a PNG, JPEG or WebP/)
  await logo.setInputFiles(picture)
  await settings.press('Save logo', 'The logo is saved.')
  await expect(settings.button('Remove logo')).toBeVisible()
  expect((await anna.page.request.get(`${server.url}/profiles/${team}/logo`)).headers()['content-type']).toBe('image/png')

  await settings.open()
  await expect(settings.box('Notify when a package is published')).not.toBeChecked()
  await expect(settings.text('Description')).toHaveValue('We build\nthings.')
  await anna.open(`/profiles/${team}`)
  await expect(anna.page.getByText('We build')).toBeVisible()
  await expect(anna.page.getByRole('link', { name: 'adatum.example' })).toBeVisible()
  await expectAccessible(anna.page)

  await settings.open()
  await settings.press('Remove logo', 'The logo is removed.')
  await expect(settings.button('Remove logo')).toHaveCount(0)
})

test('a collaborator finds no settings', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('adatum')
  await anna.addOrganization(team)
  await server.command('member', 'add', team, ben.name, '--role', 'collaborator')
  await ben.open(`/organization/${team}`)
  await expect(ben.page.getByRole('navigation', { name: 'Organization' }).getByRole('link', { name: 'Settings' })).toHaveCount(0)
  expect((await ben.page.goto(`${server.url}/organization/${team}/settings`))?.status()).toBe(404)
})

test('a policy that one does not meet cannot be set; one that is set bars the others', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('adatum')
  await anna.addOrganization(team)
  await server.command('member', 'add', team, ben.name, '--role', 'collaborator')
  const settings = await new SettingsPage(anna, team).open()
  const days = anna.page.getByRole('spinbutton', { name: 'Longest API key lifetime (days)' })
  await days.fill('400')
  await settings.button('Save policies').click()
  await expect(days).toHaveAccessibleDescription(/from 1 to 365/)
  await days.fill('90')
  await settings.box('Members must use a second factor').check()
  await settings.button('Save policies').click()
  const factor = settings.box('Members must use a second factor')
  await expect(factor).toHaveAccessibleDescription(/You do not meet this policy/)
  await expect(factor).toBeFocused()
  await expect(factor).toBeChecked()

  await withSecondFactor(anna)
  await settings.open()
  await expect(days).toHaveValue('')
  await days.fill('90')
  await settings.list('Who may publish new packages').selectOption('Administrators')
  await expect(settings.list('Members must sign in with').locator('option').first()).toHaveText('Any provider')
  await settings.box('Members must use a second factor').check()
  await settings.press('Save policies', 'The policies are saved.')
  await settings.open()
  await expect(days).toHaveValue('90')
  await expect(settings.list('Who may publish new packages')).toHaveValue('administrators')

  expect((await ben.page.goto(`${server.url}/organization/${team}/members`))?.status()).toBe(403)
  await expect(ben.page.getByRole('heading', { level: 1 })).toHaveText(`You do not meet a policy of ${team}`)
  await expect(ben.page.getByText('Members must use a second factor.')).toBeVisible()
  await withSecondFactor(ben)
  await ben.open(`/organization/${team}/members`)
  await expect(ben.page.getByRole('heading', { level: 1 })).toHaveText(`Members of ${team}`)
})

test('an organization is renamed; the old addresses lead to the new ones', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const [old, other, now] = [unique('adatum'), unique('contoso'), unique('fabrikam')]
  await anna.addOrganization(old)
  await anna.addOrganization(other)
  await server.command('member', 'add', old, ben.name, '--role', 'collaborator')
  const settings = await new SettingsPage(anna, old).open()
  const name = settings.text('New organization name')
  const rename = async (to: string) => {
    await name.fill(to)
    await settings.button('Rename organization').click()
    await anna.page.getByRole('dialog').getByRole('button', { name: `Rename ${old}` }).click()
  }
  await rename(other)
  await expect(name).toHaveAccessibleDescription(/not available/)
  await expect(name).toBeFocused()
  await expect(anna.page.getByRole('dialog')).toHaveCount(0)
  // Enter does not pass the question by.
  await name.press('Enter')
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText(`Settings of ${old}`)
  await name.fill(now)
  await settings.button('Rename organization').click()
  await expectAccessible(anna.page)
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await rename(now)
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText(`Settings of ${now}`)
  expect(new URL(anna.page.url()).pathname).toBe(`/organization/${now}/settings`)
  await server.mail(ben.email, 'organization-renamed')

  const answer = await ben.page.request.get(`${server.url}/organization/${old}/members?q=a`, { maxRedirects: 0 })
  expect([answer.status(), answer.headers()['location'], answer.headers()['cache-control']]).toEqual([
    302,
    `/organization/${now}/members?q=a`,
    'no-store',
  ])
  await ben.open(`/profiles/${old}`)
  await expect(ben.page.getByRole('heading', { level: 1 })).toHaveText(now)

  // A live page that still links to the old name gets there, too.
  await ben.open('/account/organizations')
  await ben.page.evaluate((to) => {
    const link = document.querySelector<HTMLAnchorElement>('main th a')
    if (link) link.href = to
  }, `/organization/${old}/members`)
  await ben.page.getByRole('table', { name: 'Organizations' }).getByRole('link', { name: now }).click()
  await expect(ben.page.getByRole('heading', { level: 1 })).toHaveText(`Members of ${now}`)
  expect(new URL(ben.page.url()).pathname).toBe(`/organization/${now}/members`)

  await new SettingsPage(anna, now).open()
  await settings.text('New organization name').fill(old)
  await settings.button('Rename organization').click()
  await anna.page.getByRole('dialog').getByRole('button', { name: `Rename ${now}` }).click()
  await expect(settings.text('New organization name')).toHaveAccessibleDescription(/once in 30 days/)
})
