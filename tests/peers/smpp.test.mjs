// A real SMSC (npm smpp) between telephones and us: messages and receipts both ways, long ones in
// parts, and what an SMSC does to its customers: throttling, hanging up, refusing them.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";

import { binary, free_ports, listens, metric, pause, place, root, until } from "./common.mjs";
import { make_certificate, queue_full, smsc, throttled } from "./smsc.mjs";

const choices = /1\. /;
const clock = { timeout: 180_000 };
const window = 3;

class town extends place {
    constructor() { super("smpp"); }

    // udh: as most are. sar: by TLS, its long messages by SAR fields. wrong: does not know our password.
    async start() {
        const [udh, sar, wrong, gateway, gateway_admin] = await free_ports(5);
        Object.assign(this, { ports: { udh, sar, wrong }, gateway, gateway_admin });
        const certificate = make_certificate(this.folder, fs, path);
        this.udh = new smsc({ window });
        this.sar = new smsc({ window, tls: certificate.options });
        this.wrong = new smsc({ password: "other" });
        await this.udh.listen(udh);
        await this.sar.listen(sar);
        await this.wrong.listen(wrong);
        this.write_config(certificate.file);
        execFileSync(binary, ["import", "--config", this.file("tertulia.yaml"), "--demo"]);
        await this.serve();
    }

    async serve() {
        this.serving = this.run(binary, ["serve", "--config", this.file("tertulia.yaml")]);
        await until("tertulia", () => listens(this.gateway));
        await until(() => `bound; ${this.serving.said}`, () => this.udh.bound && this.sar.bound);
    }

    // The shipped one, with SMPP channels and nothing else.
    write_config(authorities) {
        const shipped = path.join(root, "config");
        const all = `type: smpp, system_id: gwtest, from: "4040", window: ${window}, enquire_link: 5,
     rate: 500/s, pair_rate: 600/min, pair_burst: 100, unknown_wait: 2`;
        fs.writeFileSync(this.file("tertulia.yaml"), `
institution: {name: Las Ceibas, country: GT, time_zone: America/Guatemala, currency: GTQ, languages: [es, en, fr],
  assistant: {name: Ceibita, picture: assistant.png}}
server: {listen: "127.0.0.1:${this.gateway}", admin: "127.0.0.1:${this.gateway_admin}"}
store: sqlite:tertulia.db
dialogs: ${shipped}/dialogs
messages: ${shipped}/messages
lint: ${shipped}/lint.yaml
nudges: ${shipped}/nudges
meetings: ${shipped}/meetings
channels:
  - {name: udh, password: secret1, host: 127.0.0.1, port: ${this.ports.udh}, ${all}}
  - {name: sar, password: secret1, host: localhost, port: ${this.ports.sar}, tls: true,
     certificate_authorities: ${path.basename(authorities)}, long_form: sar, ${all}}
  - {name: wrong, password: secret1, host: 127.0.0.1, port: ${this.ports.wrong}, ${all}}
`.trimStart());
    }

    async hears(at, number, pattern, within) {
        const told = () => at.told(number).map((one) => one.text);
        await until(() => `${number} hears ${pattern}; heard: ${told().join(" | ")}; ${this.serving.said.slice(-2000)}`,
            () => told().some((text) => pattern.test(text)), within);
        return at.told(number).find((one) => pattern.test(one.text));
    }

    statuses(channel, status) {
        return metric(this.gateway_admin, `tertulia_statuses_total{channel="${channel}",status="${status}"}`);
    }
    menus(at, number) { return at.told(number).filter((one) => choices.test(one.text)).length; }
}

let people = 50255560000;
const somebody = () => String(++people);

// "menu" in three parts, as the two kinds of SMSC hand them over.
const thirds = ["m", "e", "nu"];
const by_udh = (reference) => thirds.map((message, i) => ({
    short_message: { udh: Buffer.from([5, 0, 3, reference, 3, i + 1]), message }, esm_class: 0x40,
}));
const by_sar = (reference) => thirds.map((short_message, i) => ({
    short_message, sar_msg_ref_num: reference, sar_total_segments: 3, sar_segment_seqnum: i + 1,
}));

test("smpp", clock, async (t) => {
    const here = new town();
    t.after(async () => {
        await here.stop();
        for (const one of [here.udh, here.sar, here.wrong]) await one?.close();
    });
    await here.start();

    await t.test("who asks by SMS is answered there, plainly and through TLS", async () => {
        assert.equal(here.udh.binds.at(-1).system_id, "gwtest");
        const delivery = here.udh.types("50255500101", "menu");
        await here.hears(here.udh, "50255500101", choices);
        await delivery.taken;
        assert.deepEqual(delivery.statuses, [0]);
        here.sar.types("50255500102", "menu");
        await here.hears(here.sar, "50255500102", choices);
    });

    await t.test("receipts find the message they are about, also before its answer", async () => {
        const before = await until("receipts", () => here.statuses("udh", "delivered"));
        here.udh.receipts = "before";
        const her = somebody();
        here.udh.types(her, "menu");
        await here.hears(here.udh, her, choices);
        await until("a receipt", async () => await here.statuses("udh", "delivered") > before);
        here.udh.receipts = "after";
    });

    await t.test("a failed receipt is told to the conversation", async () => {
        const report = here.udh.report.bind(here.udh);
        here.udh.report = (of, id) => report(of, id, "UNDELIV");
        here.udh.types(somebody(), "menu");
        await until("a failure", () => here.statuses("udh", "failed"));
        delete here.udh.report;
    });

    await t.test("what we say at length arrives whole, by UDH and by SAR", async () => {
        for (const [at, how] of [[here.udh, "udh"], [here.sar, "sar"]]) {
            const her = somebody();
            at.types(her, "menu");
            const menu = await here.hears(at, her, choices);
            assert.equal(menu.how, how);
            assert.ok(menu.parts >= 2, `${menu.parts} parts`);
            assert.match(menu.text, /2\. /);
        }
        assert.equal(here.udh.parts.size + here.sar.parts.size, 0, "no part without its others");
    });

    await t.test("three parts are one message, whatever came first", async () => {
        for (const [at, cut, reference] of [[here.udh, by_udh, 42], [here.sar, by_sar, 43]]) {
            const her = somebody();
            const [one, two, three] = cut(reference);
            for (const part of [three, one, two]) at.types(her, "", part);
            await here.hears(at, her, choices);
            await pause(300);
            assert.equal(here.menus(at, her), 1);
            assert.doesNotMatch(at.told(her).map((one) => one.text).join("|"), /no le entend/);
        }
    });

    await t.test("a payload and letters beyond GSM arrive as they were written", async () => {
        const her = somebody();
        here.udh.types(her, "", { message_payload: { message: "menu" } });
        await here.hears(here.udh, her, choices);
        const other = somebody();
        here.udh.types(other, "menu", { data_coding: 8 });
        await here.hears(here.udh, other, choices);
    });

    await t.test("who is told to slow down does, and nothing is lost or said twice", async () => {
        let refused = 0;
        here.udh.answer = () => {
            if (refused >= 3) return 0;
            return ++refused % 2 === 1 ? throttled : queue_full;
        };
        const began = Date.now();
        const all = Array.from({ length: 5 }, somebody);
        for (const her of all) here.udh.types(her, "menu");
        for (const her of all) await here.hears(here.udh, her, choices, 40_000);
        assert.ok(Date.now() - began >= 1_000, "it waited");
        await pause(500);
        for (const her of all) assert.equal(here.menus(here.udh, her), 1);
        here.udh.answer = () => 0;
    });

    await t.test("the window is never overrun", async () => {
        here.udh.delay = 20;
        here.udh.most = 0;
        const all = Array.from({ length: 40 }, somebody);
        for (const her of all) here.udh.types(her, "menu");
        for (const her of all) await here.hears(here.udh, her, choices, 60_000);
        here.udh.delay = 0;
        assert.equal(here.udh.overruns, 0);
        assert.equal(here.udh.most, window, "and it is used");
    });

    await t.test("a connection that breaks is made anew; nothing is lost", async () => {
        const binds = here.udh.binds.length;
        const her = somebody();
        let heard = 0;
        here.udh.answer = () => (++heard === 1 ? "hang up" : 0);  // taken or not? nobody can say
        here.udh.types(her, "menu");
        await until("it is bound again", () => here.udh.bound && here.udh.binds.length > binds);
        const later = somebody();
        here.udh.types(later, "menu");
        await here.hears(here.udh, later, choices);
        await here.hears(here.udh, her, choices, 40_000);
        here.udh.answer = () => 0;
        await pause(500);
        for (const one of [her, later]) assert.equal(here.menus(here.udh, one), 1);
    });

    await t.test("a delivery that was not acknowledged comes again and is one message", async () => {
        const her = somebody();
        const binds = here.udh.binds.length;
        here.udh.types(her, "menu");
        here.udh.hang_up();
        await until("it is bound again", () => here.udh.bound && here.udh.binds.length > binds);
        await here.hears(here.udh, her, choices, 30_000);
        await until("all is acknowledged", () => here.udh.waiting.size === 0);
        await pause(500);
        assert.equal(here.menus(here.udh, her), 1);
    });

    await t.test("a silent line is asked after, and our answers to the SMSC's own questions come", async () => {
        const asked = here.udh.enquiries;
        await until("an enquiry", () => here.udh.enquiries > asked, 15_000);
        const answer = await new Promise((done) => here.udh.session.enquire_link(done));
        assert.equal(answer.command_status, 0);
    });

    await t.test("a wrong password is told once and not tried again and again", async () => {
        assert.equal(here.wrong.binds.length, 1);
        assert.match(here.serving.said, /wrong: the password is not accepted/);
        assert.doesNotMatch(here.serving.said, /secret1/);
        assert.equal(await metric(here.gateway_admin, 'tertulia_line_up{channel="wrong"}'), 0);
        assert.equal(await metric(here.gateway_admin, 'tertulia_line_up{channel="udh"}'), 1);
    });

    await t.test("no number of a person is logged", () => {
        assert.doesNotMatch(here.serving.said, /502555\d{5}/);
    });

    await t.test("whoever is told to end says goodbye", async () => {
        here.serving.kill("SIGTERM");
        await here.serving.ended;
        assert.equal(here.serving.exitCode, 0, here.serving.said.slice(-2000));
        assert.equal(here.udh.unbinds, 1);
        assert.equal(here.sar.unbinds, 1);
    });

    await t.test("what is sent while we are away is answered when we are back", async () => {
        const her = somebody();
        here.udh.types(her, "menu");
        await here.serve();
        await here.hears(here.udh, her, choices);
        here.serving.kill("SIGKILL");
        await here.serving.ended;
        const other = somebody();
        here.udh.types(other, "menu");
        await here.serve();
        await here.hears(here.udh, other, choices);
    });
});
