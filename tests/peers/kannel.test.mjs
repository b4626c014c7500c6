// A real Kannel between a telephone and us: what is typed on the one comes out of the other, and
// Kannel's reports find the message they are about.

import assert from "node:assert/strict";
import { spawn, execFileSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import test from "node:test";

const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), "../..");
const binary = process.env.TERTULIA_BINARY ?? path.join(root, "build/release/tertulia");
const secret = "peer-test-secret-0123456789";
const clock = { timeout: 60_000 };

async function free_ports(count) {
    const servers = [];
    for (let i = 0; i < count; ++i) {
        const server = net.createServer();
        await new Promise((done) => server.listen(0, "127.0.0.1", done));
        servers.push(server);
    }
    const ports = servers.map((server) => server.address().port);
    await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    return ports;
}

// Polls, because the other side is a process with a mind of its own.
async function until(what, holds, within = 20_000) {
    const end = Date.now() + within;
    for (;;) {
        const found = await holds();
        if (found) return found;
        if (Date.now() > end) throw new Error(`${what}: not within ${within / 1000} s`);
        await new Promise((done) => setTimeout(done, 50));
    }
}

const listens = (port) => new Promise((done) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("connect", () => { socket.destroy(); done(true); });
    socket.once("error", () => done(false));
});

class town {
    constructor() {
        this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "tertulia-kannel-"));
        this.children = [];
    }

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

    file(name) { return path.join(this.folder, name); }

    run(command, words) {
        const child = spawn(command, words, { cwd: this.folder, stdio: ["pipe", "pipe", "pipe"] });
        child.said = "";
        child.stdout.on("data", (data) => { child.said += data; });
        child.stderr.on("data", (data) => { child.said += data; });
        this.children.unshift(child);
        return child;
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

    async metric(line) {
        const answer = await fetch(`http://127.0.0.1:${this.gateway_admin}/metrics`);
        const text = await answer.text();
        const found = text.split("\n").find((one) => one.startsWith(line));
        return found === undefined ? 0 : Number(found.split(" ").at(-1));
    }

    // smsbox before bearerbox: it starts another copy of itself where that one is gone.
    async stop() {
        for (const child of this.children) {
            child.kill("SIGTERM");
            await Promise.race([
                new Promise((done) => child.once("exit", done)),
                new Promise((done) => setTimeout(done, 3_000)).then(() => child.kill("SIGKILL")),
            ]);
        }
        fs.rmSync(this.folder, { recursive: true, force: true });
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
            await here.metric('tertulia_webhooks_total{answer="200",channel="sms"}') >= 2);
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
