// A gateway of its own for each test file: the demo institution on free ports, in a folder that goes
// away with it.

import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

// `also`: a dialog of the test's own, {name, dialog, messages: {LANGUAGE: text}}.
export async function startGateway(also) {
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
    const imported = spawnSync(binary, ['import', '--config', config, '--demo'], { encoding: 'utf8' });
    if (imported.status !== 0) throw new Error(imported.stderr);
    const server = spawn(binary, ['serve', '--config', config], { stdio: 'ignore' });
    const ended = new Promise((resolve) => server.once('exit', resolve));
    const until = Date.now() + 20_000;
    for (;;) {
        const ready = await fetch(`http://127.0.0.1:${admin}/readyz`).catch(() => null);
        if (ready?.ok) break;
        if (Date.now() > until) throw new Error('the gateway is not ready after 20 s');
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return {
        url: `http://127.0.0.1:${port}`,
        admin: `http://127.0.0.1:${admin}`,
        config,
        async stop() {
            server.kill('SIGTERM');
            await ended;
            rmSync(folder, { recursive: true, force: true });
        },
    };
}
