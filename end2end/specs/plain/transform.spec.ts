import { expect, test } from '../../fixtures/test'

test('without script: transform an account, cancel, ask again, accept, undo', async ({ person, server, unique }) => {
  const tara = await person(unique('tara'))
  const anna = await person(unique('anna'))
  const administrator = tara.page.getByRole('textbox', { name: 'Administrator' })
  const transform = tara.page.getByRole('button', { name: 'Transform', exact: true })
  const confirm = tara.page.getByRole('button', { name: 'Transform this account' })
  const cancel = tara.page.getByRole('button', { name: `Cancel transformation of ${tara.name}` })

  await tara.open('/account/transform')
  await administrator.fill('nobody-of-this-name')
  await transform.click()
  await expect(administrator).toHaveAccessibleDescription(/no user of this name/)
  await expect(administrator).toHaveValue('nobody-of-this-name')
  await expect(confirm).toBeHidden()
  expect(tara.page.url()).not.toContain('nobody')

  for (const keep of [false, true]) {
    await administrator.fill(anna.name)
    await transform.click()
    await confirm.click()
    await expect(cancel).toBeVisible()
    await expect(tara.page.getByRole('main')).toContainText(`A request waits for the answer of ${anna.name}`)
    if (!keep) {
      await cancel.click()
      await expect(cancel).toHaveCount(0)
    }
  }

  await anna.open('/account/organizations')
  await anna.page.getByRole('button', { name: `Accept transformation of ${tara.name}` }).click()
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText(tara.name)
  await server.mail(tara.email, 'transform-accepted')
  expect((await tara.page.goto(`${server.url}/account/transform`))?.url()).toContain('/sign-in?return=')

  await anna.open(`/organization/${tara.name}/settings`)
  const undo = `Undo transformation of ${tara.name}`
  await anna.page.getByRole('button', { name: undo }).click()
  await anna.page.getByRole('dialog').getByRole('button', { name: undo }).click()
  await expect(anna.page.getByRole('status')).toContainText('was undone')
  await server.mail(tara.email, 'transform-undone')
})
