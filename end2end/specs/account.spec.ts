import { upload } from '../fixtures/package'
import { expect, expectAccessible, test, type User } from '../fixtures/test'

/** Fills in the development identity's page. */
async function identify(user: User, name: string, email: string): Promise<void> {
  const { page } = user
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Development identity')
  await page.getByRole('textbox', { name: 'User name' }).fill(name)
  await page.getByRole('textbox', { name: 'Email address' }).fill(email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/dev/'))
  await user.live()
}

/** Links another development identity on the page "Account settings". */
async function link(user: User, name: string): Promise<void> {
  await user.open('/account')
  await user.page.getByRole('button', { name: 'Link development identity' }).click()
  await identify(user, name, `${name}@people.example.com`.toLowerCase())
  await expect(user.page).toHaveURL(/\/account$/)
}

async function signInAs(user: User, name: string): Promise<void> {
  await user.open('/sign-in')
  await user.page.getByRole('button', { name: 'Sign in with the development identity' }).click()
  await identify(user, name, `${name}@people.example.com`.toLowerCase())
}

test('a second sign-in is linked, opens the account and is unlinked', async ({ person, visitor, server, unique }) => {
  const anna = await person(unique('anna'))
  const other = unique('other')
  await anna.open('/')
  await anna.page.getByRole('button', { name: 'Account menu' }).click()
  await anna.page.getByRole('link', { name: 'Account settings' }).click()
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText('Account settings')
  await expect(anna.page).toHaveTitle('Account settings – Guildhall')
  await expect(anna.page.getByRole('button', { name: /^Unlink/ })).toHaveCount(0)
  await link(anna, other)
  await expect(anna.page.getByRole('status')).toContainText('is linked to your account')
  await expect(anna.page.getByRole('button', { name: 'Unlink development identity', exact: true })).toBeVisible()
  await expect(anna.page.getByRole('button', { name: 'Unlink development identity 2' })).toBeVisible()
  expect((await server.mail(anna.email, 'identity-linked')).link).toBe('/account')
  await expectAccessible(anna.page)

  const elsewhere = await visitor()
  await signInAs(elsewhere, other)
  await elsewhere.page.getByRole('button', { name: 'Account menu' }).click()
  await expect(elsewhere.page.getByText(`Signed in as ${anna.name}`)).toBeVisible()

  await anna.page.getByRole('button', { name: 'Unlink development identity 2' }).click()
  await expect(anna.page.getByRole('button', { name: /^Unlink/ })).toHaveCount(0)
  await server.mail(anna.email, 'identity-unlinked')
  await elsewhere.open('/account')
  await expect(elsewhere.page).toHaveURL(/\/sign-in\?return=/)
})

test('a sign-in of another account is not linked', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  await link(anna, ben.name)
  await expect(anna.page.getByRole('status')).toContainText('belongs to another account')
  await expect(anna.page.getByRole('list', { name: 'Sign-ins' }).getByRole('listitem')).toHaveCount(1)
})

test('a session in another browser is revoked, and its next request is refused', async ({ person, visitor, unique }) => {
  const anna = await person(unique('anna'))
  const elsewhere = await visitor()
  await signInAs(elsewhere, anna.name)
  await anna.open('/account')
  const sessions = anna.page.getByRole('list', { name: 'Sessions' })
  await expect(sessions.getByRole('listitem').filter({ hasText: 'This session' })).toHaveCount(1)
  await expectAccessible(anna.page)
  await sessions.getByRole('button', { name: 'Revoke session 1' }).click()
  await expect(sessions.getByRole('listitem')).toHaveCount(1)
  await elsewhere.page.getByRole('link', { name: 'Upload' }).first().click()
  await expect(elsewhere.page).toHaveURL(/\/sign-in\?return=/)
})

test('what stands in the way of a deletion is told with links, and solved', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const [shared, alone] = [unique('shared'), unique('alone')]
  await anna.addOrganization(shared)
  await anna.addOrganization(alone)
  await server.command('member', 'add', shared, ben.name, '--role', 'collaborator')

  await anna.open('/account')
  await expect(anna.page.getByRole('button', { name: 'Delete account' })).toHaveCount(0)
  await expect(anna.page.getByRole('link', { name: `Delete ${alone}` })).toHaveAttribute('href', `/organization/${alone}/settings`)
  await expectAccessible(anna.page)
  await anna.page.getByRole('link', { name: `Make somebody else administrator of ${shared}` }).click()
  await anna.page.getByRole('combobox', { name: `Role of ${ben.name}` }).selectOption('Administrator')
  await expect(anna.page.getByRole('status')).toContainText(ben.name)

  await anna.open(`/organization/${alone}/settings`)
  await anna.page.getByRole('button', { name: 'Delete organization' }).click()
  const asked = anna.page.getByRole('dialog', { name: `Delete ${alone}?` })
  await expectAccessible(anna.page)
  await asked.getByRole('button', { name: `Delete ${alone}` }).click()
  await expect(anna.page).toHaveURL(/\/account\/organizations$/)
  await expect(anna.page.getByRole('status')).toContainText(`The organization ${alone} is deleted.`)
  await server.mail(anna.email, 'organization-deleted')

  await anna.open('/account')
  await anna.page.getByRole('button', { name: 'Delete account' }).click()
  const dialog = anna.page.getByRole('dialog', { name: `Delete ${anna.name}?` })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  await anna.page.getByRole('button', { name: 'Delete account' }).click()
  await dialog.getByRole('button', { name: `Delete ${anna.name}` }).click()
  await expect(anna.page).toHaveURL(`${server.url}/`)
  await expect(anna.page.getByRole('status')).toContainText(`The account ${anna.name} is deleted.`)
  await expect(anna.page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible()
  await server.mail(anna.email, 'account-deleted')
  expect((await fetch(`${server.url}/profiles/${anna.name}`)).status).toBe(404)

  await ben.open(`/organization/${shared}/members`)
  await expect(ben.page.getByRole('table', { name: 'Members' }).getByRole('row', { name: anna.name })).toHaveCount(0)
  await ben.open(`/organization/${shared}/audit`)
  await expect(ben.page.getByRole('table', { name: 'Audit trail' })).toContainText('deleted account')
})

test('the only owner of a package does not delete the account', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const id = `Only.${unique('x').replaceAll('-', '.')}`
  await anna.open('/packages/manage/upload')
  await anna.page.getByLabel('Choose .nupkg files').setInputFiles([upload({ id, version: '1.0.0' })])
  const draft = anna.page.getByRole('region', { name: `${id} 1.0.0` })
  await draft.getByRole('button', { name: 'Publish' }).click()
  await expect(draft).toContainText('Published')
  await anna.open('/account')
  await expect(anna.page.getByRole('button', { name: 'Delete account' })).toHaveCount(0)
  await anna.page.getByRole('link', { name: `Add an owner to ${id}` }).click()
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText(`Manage ${id}`)
})
