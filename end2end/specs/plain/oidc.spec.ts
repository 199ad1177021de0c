import { expect, identify, test } from '../../fixtures/certified'

test('without script: sign in with a certified provider, link a second sign-in and unlink it', async ({ page, site }) => {
  const { server } = site
  await page.goto(`${server.url}/sign-in?return=%2Faccount`)
  await identify(page, 'Sign in with Example', 'paula')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Create your account')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Account settings')

  await identify(page, 'Link Example', 'paula-at-work')
  await expect(page.getByText('A sign-in with Example is linked to your account.').first()).toBeVisible()
  await page.getByRole('button', { name: 'Unlink Example 2' }).click()
  await expect(page.getByRole('button', { name: /^Unlink/ })).toHaveCount(0)
  await server.mail('paula@people.example.com', 'identity-unlinked')
})

test('without script: whoever says no at the provider is told so', async ({ page, site }) => {
  const { server } = site
  await page.goto(`${server.url}/sign-in`)
  await page.getByRole('button', { name: 'Sign in with Example' }).click()
  await page.getByRole('button', { name: 'Refuse' }).click()
  await expect(page.getByRole('main')).toContainText('The sign-in was cancelled.')
})
