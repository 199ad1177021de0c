import { expect, expectAccessible, test } from '../fixtures/test'

test('the address of the profile is shown while the name is typed', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  await anna.open('/organization/add')
  await anna.page.getByRole('textbox', { name: 'Organization name' }).fill('Fabrikam')
  await expect(anna.page.getByText(`${server.url}/profiles/Fabrikam`)).toBeVisible()
  await expectAccessible(anna.page)
})

test('every wrong field is told at once, the first gets the focus, and what was typed stays', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  await anna.open('/organization/add')
  const name = anna.page.getByRole('textbox', { name: 'Organization name' })
  const email = anna.page.getByRole('textbox', { name: 'Organization email address' })
  await name.fill('-x')
  await email.fill('nobody')
  await anna.page.getByRole('button', { name: 'Add organization' }).click()
  await expect(name).toHaveAttribute('aria-invalid', 'true')
  await expect(name).toHaveAccessibleDescription(/at least 3 letters/)
  await expect(email).toHaveAttribute('aria-invalid', 'true')
  await expect(email).toHaveAccessibleDescription(/does not look like an email address/)
  await expect(name).toBeFocused()
  await expect(name).toHaveValue('-x')
  await expect(email).toHaveValue('nobody')
  await expectAccessible(anna.page)
})

test('a name that is taken, or looks like one, is told at the name', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const team = unique('fabrikam')
  await anna.addOrganization(team)
  for (const taken of [team, team.toUpperCase(), team.replaceAll('-', '_'), 'Sign-In']) {
    await anna.open('/organization/add')
    const name = anna.page.getByRole('textbox', { name: 'Organization name' })
    await name.fill(taken)
    await anna.page.getByRole('textbox', { name: 'Organization email address' }).fill(`${unique('x')}@example.com`)
    await anna.page.getByRole('button', { name: 'Add organization' }).click()
    await expect(name).toHaveAccessibleDescription(/not available/)
  }
})

test('an address that another account has confirmed is told at the address', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  await anna.open('/organization/add')
  await anna.page.getByRole('textbox', { name: 'Organization name' }).fill(unique('team'))
  const email = anna.page.getByRole('textbox', { name: 'Organization email address' })
  await email.fill(anna.email.toUpperCase())
  await anna.page.getByRole('button', { name: 'Add organization' }).click()
  await expect(email).toHaveAccessibleDescription(/in use by another account/)
})

test('until its address is confirmed, an organization says so and invites nobody', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('northwind')
  await anna.open('/organization/add')
  await anna.page.getByRole('textbox', { name: 'Organization name' }).fill(team)
  await anna.page.getByRole('textbox', { name: 'Organization email address' }).fill(`${team}@example.com`)
  await anna.page.getByRole('button', { name: 'Add organization' }).click()
  await expect(anna.page).toHaveURL(`${server.url}/organization/${team}`)
  await expect(anna.page.getByRole('button', { name: 'Resend confirmation' })).toBeVisible()
  await expectAccessible(anna.page)

  await anna.open(`/organization/${team}/members`)
  await anna.page.getByRole('textbox', { name: 'User name or email address' }).fill(ben.name)
  await anna.page.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(anna.page.getByText(/not confirmed yet/).first()).toBeVisible()

  await anna.open((await server.mail(`${team}@example.com`, 'organization-confirm')).link)
  await anna.page.getByRole('button', { name: 'Confirm' }).click()
  await expect(anna.page.getByRole('status')).toContainText('confirmed')
  await anna.open(`/organization/${team}`)
  await expect(anna.page.getByRole('button', { name: 'Resend confirmation' })).toHaveCount(0)
})

test('opening the link in the mail changes nothing', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const team = unique('litware')
  await anna.open('/organization/add')
  await anna.page.getByRole('textbox', { name: 'Organization name' }).fill(team)
  await anna.page.getByRole('textbox', { name: 'Organization email address' }).fill(`${team}@example.com`)
  await anna.page.getByRole('button', { name: 'Add organization' }).click()
  const mail = await server.mail(`${team}@example.com`, 'organization-confirm')
  await anna.open(mail.link)
  await anna.open(`/organization/${team}`)
  await expect(anna.page.getByRole('button', { name: 'Resend confirmation' })).toBeVisible()
})

test('the empty list of organizations says what to do next', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  await anna.open('/account/organizations')
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText('Manage organizations')
  await anna.page.getByRole('main').getByRole('link', { name: 'Add new organization' }).first().click()
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText('Add organization')
  await anna.page.getByRole('link', { name: 'Cancel' }).click()
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText('Manage organizations')
})
