import { nupkg, upload } from '../fixtures/package'
import { drop } from '../fixtures/drop'
import { expect, expectAccessible, test } from '../fixtures/test'

test('several files at once: a broken one says why and harms no other', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const id = `Upload.${unique('several').replaceAll('-', '.')}`
  await anna.open('/packages/manage/upload')
  await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText('Upload packages')
  await drop(
    anna.page,
    upload({ id: `${id}.One`, version: '1.0.0' }),
    { name: 'broken.nupkg', buffer: Buffer.from('this is no package') },
    upload({ id: `${id}.Two`, version: '2.0.0-beta.1' }),
  )
  const broken = anna.page.getByRole('region', { name: 'broken.nupkg' })
  await expect(broken).toContainText('.')
  await expect(broken.getByRole('button', { name: 'Publish' })).toHaveCount(0)
  const one = anna.page.getByRole('region', { name: `${id}.One 1.0.0` })
  const two = anna.page.getByRole('region', { name: `${id}.Two 2.0.0-beta.1` })
  await expect(one).toContainText('The team')
  await expect(one).toContainText('MIT')
  await expectAccessible(anna.page)
  await two.getByRole('button', { name: 'Publish' }).click()
  await expect(two).toContainText('Published')
  await one.getByRole('button', { name: 'Discard' }).click()
  await expect(one).toHaveCount(0)
  await broken.getByRole('button', { name: 'Discard' }).click()
  await expect(broken).toHaveCount(0)
})

test('coming back finds the unfinished drafts', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const id = `Upload.${unique('draft').replaceAll('-', '.')}`
  await anna.open('/packages/manage/upload')
  await anna.page.getByLabel('Choose .nupkg files').setInputFiles(upload({ id, version: '1.0.0' }))
  await expect(anna.page.getByRole('region', { name: `${id} 1.0.0` })).toBeVisible()
  await anna.open('/')
  await anna.open('/packages/manage/upload')
  await expect(anna.page.getByRole('region', { name: `${id} 1.0.0` })).toBeVisible()
})

test('a version that exists says so and has no Publish', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const id = `Upload.${unique('twice').replaceAll('-', '.')}`
  await anna.open('/packages/manage/upload')
  const input = anna.page.getByLabel('Choose .nupkg files')
  const draft = anna.page.getByRole('region', { name: `${id} 1.0.0` })
  await input.setInputFiles(upload({ id, version: '1.0.0' }))
  await draft.getByRole('button', { name: 'Publish' }).click()
  await expect(draft).toContainText('Published')
  await anna.open('/packages/manage/upload')
  await input.setInputFiles(upload({ id, version: '1.0.0' }))
  await expect(draft).toContainText('exists')
  await expect(draft.getByRole('button', { name: 'Publish' })).toHaveCount(0)
})

test('the owner starts empty when there is a choice, and must be chosen', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const team = unique('team')
  const id = `${unique('Choice').replaceAll('-', '.')}`
  await anna.addOrganization(team)
  await anna.open('/packages/manage/upload')
  await anna.page.getByLabel('Choose .nupkg files').setInputFiles(upload({ id, version: '1.0.0' }))
  const draft = anna.page.getByRole('region', { name: `${id} 1.0.0` })
  const owner = draft.getByRole('combobox', { name: 'Owner' })
  await expect(owner.locator('option:checked')).toHaveText('Select an owner…')
  await draft.getByRole('button', { name: 'Publish' }).click()
  await expect(owner).toHaveAttribute('aria-invalid', 'true')
  await owner.selectOption(team)
  await draft.getByRole('checkbox', { name: 'List in search results' }).uncheck()
  await draft.getByRole('button', { name: 'Publish' }).click()
  await expect(draft).toContainText('Published')
})

test('an upload on its way shows real progress and can be stopped', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const name = `${unique('Slow').replaceAll('-', '.')}.1.0.0.nupkg`
  const devtools = await anna.page.context().newCDPSession(anna.page)
  await anna.open('/packages/manage/upload')
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 200_000,
  })
  const noise = Buffer.alloc(4_000_000, 7)
  await anna.page.getByLabel('Choose .nupkg files').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: noise })
  const region = anna.page.getByRole('region', { name })
  await expect(region.getByRole('progressbar')).toBeVisible()
  await region.getByRole('button', { name: 'Stop' }).click()
  await expect(region.getByRole('progressbar')).toHaveCount(0)
})

test('a README does no harm', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const id = `Readme.${unique('x').replaceAll('-', '.')}`
  const readme = '# Hello\n\n<script>document.title="owned"</script>\n\n<img src=x onerror=alert(1)>\n\n[bad](javascript:alert(1)) ![far](https://example.com/x.png)'
  await anna.open('/packages/manage/upload')
  await anna.page.getByLabel('Choose .nupkg files').setInputFiles(upload({ id, version: '1.0.0', readme }))
  const draft = anna.page.getByRole('region', { name: `${id} 1.0.0` })
  await draft.getByRole('button', { name: 'Publish' }).click()
  await expect(draft).toContainText('Published')
  await anna.open(`/packages/${id}`)
  await expect(anna.page.getByRole('heading', { name: 'Hello' })).toBeVisible()
  await expect(anna.page).toHaveTitle(`${id} – Guildhall`)
  const html = await (await fetch(`${server.url}/packages/${id}`)).text()
  expect(html).not.toContain('onerror')
  expect(html).not.toContain('javascript:')
  await expect(anna.page.getByRole('main').locator('img:not(.picture), script, [href^="javascript"]')).toHaveCount(0)
  await expectAccessible(anna.page)
})

test('the same bytes come out that went in', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const id = `Bytes.${unique('x').replaceAll('-', '.')}`
  await anna.open('/packages/manage/upload')
  await anna.page.getByLabel('Choose .nupkg files').setInputFiles(upload({ id, version: '1.0.0' }))
  const draft = anna.page.getByRole('region', { name: `${id} 1.0.0` })
  await draft.getByRole('button', { name: 'Publish' }).click()
  await expect(draft).toContainText('Published')
  const lower = id.toLowerCase()
  const index = await (await fetch(`${server.url}/v3/index.json`)).json()
  const base = index.resources.find((one: { '@type': string }) => one['@type'] === 'PackageBaseAddress/3.0.0')['@id']
  const bytes = Buffer.from(await (await fetch(`${base}${lower}/1.0.0/${lower}.1.0.0.nupkg`)).arrayBuffer())
  expect(bytes.equals(nupkg({ id, version: '1.0.0' }))).toBe(true)
})
