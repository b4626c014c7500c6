// What a person of WhatsApp can do beside writing, on the page: fill in a Flow of Meta's, keep her
// number to herself, and share it when she is asked.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { chromium } from 'playwright-core';

import { root, startGateway } from './gateway.js';

const reports = join(root, 'build/reports');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let gateway;
let browser;

const circle = {
    name: 'circle',
    dialog: `dialog: circle
about: Joins a savings circle, by a Flow where WhatsApp has one.
starts_on: {words: [circulo]}
flow: {id: "1234567890", ask: circle.at_once}
form:
  - {field: person_name, ask: circle.person_name, expect: name}
  - {field: rhythm, ask: circle.rhythm, choices: [weekly, monthly]}
review: circle.review
then: {say: circle.done, end: true}
`,
    messages: Object.fromEntries([
        ['es', ['Toque para anotarse.', 'Llenar', '¿A nombre de quién?', '¿Cada cuánto?', 'Semana', 'Mes',
            '¿Está bien?', 'Sí', 'Nombre', 'Ritmo', 'Queda anotada.']],
        ['en', ['Tap to sign up.', 'Fill in', 'In whose name?', 'How often?', 'Week', 'Month',
            'Is it right?', 'Yes', 'Name', 'Rhythm', 'You are signed up.']],
        ['fr', ['Touchez pour vous inscrire.', 'Remplir', 'À quel nom ?', 'À quel rythme ?', 'Semaine', 'Mois',
            'Est-ce bon ?', 'Oui', 'Nom', 'Rythme', 'Vous êtes inscrite.']],
    ].map(([language, said]) => [language, ['at_once', 'at_once.open', 'person_name', 'rhythm',
        'rhythm.weekly', 'rhythm.monthly', 'review', 'review.confirm', 'person_name.label', 'rhythm.label', 'done',
    ].map((key, at) => `circle.${key}: ${JSON.stringify(said[at])}`).concat([
        'circle.person_name.label.more: "{answer.person_name}"',
        'circle.rhythm.label.more: "{answer.rhythm}"', '',
    ]).join('\n')])),
};

before(async () => {
    mkdirSync(reports, { recursive: true });
    gateway = await startGateway(circle);
    browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: [
            '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
            '--disable-background-networking', '--disable-component-update', '--disable-sync',
        ],
    });
});

after(async () => {
    await browser?.close();
    await gateway?.stop();
});

async function openPhone(width, height) {
    const page = await browser.newPage({ viewport: { width, height }, locale: 'es' });
    await page.goto(`${gateway.url}/simulator/`);
    return page;
}

async function becomes(page, name) {
    await page.locator('#people button', { hasText: name }).first().click();
    await page.locator('#chat-screen').waitFor({ state: 'visible' });
}

async function writes(page, text) {
    await page.locator('#text').fill(text);
    await page.locator('#composer button[type=submit]').click();
}

const reads = (page, text) => page.locator('#log', { hasText: text }).waitFor({ timeout: 15_000 });

async function fitsAndIsAccessible(page) {
    const wrong = await page.evaluate(() => {
        const found = [];
        if (document.documentElement.scrollWidth > window.innerWidth) found.push('the page scrolls sideways');
        for (const element of document.querySelectorAll('#log *, .bar *, #sheet *')) {
            const box = element.getBoundingClientRect();
            if (box.width > 0 && (box.left < -1 || box.right > window.innerWidth + 1)) {
                found.push(`${element.tagName}.${element.className} sticks out`);
            }
        }
        return found;
    });
    assert.deepEqual(wrong, []);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
        globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'] }));
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
}

for (const [size, width, height, name] of [['desktop', 1280, 800, 'Marta'], ['phone', 360, 740, 'Julia']]) {
    test(`a Flow is filled in at ${size} width`, async () => {
        const page = await openPhone(width, height);
        await becomes(page, name);
        await writes(page, 'circulo');
        await reads(page, 'Toque para anotarse.');
        await page.locator('#log button', { hasText: 'Llenar' }).click();
        const sheet = page.locator('#sheet');
        await sheet.waitFor({ state: 'visible' });
        await fitsAndIsAccessible(page);
        await page.screenshot({ path: join(reports, `phone-flow-${size}.png`) });

        await sheet.locator('textarea').fill('no es un campo');
        await sheet.locator('button', { hasText: 'Enviar' }).click();
        await sheet.waitFor({ state: 'visible' });  // what cannot be a form is not sent

        await sheet.locator('textarea').fill('person_name: Ana López\nrhythm: weekly');
        await sheet.locator('button', { hasText: 'Enviar' }).click();
        const hers = page.locator('.line.mine').last();
        await hers.filter({ hasText: 'Formulario enviado' }).waitFor();
        assert.match(await hers.innerText(), /Ana López/);
        assert.doesNotMatch(await hers.innerText(), /flow_token/);
        await reads(page, '¿Está bien?');
        await page.locator('#log button', { hasText: 'Ver opciones' }).click();  // three: a list
        await sheet.locator('button', { hasText: 'Sí' }).click();
        await reads(page, 'Queda anotada.');
        await fitsAndIsAccessible(page);
        await page.close();
    });
}

test('who hides her number is a stranger until she shares it', async () => {
    const page = await openPhone(360, 740);
    await becomes(page, 'Elena');
    await page.locator('#chat-screen .panel-open').click();
    await page.locator('#number-hidden').check();
    await page.locator('#panel .panel-close').click();
    await writes(page, 'mi numero');
    const share = page.locator('#log button', { hasText: 'Compartir mi número' });
    await share.waitFor({ timeout: 15_000 });
    const before = await page.locator('#log').innerText();
    assert.doesNotMatch(before, /Elena/, 'WhatsApp shows a name, and it proves nothing');
    await page.locator('.line:not(.mine) .ticks.read, .line:not(.mine) .ticks.delivered').last().waitFor();
    await fitsAndIsAccessible(page);
    await share.click();
    const { people } = await (await fetch(`${gateway.url}/simulator/people`)).json();
    const { phone } = people.find((each) => each.name.startsWith('Elena'));
    await page.locator('.line.mine', { hasText: phone }).waitFor();
    // Meta vouches for what its own button shares: no code is asked for.
    await reads(page, 'ya sé que ese número es suyo');
    await page.screenshot({ path: join(reports, 'phone-number-hidden.png') });
    await page.close();
});
