// What the tests of this folder need to start programs and wait for them.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";

export const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), "../..");
export const binary = process.env.TERTULIA_BINARY ?? path.join(root, "build/release/tertulia");

// A tool of this folder: one JSON document a line in, one word a line out.
export const tools = process.env.TERTULIA_PEER_TOOLS ?? path.join(root, "build/dev/tests/peers");
export function ask_tool(name, lines) {
    const input = lines.map((line) => JSON.stringify(line)).join("\n") + "\n";
    const output = execFileSync(path.join(tools, name), { input, encoding: "utf8" });
    const answers = output.trimEnd().split("\n");
    assert.equal(answers.length, lines.length);
    return answers;
}

// A small generator with a seed: the same requests every time.
export function chance_of(seed) {
    let state = seed;
    const below = (limit) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * limit);
    };
    return { below, pick: (from) => from[below(from.length)] };
}

export async function free_ports(count) {
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

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// Polls, because the other side is a process with a mind of its own.
export async function until(what, holds, within = 20_000) {
    const end = Date.now() + within;
    for (;;) {
        const found = await holds();
        if (found) return found;
        if (Date.now() > end) {
            throw new Error(`${typeof what === "function" ? what() : what}: not within ${within / 1000} s`);
        }
        await pause(50);
    }
}

export const listens = (port) => new Promise((done) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("connect", () => { socket.destroy(); done(true); });
    socket.once("error", () => done(false));
});

// A folder and the programs that run in it.
export class place {
    constructor(name) {
        this.folder = fs.mkdtempSync(path.join(os.tmpdir(), `tertulia-${name}-`));
        this.children = [];
    }

    file(name) { return path.join(this.folder, name); }

    run(command, words) {
        const child = spawn(command, words, { cwd: this.folder, stdio: ["pipe", "pipe", "pipe"] });
        child.said = "";
        child.ended = new Promise((done) => child.once("exit", done));
        child.stdout.on("data", (data) => { child.said += data; });
        child.stderr.on("data", (data) => { child.said += data; });
        this.children.unshift(child);
        return child;
    }

    // The last one started first.
    async stop() {
        for (const child of this.children) {
            child.kill("SIGTERM");
            await Promise.race([child.ended, pause(3_000).then(() => child.kill("SIGKILL"))]);
        }
        fs.rmSync(this.folder, { recursive: true, force: true });
    }
}

// The value of one line of Prometheus text; 0: it is not there.
export async function metric(port, line) {
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    const text = await answer.text();
    const found = text.split("\n").find((one) => one.startsWith(line));
    return found === undefined ? 0 : Number(found.split(" ").at(-1));
}
