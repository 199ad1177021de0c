import { expect, test } from '../../fixtures/test'

test('without script: link and unlink a sign-in, revoke a session, delete the account', async ({ person, visitor, server, unique }) => {
  const anna = await person(unique('anna'))
  const other = unique('other')
  const { page } = anna
  const identify = async (on: typeof page, name: string) => {
    await on.getByRole('textbox', { name: 'User name' }).fill(name)
    await on.getByRole('textbox', { name: 'Email address' }).fill(`${name}@people.example.com`.toLowerCase())
    await on.getByRole('button', { name: 'Continue' }).click()
  }
  await anna.open('/account')
  await page.getByRole('button', { name: 'Link development identity' }).click()
  await identify(page, other)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Account settings')
  await expect(page.getByRole('status')).toContainText('is linked to your account')

  const elsewhere = await visitor()
  await elsewhere.open('/sign-in')
  await elsewhere.page.getByRole('button', { name: 'Sign in with the development identity' }).click()
  await identify(elsewhere.page, anna.name)
  await anna.open('/account')
  await page.getByRole('button', { name: 'Revoke session 1' }).click()
  await expect(page.getByRole('list', { name: 'Sessions' }).getByRole('listitem')).toHaveCount(1)
  await elsewhere.open('/account/apikeys')
  await expect(elsewhere.page).toHaveURL(/\/sign-in\?return=/)

  await page.getByRole('button', { name: 'Unlink development identity 2' }).click()
  await expect(page.getByRole('button', { name: /^Unlink/ })).toHaveCount(0)
  await expect(page.getByRole('status')).toContainText('is unlinked')

  await page.getByRole('button', { name: 'Delete account' }).click()
  await page.getByRole('button', { name: `Delete ${anna.name}` }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Guildhall')
  await expect(page.getByRole('status')).toContainText(`The account ${anna.name} is deleted.`)
  await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible()
  await server.mail(anna.email, 'account-deleted')
})
