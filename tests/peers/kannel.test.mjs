// A real Kannel between a telephone and us: what is typed on the one comes out of the other, and
// Kannel's reports find the message they are about.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";

import { binary, free_ports, listens, metric, place, root, until } from "./common.mjs";

const secret = "peer-test-secret-0123456789";
const clock = { timeout: 60_000 };

class town extends place {
    constructor() { super("kannel"); }

    async start() {
        const [admin, boxes, smsc, sendsms, gateway, gateway_admin] = await free_ports(6);
        Object.assign(this, { smsc, gateway, gateway_admin });
        this.write_kannel({ admin, boxes, smsc, sendsms, gateway });
        this.write_config({ sendsms, gateway, gateway_admin });
        this.run("/usr/sbin/bearerbox", ["-v", "4", "kannel.conf"]);
        await until("bearerbox", () => listens(boxes));
        await until("its SMSC", () => listens(smsc));
        this.run("/usr/sbin/smsbox", ["-v", "4", "kannel.conf"]);
        await until("smsbox", () => listens(sendsms));
        execFileSync(binary, ["import", "--config", this.file("tertulia.yaml"), "--demo"]);
        this.serving = this.run(binary, ["serve", "--config", this.file("tertulia.yaml")]);
        await until("tertulia", () => listens(gateway));
        const fake = execFileSync("dpkg", ["-L", "kannel-extras"], { encoding: "utf8" })
            .split("\n").find((line) => line.endsWith("test/fakesmsc"));
        this.phone = this.run(fake, ["-H", "127.0.0.1", "-r", String(smsc), "-i", "0", "-v", "0"]);
        await until("the telephone", () => this.phone.said.includes("connected") || this.phone.said);
    }

    write_kannel({ admin, boxes, smsc, sendsms, gateway }) {
        const address = `http://127.0.0.1:${gateway}/webhooks/sms/${secret}`;
        fs.writeFileSync(this.file("kannel.conf"), `
group = core
admin-interface = "127.0.0.1"
admin-port = ${admin}
admin-password = adminpw
smsbox-interface = "127.0.0.1"
smsbox-port = ${boxes}
log-file = "bearerbox.log"
log-level = 1
store-type = file
store-location = "kannel.store"
dlr-storage = internal
sms-resend-freq = 5

group = smsc
smsc = fake
smsc-id = FAKE1
host = 127.0.0.1
our-host = 127.0.0.1
port = ${smsc}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-interface = "127.0.0.1"
sendsms-port = ${sendsms}
log-file = "smsbox.log"
log-level = 1
mo-recode = true
http-request-retry = 20
http-queue-delay = 1

group = sendsms-user
username = gw
password = gwpw
max-messages = 6
concatenation = true

group = sms-service
keyword = default
catch-all = true
max-messages = 0
omit-empty = true
send-sender = true
get-url = "${address}?from=%p&to=%P&ts=%T&id=%I&smsc=%i&coding=%c&charset=%C&udh=%u&text=%b"
`.trimStart());
    }

    // The shipped one, with an SMS channel and nothing else.
    write_config({ sendsms, gateway, gateway_admin }) {
        const shipped = path.join(root, "config");
        fs.writeFileSync(this.file("tertulia.yaml"), `
institution: {name: Las Ceibas, country: GT, time_zone: America/Guatemala, currency: GTQ, languages: [es, en, fr],
  assistant: {name: Ceibita, picture: assistant.png}}
server: {listen: "127.0.0.1:${gateway}", admin: "127.0.0.1:${gateway_admin}"}
store: sqlite:tertulia.db
dialogs: ${shipped}/dialogs
messages: ${shipped}/messages
lint: ${shipped}/lint.yaml
nudges: ${shipped}/nudges
meetings: ${shipped}/meetings
channels:
  - {name: sms, type: kannel, username: gw, password: gwpw, from: "4040", path_secret: ${secret},
     sendsms_url: "http://127.0.0.1:${sendsms}/cgi-bin/sendsms", rate: 50/s, pair_rate: 600/min}
`.trimStart());
    }

    // fakesmsc takes one line a read: the next waits until it has said that this one left.
    async types(from, text) {
        const sent = () => this.phone.said.split("sent message").length;
        const before = sent();
        this.phone.stdin.write(`${from} 4040 ${text}\n`);
        await until("the telephone", () => sent() > before);
    }

    // What the telephones were sent, as "number: text".
    received() {
        const all = this.phone.said.matchAll(/Got message \d+: <4040 \+?(\d+) [\w-]+ ([^>]*)>/g);
        return [...all].map((match) => `${match[1]}: ${decodeURIComponent(match[2].replaceAll("+", " "))}`);
    }

    async hears(number, pattern) {
        const told = () => this.received().filter((line) => line.startsWith(`${number}: `));
        const found = await until(
            `${number} hears ${pattern}`, () => told().find((line) => pattern.test(line))
        ).catch((error) => error);
        if (found instanceof Error) assert.fail(`${found.message}; heard: ${told().join(" | ")}`);
        return found;
    }
}

test("kannel", clock, async (t) => {
    const here = new town();
    t.after(() => here.stop());
    await here.start();

    await t.test("who asks by SMS is answered there", async () => {
        await here.types("50255500101", "text menu");
        await here.hears("50255500101", /1\. /);
    });

    await t.test("reports of what arrived are taken", async () => {
        await until("a report", async () =>
            await metric(here.gateway_admin, 'tertulia_webhooks_total{answer="200",channel="sms"}') >= 2);
    });

    await t.test("a long message in parts is one message, whatever came first", async () => {
        await here.types("50255500103", "udh-text %05%00%03%2a%02%02 nu");
        await here.types("50255500103", "udh-text %05%00%03%2a%02%01 me");
        await here.hears("50255500103", /1\. /);
    });

    await t.test("letters beyond GSM arrive as they were written", async () => {
        await here.types("50255500104", "ucs2 %00m%00e%00n%00u");
        await here.hears("50255500104", /1\. /);
    });

    await t.test("who does not know the secret finds nothing", async () => {
        const answer = await fetch(
            `http://127.0.0.1:${here.gateway}/webhooks/sms/guess?from=50255500101&to=4040&text=menu`);
        assert.equal(answer.status, 404);
    });

    await t.test("what is sent while we are away is answered when we are back", async () => {
        here.serving.kill("SIGKILL");
        await new Promise((done) => here.serving.once("exit", done));
        await here.types("50255500106", "text menu");
        here.serving = here.run(binary, ["serve", "--config", here.file("tertulia.yaml")]);
        await here.hears("50255500106", /1\. /);
    });
});
