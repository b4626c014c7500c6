// An SMSC of npm smpp that measures who binds to it, and the people behind it.
//   node smsc.mjs PORT turns PEOPLE OUTSTANDING SECONDS WINDOW   what PEOPLE write, by talk/five_states.talk;
//                                                  a turn is a message and the answer she was due
//   node smsc.mjs PORT submits COUNT WINDOW        COUNT submits answered, from the first to the last
// It prints one line of JSON and ends. A wrong answer or more under way than WINDOW fails the run.

import fs from 'node:fs';
import {createRequire} from 'node:module';

const smpp = createRequire(new URL('../../peers/', import.meta.url))('smpp');
const [port, what, ...figures] = process.argv.slice(2);

function end(figures) {
    console.log(JSON.stringify(figures));
    process.exit(0);
}
function fail(why) {
    console.error(why);
    process.exit(1);
}

// Counts what is under way, and answers.
class desk {
    constructor(session, window) { Object.assign(this, {session, window, outstanding: 0, ids: 0}); }
    take(pdu) {
        if (++this.outstanding > this.window) fail(`${this.outstanding} under way, ${this.window} allowed`);
        // In the next turn of the loop, so that what came together is under way together.
        setImmediate(() => {
            --this.outstanding;
            this.session.send(pdu.response({message_id: (++this.ids).toString(16)}));
        });
    }
}

function turns(session, people, outstanding, seconds, window) {
    const talk = fs.readFileSync(new URL('../talk/five_states.talk', import.meta.url), 'utf8')
        .split('\n').filter((line) => line.includes('|')).map((line) => {
            const [says, , hears] = line.split('|').map((one) => one.trim());
            return {says, hears};
        });
    const at = new Map();
    const idle = Array.from({length: people}, (_, i) => String(50230000000 + i));
    const took = [];
    const here = new desk(session, window);
    let done = 0, from = 0, begun = 0;
    const write = (person) => {
        const state = at.get(person) ?? {step: 0};
        state.since = performance.now();
        at.set(person, state);
        session.deliver_sm({
            source_addr_ton: 1, source_addr_npi: 1, source_addr: person, destination_addr: '4040',
            data_coding: 0, short_message: talk[state.step].says,
        });
    };
    session.on('submit_sm', (pdu) => {
        here.take(pdu);
        const person = pdu.destination_addr;
        const state = at.get(person);
        const {hears} = talk[state.step];
        if (!pdu.short_message.message.includes(hears)) {
            fail(`"${pdu.short_message.message}" and not "${hears}"`);
        }
        state.step = (state.step + 1) % talk.length;
        ++done;
        if (from > 0) took.push(performance.now() - state.since);
        idle.push(person);
        write(idle.shift());
    });
    for (let i = 0; i < outstanding; ++i) write(idle.shift());
    setTimeout(() => { from = done; begun = performance.now(); }, 1_000);
    setTimeout(() => {
        took.sort((a, b) => a - b);
        end({rate: (done - from) / (performance.now() - begun) * 1_000,
            p50_us: took[took.length >> 1] * 1_000, p99_us: took[Math.floor(took.length * 0.99)] * 1_000});
    }, 1_000 + seconds * 1_000);
}

function submits(session, count, window) {
    const here = new desk(session, window);
    let done = 0, begun = 0;
    session.on('submit_sm', (pdu) => {
        if (done === 0) begun = performance.now();
        here.take(pdu);
        if (++done < count) return;
        const took = performance.now() - begun;
        setTimeout(() => end({rate: count / took * 1_000}), 200);  // the last answers leave
    });
}

const server = smpp.createServer((session) => {
    session.on('error', () => {});
    session.on('enquire_link', (pdu) => session.send(pdu.response()));
    session.on('unbind', (pdu) => session.send(pdu.response()));
    session.on('bind_transceiver', (pdu) => {
        session.socket.setNoDelay(true);
        session.send(pdu.response({system_id: 'SMSC1'}));
        (what === 'turns' ? turns : submits)(session, ...figures.map(Number));
    });
});
server.listen(Number(port), '127.0.0.1');
setTimeout(() => fail('nobody came, or not all of it'), 120_000);
