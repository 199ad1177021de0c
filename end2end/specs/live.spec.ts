import { nupkg } from '../fixtures/package'
import { expect, test, type User } from '../fixtures/test'
import type { Server } from '../fixtures/server'

/** A change must be shown within 5 s (product contract, section 8). */
const soon = { timeout: 5_000 }

/** Notes in the page that it was not loaded again. */
async function mark(user: User): Promise<void> {
  await user.page.evaluate(() => Object.assign(window, { neverLoadedAgain: true }))
}

async function wasNotLoadedAgain(user: User): Promise<void> {
  expect(await user.page.evaluate(() => 'neverLoadedAgain' in window)).toBe(true)
}

/** Opens a page of an organization that will not be loaded again. */
async function watch(user: User, path: string): Promise<void> {
  await user.open(path)
  await mark(user)
}

const members = (user: User) => user.page.getByRole('table', { name: 'Members' })
const row = (user: User, name: string) => members(user).getByRole('row', { name: new RegExp(name) })

async function pushWithNewKey(server: Server, team: string, id: string): Promise<void> {
  const name = `ci-${id}`
  const made = await server.command('api-key', 'create', '--account', team, '--owner', team, '--name', name, '--scope', 'push', '--glob', '*', '--expires-days', '30')
  const body = new FormData()
  body.append('package', new Blob([new Uint8Array(nupkg({ id, version: '1.0.0' }))]), 'package.nupkg')
  const answer = await fetch(`${server.url}/api/v2/package`, { method: 'PUT', headers: { 'X-NuGet-ApiKey': made.trim() }, body })
  expect(answer.status).toBe(201)
}

/** Anna's organization with Ben as its collaborator. */
async function team(anna: User, ben: User, server: Server, name: string): Promise<void> {
  await anna.addOrganization(name)
  await server.command('member', 'add', name, ben.name, '--role', 'collaborator')
}

test('an invitation, its answer, a role and a removal show in both browsers at once', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const name = unique('live')
  await anna.addOrganization(name)
  await watch(ben, '/account/organizations')
  await watch(anna, `/organization/${name}/members`)

  await anna.page.getByRole('textbox', { name: 'User name or email address' }).fill(ben.name)
  await anna.page.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(row(anna, ben.name)).toContainText('Pending')
  const accept = ben.page.getByRole('button', { name: `Accept invitation to ${name}` })
  await expect(accept).toBeVisible(soon)
  await expect(ben.page.getByRole('link', { name: 'Notifications, 1 unread' })).toBeVisible(soon)

  await accept.click()
  await expect(ben.page.getByRole('heading', { level: 1 })).toHaveText(name)
  await expect(row(anna, ben.name)).not.toContainText('Pending', soon)
  await ben.page.getByRole('navigation', { name: 'Organization' }).getByRole('link', { name: 'Members' }).click()
  await expect(row(ben, anna.name)).toBeVisible()
  await expect(ben.page.getByRole('button', { name: 'Invite', exact: true })).toHaveCount(0)

  await anna.page.getByRole('combobox', { name: `Role of ${ben.name}` }).selectOption('Administrator')
  await expect(ben.page.getByRole('button', { name: 'Invite', exact: true })).toBeVisible(soon)
  await expect(ben.page.getByRole('navigation', { name: 'Organization' }).getByRole('link', { name: 'Settings' })).toBeVisible()

  // Now the other way round.
  await ben.page.getByRole('combobox', { name: `Role of ${anna.name}` }).selectOption('Collaborator')
  await expect(anna.page.getByRole('button', { name: 'Invite', exact: true })).toHaveCount(0, soon)
  await ben.page.getByRole('button', { name: `Remove ${anna.name}` }).click()
  await ben.page.getByRole('dialog').getByRole('button', { name: `Remove ${anna.name}` }).click()
  await expect(row(ben, anna.name)).toHaveCount(0)
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText('Not found', soon)
  await wasNotLoadedAgain(anna)
  await wasNotLoadedAgain(ben)
})

test('a package, a key and the audit trail show what the other does', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const name = unique('live')
  const id = `Live.${unique('x').replaceAll('-', '.')}`
  await team(anna, ben, server, name)
  await server.command('member', 'add', name, (await person(unique('carl'))).name, '--role', 'administrator')

  await watch(ben, `/organization/${name}/packages`)
  await watch(anna, `/organization/${name}/apikeys`)
  await pushWithNewKey(server, name, id)
  await expect(ben.page.getByRole('link', { name: id })).toBeVisible(soon)
  const article = anna.page.getByRole('article', { name: `ci-${id}` })
  await expect(article).toContainText('Active', soon)

  await ben.page.getByRole('navigation', { name: 'Organization' }).getByRole('link', { name: 'Audit trail' }).click()
  await expect(ben.page.getByRole('heading', { level: 1 })).toHaveText(`Audit trail of ${name}`)
  await server.command('api-key', 'revoke', '--account', name, '--name', `ci-${id}`)
  await expect(article).toContainText('Revoked', soon)
  await pushWithNewKey(server, name, `${id}.More`)
  await expect(ben.page.getByRole('table', { name: 'Audit trail' })).toContainText(`${id}.More`, soon)

  // Overview, settings and a package's own page follow too.
  await watch(ben, `/organization/${name}`)
  await watch(anna, `/packages/${id}/manage`)
  await pushWithNewKey(server, name, `${id}.Third`)
  await expect(ben.page.locator('.card', { hasText: 'Packages' })).toContainText('3', soon)
  await ben.open(`/packages/${id}/manage`)
  await ben.page.getByRole('button', { name: 'Unlist 1.0.0' }).click()
  await expect(anna.page.getByRole('button', { name: 'Relist 1.0.0' })).toBeVisible(soon)
  await wasNotLoadedAgain(anna)
})

test('a transformation shows in both browsers at once', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const bot = await person(unique('team'))
  await watch(anna, '/account/organizations')
  await bot.open('/account/transform')
  await bot.page.getByRole('textbox', { name: 'Administrator' }).fill(anna.name)
  await bot.page.getByRole('button', { name: 'Transform', exact: true }).click()
  await bot.page.getByRole('dialog').getByRole('button', { name: 'Transform this account' }).click()
  await expect(bot.page.getByRole('button', { name: `Cancel transformation of ${bot.name}` })).toBeVisible()
  const accept = anna.page.getByRole('button', { name: `Accept transformation of ${bot.name}` })
  await expect(accept).toBeVisible(soon)
  await bot.open('/account/organizations')
  await accept.click()
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText(bot.name)
  // The account's sessions are over: its open page asks to sign in.
  await expect(bot.page.getByRole('heading', { level: 1 })).toHaveText('Sign in', soon)
  await wasNotLoadedAgain(anna)
})

test('what is typed, chosen and open stays while others change things', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const name = unique('live')
  const id = `Typed.${unique('x').replaceAll('-', '.')}`
  await team(anna, ben, server, name)
  await pushWithNewKey(server, name, id)

  await watch(anna, `/organization/${name}/members`)
  const invited = anna.page.getByRole('textbox', { name: 'User name or email address' })
  await invited.fill('somebody@exam')
  await server.command('member', 'add', name, (await person(unique('carl'))).name, '--role', 'collaborator')
  await expect(members(anna).getByRole('row')).toHaveCount(4, soon)
  await expect(invited).toHaveValue('somebody@exam')
  await expect(invited).toBeFocused()
  await invited.pressSequentially('ple.com')
  await expect(invited).toHaveValue('somebody@example.com')

  // A dialog in a row that changes while somebody types in it.
  await watch(anna, `/organization/${name}/apikeys`)
  const article = anna.page.getByRole('article', { name: `ci-${id}` })
  await article.getByText('Why can this key push?').click()
  await article.getByRole('button', { name: 'Edit' }).click()
  const globs = article.getByRole('textbox', { name: 'Glob pattern' })
  await globs.fill('Typed.*')
  const dora = await person(unique('dora'))
  await server.command('member', 'add', name, dora.name, '--role', 'administrator')
  await dora.open(`/organization/${name}/apikeys`)
  await dora.page.getByRole('article', { name: `ci-${id}` }).getByRole('button', { name: 'Regenerate' }).click()
  await dora.page.getByRole('dialog').getByRole('button', { name: 'Regenerate' }).click()
  await expect(dora.page.getByRole('textbox', { name: 'New API key' })).toBeVisible()
  await expect(article).toContainText(`Shown to ${dora.name}.`, soon)
  await expect(globs).toBeVisible()
  await expect(globs).toHaveValue('Typed.*')
  await globs.press('Enter')
  await expect(article.getByText('Typed.*', { exact: true })).toBeVisible()

  // Selected rows stay selected.
  await watch(anna, `/packages/${id}/manage`)
  await anna.page.getByRole('checkbox', { name: 'Select 1.0.0' }).check()
  await ben.open(`/packages/${id}/manage`)
  await ben.page.getByRole('button', { name: 'Unlist 1.0.0' }).click()
  await expect(anna.page.getByRole('button', { name: 'Relist 1.0.0' })).toBeVisible(soon)
  await expect(anna.page.getByRole('checkbox', { name: 'Select 1.0.0' })).toBeChecked()
  await wasNotLoadedAgain(anna)
})

test('signing out ends what the other tabs show', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const name = unique('live')
  await anna.addOrganization(name)
  await watch(anna, `/organization/${name}/members`)
  const other = await anna.page.context().newPage()
  await other.goto(new URL('/', anna.page.url()).href)
  await expect(other.locator('html[data-hydrated]')).toHaveCount(1)
  await other.getByRole('button', { name: 'Account menu' }).click()
  await other.getByRole('button', { name: 'Sign out' }).click()
  await expect(other.getByRole('link', { name: 'Sign in' })).toBeVisible()
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText('Sign in', soon)
  expect(anna.page.url()).toContain(encodeURIComponent(`/organization/${name}/members`))
})

test('pages go on following when the server comes back, and what is typed stays', async ({ ownServer }) => {
  const { server, person } = ownServer
  const anna = await person('anna')
  const ben = await person('ben')
  await team(anna, ben, server, 'live')
  await watch(anna, '/organization/live/members')
  const invited = anna.page.getByRole('textbox', { name: 'User name or email address' })
  await invited.fill('carl')
  const carl = await person('carl')
  await server.restart()
  // What happened while nobody could listen.
  await server.command('member', 'add', 'live', carl.name, '--role', 'collaborator')
  await expect(row(anna, 'carl')).toBeVisible({ timeout: 10_000 })
  await server.command('member', 'remove', 'live', 'ben')
  await expect(row(anna, 'ben')).toHaveCount(0, soon)
  await expect(invited).toHaveValue('carl')
  await wasNotLoadedAgain(anna)
})
