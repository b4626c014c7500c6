// A gateway of its own for each test file: the demo institution on free ports, in a folder that goes
// away with it.

import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const binary = process.env.TERTULIA_BINARY ?? join(root, 'build/release/tertulia');

const freePort = () =>
    new Promise((resolve, reject) => {
        const server = createServer();
        server.once('error', reject);
        server.listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });

// `also`: a dialog of the test's own, {name, dialog, messages: {LANGUAGE: text}}. `how`: {files: a
// function that writes CSV files into the folder it is given, in place of the demonstration; clock: as
// `tertulia serve` takes it}.
export async function startGateway(also, how = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'tertulia-browser-'));
    const [port, admin] = [await freePort(), await freePort()];
    for (const part of ['dialogs', 'messages', 'nudges', 'meetings', 'media']) {
        cpSync(join(root, 'config', part), join(folder, part), { recursive: true });
    }
    if (also) {
        writeFileSync(join(folder, 'dialogs', `${also.name}.yaml`), also.dialog);
        for (const [language, text] of Object.entries(also.messages)) {
            appendFileSync(join(folder, 'messages', `${language}.yaml`), `\n${text}`);
        }
    }
    const config = join(folder, 'tertulia.yaml');
    writeFileSync(
        config,
        readFileSync(join(root, 'config/tertulia.yaml'), 'utf8')
            .replaceAll('127.0.0.1:8080', `127.0.0.1:${port}`)
            .replaceAll('127.0.0.1:9090', `127.0.0.1:${admin}`),
    );
    // A command of the binary, with this config; its output.
    const run = (...words) => {
        const done = spawnSync(binary, [...words, '--config', config], { encoding: 'utf8', maxBuffer: 1 << 26 });
        if (done.status !== 0) throw new Error(`tertulia ${words.join(' ')}: ${done.stderr}`);
        return done.stdout;
    };
    const source = join(folder, 'files');
    how.files?.(source);
    run('import', how.files ? source : '--demo');
    let server;
    let ended;
    const serve = async (clock) => {
        server = spawn(binary, ['serve', '--config', config, ...(clock ? ['--clock', clock] : [])],
            { stdio: ['ignore', openSync(join(folder, 'log.txt'), 'a'), openSync(join(folder, 'log.txt'), 'a')] });
        ended = new Promise((resolve) => server.once('exit', resolve));
        const until = Date.now() + 20_000;
        for (;;) {
            const ready = await fetch(`http://127.0.0.1:${admin}/readyz`).catch(() => null);
            if (ready?.ok) break;
            if (Date.now() > until) throw new Error('the gateway is not ready after 20 s');
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    };
    await serve(how.clock);
    return {
        url: `http://127.0.0.1:${port}`,
        admin: `http://127.0.0.1:${admin}`,
        config,
        folder,
        run,
        async restart(clock) {
            server.kill('SIGTERM');
            await ended;
            await serve(clock);
        },
        async stop() {
            server.kill('SIGTERM');
            await ended;
            rmSync(folder, { recursive: true, force: true });
        },
    };
}
