// The telephones of a meeting, by the simulator's doors: what somebody says, taps and reads.

import assert from 'node:assert/strict';

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// The choices under a message: [{title, say}], `say` as she would send it.
function choicesOf(message) {
    const content = message[message.type] ?? {};
    if (message.type === 'template') {
        return (content.components ?? [])
            .filter((each) => each.type === 'button' && each.sub_type === 'quick_reply')
            .map((each) => {
                const text = content.shown?.buttons?.[Number(each.index)] ?? '';
                const payload = String(each.parameters?.[0]?.payload ?? each.index);
                return { title: text, say: { type: 'button', button: { payload, text } } };
            });
    }
    if (message.type !== 'interactive') return [];
    const reply = (type) => ({ id, title }) => ({
        title, say: { type: 'interactive', interactive: { type, [type]: { id, title } } },
    });
    if (content.type === 'button') return content.action.buttons.map((each) => reply('button_reply')(each.reply));
    if (content.type === 'list') {
        return content.action.sections.flatMap((each) => each.rows).map(reply('list_reply'));
    }
    return [];
}

function textOf(message) {
    const content = message[message.type] ?? {};
    if (message.type === 'interactive') {
        return (content.button_reply ?? content.list_reply)?.title ?? content.body?.text ?? '';
    }
    if (message.type === 'template') return content.shown?.body ?? `[${content.name}]`;
    return content.body ?? content.text ?? content.caption ?? `[${message.type}]`;
}

export function hallOf(gateway) {
    const ask = async (path, body) => {
        const answer = await fetch(`${gateway.url}/simulator/${path}`, body && {
            method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
        });
        const said = await answer.json();
        assert.ok(answer.ok, `${path}: ${JSON.stringify(said)}`);
        return said;
    };
    const messages = async (who, channel = 'whatsapp') =>
        (await ask(`chat?phone=${who.phone}&channel=${channel}`)).messages;

    const hall = {
        // Her chat as lines: {mine, text, choices}.
        async chat(who, channel) {
            return (await messages(who, channel)).map((each) => ({
                mine: each.mine, at: each.at, status: each.status, text: textOf(each.message),
                choices: each.mine ? [] : choicesOf(each.message).map(({ title }) => title),
            }));
        },
        says: (who, text) => ask('say', { phone: who.phone, message: { type: 'text', text: { body: text } } }),
        textsBySms: (who, text) => ask('sms/say', { phone: who.phone, text }),
        sends: (who, data) => ask('say', { phone: who.phone, message: { type: 'image', image: { data, caption: '' } } }),
        // Until something we wrote to her fits; the newest of it.
        async reads(who, words, { channel = 'whatsapp', within = 12_000 } = {}) {
            for (const until = Date.now() + within; ;) {
                const lines = (await hall.chat(who, channel)).filter((each) => !each.mine);
                const found = lines.findLast((each) => words.test(each.text));
                if (found) return found.text;
                assert.ok(Date.now() < until, `${who.name} does not read ${words}; last: ${
                    lines.slice(-3).map((each) => each.text).join(' | ')}`);
                await sleep(120);
            }
        },
        // The newest choice of that title; once it is there.
        async taps(who, title, within = 12_000) {
            for (const until = Date.now() + within; ;) {
                const all = (await messages(who)).filter((each) => !each.mine);
                for (const each of all.reverse()) {
                    const choice = choicesOf(each.message).find((one) => title.test(one.title));
                    if (choice) {
                        await ask('say', { phone: who.phone, message: choice.say, reply_to: each.id });
                        return;
                    }
                }
                assert.ok(Date.now() < until, `${who.name} is offered no ${title}; last: ${
                    all.slice(0, 2).map((each) => textOf(each.message)).join(' | ')}`);
                await sleep(120);
            }
        },
        standing: async (bank) => (await ask(`standing?bank=${bank}`)).meeting,
        async stands(bank, state, within = 15_000) {
            for (const until = Date.now() + within; ;) {
                const now = await hall.standing(bank);
                if (now?.state === state) return now;
                assert.ok(Date.now() < until, `the meeting is not in ${state}: ${JSON.stringify(now)}`);
                await sleep(150);
            }
        },
    };
    return hall;
}
