// A village bank of thirty meets in the chat, from the calendar to the signed minutes, over the real
// gateway, whose clock is put forward between its steps; then the page that shows all its phones at once.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { chromium } from 'playwright-core';

import { root, startGateway } from './gateway.js';
import { hallOf } from './meeting_hall.js';
import { agent, backup, group, members, writeBank, writePayments } from './village_bank.js';

const reports = join(root, 'build/reports');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const day = '2026-12-01';
const room = `${group.id}/1`;
const number = (one) => members[one - 1];
const numbers = (...all) => all.map(number);
const [president, treasurer, secretary] = members;
const excused = number(12);
const bySms = number(13);
const late = numbers(20, 21, 22);
const absent = numbers(10, 11);
const inTime = members.filter((one) => one !== excused && !late.includes(one) && !absent.includes(one));
const inRoom = [...inTime, ...late];

let gateway;
let hall;
let browser;
const said = new Map();  // what each has read before the gateway was last started

// The gateway dies and is there again, at a later hour; the telephones on the desk forget.
async function jumpTo(time) {
    for (const who of [agent, backup, ...members]) {
        const lines = [...await hall.chat(who), ...await hall.chat(who, 'sms')];
        said.set(who, [...(said.get(who) ?? []), ...lines]);
    }
    await gateway.restart(`${day}T${time}-06:00,x10`);
}
const each = (people, work) => Promise.all(people.map(work));
const quetzales = (minor) => `Q\\s?${Math.floor(minor / 100)}\\.${String(minor % 100).padStart(2, '0')}`;

before(async () => {
    mkdirSync(reports, { recursive: true });
    gateway = await startGateway(undefined, {
        files: (folder) => writeBank(folder, day), clock: `${day}T07:20:00-06:00,x5`,
    });
    hall = hallOf(gateway);
    browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: [
            '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
            '--disable-background-networking', '--disable-component-update', '--disable-sync',
        ],
    });
});

after(async () => {
    if (hall) await keepChats();
    await browser?.close();
    await gateway?.stop();
});

// So many minutes after the last line of the log that `fits`.
async function jumpPast(fits, minutes) {
    const answer = await fetch(`${gateway.admin}/api/v1/meetings/${room}/log`);
    const line = (await answer.json()).lines.findLast(fits);
    const there = new Date(line.at + minutes * 60_000 - 6 * 3_600_000);
    await jumpTo(there.toISOString().slice(11, 19));
}

// Every chat as it was, to be read by a person.
async function keepChats() {
    const all = [];
    for (const who of [agent, backup, ...members]) {
        const lines = [...said.get(who) ?? [], ...await hall.chat(who), ...await hall.chat(who, 'sms')];
        all.push(`== ${who.name} ${who.id}`);
        for (const one of lines) {
            all.push(`${one.mine ? '>' : '<'} ${one.text}${one.choices.length ? ` [${one.choices.join('] [')}]` : ''}`);
        }
    }
    writeFileSync(join(reports, 'meeting-chats.txt'), all.join('\n'));
}

test('before: made from the calendar, announced, one cannot come', async () => {
    await hall.textsBySms(bySms, 'hola');
    assert.match(gateway.run('meeting', 'create', '--group', group.id), /BC1\/1/);
    await hall.stands(group.id, 'draft');
    gateway.run('meeting', 'act', room, 'schedule', '--by', agent.id);
    await hall.stands(group.id, 'announced');
    await each(members.filter((one) => one !== bySms), (one) => hall.reads(one, /Mariposas/));
    await hall.reads(bySms, /Mariposas/, { channel: 'sms' });
    await hall.taps(excused, /^No puedo/);
    await hall.reads(excused, /justificada/);
    await hall.taps(president, /^Sí/);
    await hall.reads(president, /10:00/);
});

test('roll call: who is here, who is late; a flood, an insult and a balance stay with who wrote them', async () => {
    await jumpTo('09:59:30');
    await hall.reads(agent, /sala de \*Las Mariposas\*/);
    await each(inTime.filter((one) => one !== bySms && one.language === 'es'), (one) => hall.taps(one, /^Presente/));
    await hall.taps(number(29), /^(Here|I am here|Present)/);
    await hall.taps(number(30), /^(Présente|Je suis là)/);
    await hall.textsBySms(bySms, 'presente');
    await each(inTime.filter((one) => one.language === 'es' && one !== bySms), (one) => hall.reads(one, /Bienvenida a la reunión/));
    await hall.taps(agent, /^Empezar/);
    await hall.stands(group.id, 'roll_call');

    const [flooder, rude, open] = numbers(14, 15, 16);
    for (let i = 1; i <= 7; ++i) await hall.says(flooder, `Buenos días número ${i}`);
    await hall.says(rude, 'Esa Petrona es una ladrona');
    await hall.says(open, `Yo ya pagué mis ${(open.owes / 100).toFixed(2)} de cuota`);
    await hall.says(number(18), 'Buenos días, compañeras');
    await hall.reads(number(19), /Buenos días, compañeras/);
    await hall.reads(rude, /lastimar/);
    await hall.reads(open, /privado|aparte|entre usted y yo/);

    await hall.says(agent, 'siguiente');
    await hall.stands(group.id, 'collection');
    await hall.reads(number(19), /Estamos 24:\s+Rosa, Ana/);
});

test('collection: claim, payment seen, cash by two, a hardship; the agent is silent and the backup takes over', async () => {
    const [payer, withCash, inTrouble] = numbers(6, 7, 17);
    await hall.reads(payer, new RegExp(quetzales(payer.owes)));
    await hall.taps(payer, /^Ya pagué/);
    await hall.reads(payer, /foto del comprobante/);
    await hall.sends(payer, onePixel);
    await hall.reads(payer, /ya tengo su comprobante/);
    const files = join(gateway.folder, 'paid');
    writePayments(files, day, [payer, number(23)]);
    gateway.run('import', files);
    await hall.says(treasurer, `efectivo 7 ${(withCash.owes / 100).toFixed(2)}`);
    await hall.reads(treasurer, /Anoté el efectivo de Tomasa/);
    await hall.says(agent, `efectivo 7 ${(withCash.owes / 100).toFixed(2)}`);
    await hall.reads(withCash, /Dos personas contaron/);
    await hall.taps(inTrouble, /^Tengo un problema/);
    await hall.reads(inTrouble, /Queda entre usted y su asesora/);
    await hall.reads(payer, new RegExp(`Ya apareció su pago de \\*${quetzales(payer.owes)}`));
    await hall.reads(number(24), /Pagos recibidos: 3 de 30/);

    await jumpTo('10:12:00');  // late counts from ten, or from when she began after it
    await each(late, (one) => hall.says(one, 'presente'));
    await each(late, (one) => hall.reads(one, /Bienvenida/));
    await each(late, (one) => hall.reads(one, new RegExp(quetzales(one.owes))));

    await jumpPast((one) => one.by === agent.id, 15.3);
    await hall.stands(group.id, 'paused');
    await hall.reads(number(24), /pausa/);
    await hall.taps(backup, /^La tomo/);
    await hall.taps(backup, /^Seguir/);
    await hall.stands(group.id, 'collection');
    await hall.reads(number(24), /Desde ahora modera seño Luisa/);
});

test('a loan is asked for and voted on in secret', async () => {
    const asks = number(8);
    for (const step of ['internal_loans', 'admissions', 'loan_requests']) {
        await hall.says(backup, 'siguiente');
        await hall.stands(group.id, step);
    }
    await hall.says(asks, 'pido 3000 para mercadería');
    await hall.reads(president, /Manuela pide \*Q\s?3,000\.00\*.*mercadería/);
    await hall.says(president, 'votar 1');
    await hall.reads(number(9), /usted no vota/);
    const voters = inRoom.filter((one) => ![asks, number(9), bySms].includes(one) && one.language === 'es');
    const against = numbers(14, 15);
    await each(voters, (one) => hall.taps(one, against.includes(one) ? /^No$/ : /^Sí$/));
    await each(voters, (one) => hall.reads(one, /Su voto está guardado/));
    await hall.says(president, 'cerrar votación 1');
    await hall.reads(asks, new RegExp(`Manuela: ${voters.length - 2} a favor, 2 en contra`));
});

test('training, fines with a reason, closing, minutes signed', async () => {
    await hall.says(backup, 'siguiente');
    await hall.stands(group.id, 'training');
    await hall.reads(number(18), /temporada difícil/);
    await hall.says(number(18), 'En una alcancía');
    await hall.reads(number(19), /alcancía/);
    await hall.says(backup, 'siguiente ya es tarde');
    await hall.stands(group.id, 'fines');
    await hall.says(secretary, 'multa 20');
    await hall.reads(number(20), /multa por llegar tarde es \*Q\s?5\.00\*/);
    await hall.taps(number(20), /^Cuento el motivo/);
    await hall.reads(number(20), /con sus palabras/);
    await hall.says(number(20), 'Se enfermó mi niña');
    await hall.reads(backup, /Se enfermó mi niña/);
    await hall.says(backup, 'siguiente');
    await hall.stands(group.id, 'closing');
    await hall.taps(president, /^De acuerdo/);
    await hall.says(treasurer, 'al banco 2 5');
    await hall.reads(number(24), /Ana y Catarina llevan el dinero/);
    await hall.says(president, 'acuerdo Comprar sillas para el salón');
    await hall.reads(number(24), /Comprar sillas/);
    await hall.says(backup, 'cerrar reunión');
    await hall.stands(group.id, 'minutes_review');
    await each([president, treasurer, secretary], (one) => hall.taps(one, /^Firmar/));
    await each([president, treasurer, secretary], (one) => hall.reads(one, /su firma/));
    await hall.taps(backup, /^Firmar/);
    await hall.stands(group.id, 'closed');

    const tells = number(24);
    await hall.reads(tells, /cómo le pareció la reunión/);
    await hall.taps(tells, /^Me gustó/);
    await hall.reads(tells, /sin su nombre/);
    await hall.taps(tells, /^Contar qué/);
    await hall.reads(tells, /con sus palabras/);
    await hall.says(tells, 'Que empiece más temprano');
    await hall.reads(tells, /Anotado|Anoté|apunté/);
    const told = gateway.run('meeting', 'feedback');
    assert.match(told, /^default {2}version [0-9a-f]{12} {2}meetings 1 {2}present \d+ {2}good 1 {2}so so 0/);
    assert.match(told, /Que empiece más temprano/);
    assert.doesNotMatch(told, new RegExp(tells.name));
});

test('what is not the group’s became cases and claims of those it is of', async () => {
    const { cases } = await (await fetch(`${gateway.admin}/api/v1/cases?all=true`)).json();
    const of = (kind) => cases.filter((one) => one.kind === kind).map((one) => one.client_id);
    assert.deepEqual(of('meeting_hardship'), [number(17).id]);
    assert.deepEqual(of('meeting_conduct'), [number(15).id]);
    assert.deepEqual(of('meeting_privacy'), [number(16).id]);
    const claims = await (await fetch(`${gateway.admin}/api/v1/claims`)).text();
    assert.match(claims, /L06/);
});

test('the minutes say what happened, as data and on paper', async () => {
    const minutes = JSON.parse(gateway.run('meeting', 'minutes', room, '--format', 'json'));
    assert.deepEqual(
        [minutes.present, minutes.late, minutes.absent, minutes.excused],
        [inTime.length, late.length, absent.length, 1]);
    const by = (attendance) => minutes.attended.filter((one) => one.attendance === attendance)
        .map((one) => one.client_id);
    assert.deepEqual(by('late'), late.map((one) => one.id));
    assert.deepEqual(by('excused'), [excused.id]);
    assert.deepEqual(by('absent'), absent.map((one) => one.id));
    const [vote] = minutes.votes;
    assert.deepEqual([vote.subject, vote.no, vote.abstain, vote.outcome], ['Manuela', 2, 0, 'agreed']);
    assert.equal(minutes.agreed[0].amount.minor, 300_000);
    assert.equal(minutes.moderator, backup.name);
    assert.equal(minutes.signatures.length, 4);
    assert.ok(minutes.moderation.insult >= 1 && minutes.moderation.flood >= 1, JSON.stringify(minutes.moderation));
    const file = join(reports, 'meeting-minutes.pdf');
    gateway.run('meeting', 'minutes', room, '--format', 'pdf', '--out', file);
    assert.equal(readFileSync(file).subarray(0, 4).toString(), '%PDF');
    assert.ok(statSync(file).size > 2_000);
    const paper = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    if (paper.status === 0) {
        assert.doesNotMatch(paper.stdout, /nothing_to_do|minutes\./);
        for (const words of ['Las Mariposas', 'Rosa Ajú', 'Manuela', '3,000.00', 'Comprar sillas']) {
            assert.ok(paper.stdout.includes(words), `the paper does not say ${words}`);
        }
    }
});

test('nobody reads what is another’s', async () => {
    const everybody = [agent, backup, ...members];
    const read = new Map();
    await each(everybody, async (who) => {
        const lines = [...await hall.chat(who), ...await hall.chat(who, 'sms')];
        lines.push(...said.get(who));
        read.set(who, lines.filter((one) => !one.mine).map((one) => one.text).join('\n'));
    });
    for (const [who, text] of read) {
        if (who !== agent) assert.doesNotMatch(text, /ladrona/, `${who.name} reads the insult`);
        for (const other of members) {
            // The treasurer and the agent count cash; the agent decides on what was kept back.
            if (other === who || who === agent) continue;
            assert.doesNotMatch(text, new RegExp(quetzales(other.owes)), `${who.name} reads what ${other.name} owes`);
            assert.ok(!text.includes((other.owes / 100).toFixed(2)), `${who.name} reads what ${other.name} owes`);
        }
        if (members.includes(who)) assert.doesNotMatch(text, /enfermó mi niña/, `${who.name} reads a reason`);
        assert.doesNotMatch(text, /meeting\.[a-z_]|moderation\.[a-z_]|\{[a-z]/, `${who.name} reads a key`);
        if (members.includes(who)) assert.doesNotMatch(text, /\b[A-Z]{3} ?\d|\d{4}-\d\d-\d\d/, `${who.name} reads a bare amount or date`);
    }
});

const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

for (const [size, width, height] of [['wide', 1600, 1000], ['phone', 390, 844]]) {
    test(`the page shows the whole bank at ${size} width`, async () => {
        const page = await browser.newPage({ viewport: { width, height }, locale: 'es' });
        await page.goto(`${gateway.url}/simulator/meeting.html#${group.id}`);
        const seats = page.locator('.seat');
        await seats.first().waitFor();
        assert.equal(await seats.count(), members.length + 3);
        await page.locator('#standing', { hasText: 'Cerrada' }).waitFor({ timeout: 40_000 });
        const rosa = page.locator('.seat', { hasText: 'Rosa Ajú' });
        if (size === 'phone') await page.locator('#who').selectOption({ label: 'Rosa Ajú (presidenta)' });
        await rosa.locator('.line').first().waitFor();
        assert.equal(await page.locator('.seat:visible').count() > 1, size === 'wide');
        await rosa.locator('input').fill(`hola, ${size}`);
        await rosa.locator('input').press('Enter');
        await rosa.locator('.line.mine', { hasText: `hola, ${size}` }).waitFor();
        await page.screenshot({ path: join(reports, `meeting-${size}.png`) });
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() =>
            globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'] }));
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
        await page.close();
    });
}
