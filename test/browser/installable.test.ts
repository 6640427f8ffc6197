/** Incident: an app that could not be put on a screen; whoever had an iPhone was woken by nothing. And an icon that told what it was. */
import t from 'tap'
import { IDENTITIES } from '../../dashboard/identity/manifests.ts'
import { Stage } from './stage.ts'

t.test('the app can be installed under each of its three names, in every face that is used at night', async (t) => {
  const stage = await Stage.open(t)
  const phone = await stage.phone({ language: 'fr' })
  await phone.open('/r')
  const cdp = await phone.context.newCDPSession(phone.page)
  for (const [identity, name] of Object.entries(IDENTITIES)) {
    await phone.page.evaluate(`localStorage.setItem('identity', '${identity}')`)
    await phone.page.reload()
    await phone.page.getByRole('heading', { name: 'Veiller sur quelqu’un' }).waitFor()
    const { url, data, errors } = await cdp.send('Page.getAppManifest')
    t.match(url, `/m/${identity}-r-fr.webmanifest`)
    t.same(errors, [], `${name}: its manifest is whole`)
    t.match(JSON.parse(data ?? '{}'), { name, start_url: '/r', lang: 'fr' })
    const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors')
    // A browser in a test has no profile of its own to install into.
    t.same(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), [], `${name}: nothing keeps it from being installed`)
    t.equal(await phone.page.title(), name)
  }
  phone.isSound(t)
})
