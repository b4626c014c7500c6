// Held-out phrases through `tertulia understand` and through @nlpjs/basic, trained on the same file.
//   node compare.mjs [TERTULIA]     default: build/release/tertulia, from the root of the repository
// Each side is told the language. nlp.js acts at its own default threshold of 0.5. A phrase is right or
// wrong only when it is answered; asking back is counted as asked.

import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {dockStart} from '@nlpjs/basic';
import {LangEs} from '@nlpjs/lang-es';
import {LangFr} from '@nlpjs/lang-fr';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const tertulia = process.argv[2] ?? join(root, 'build/release/tertulia');
const languages = ['es', 'en', 'fr'];
const careful = new Set(['stop', 'complaint', 'hardship']);

const heldOut = language => readFileSync(
    join(root, `tests/corpus/understanding/held_out.${language}.tsv`), 'utf8')
    .split('\n').filter(line => line && !line.startsWith('#'))
    .map(line => line.split('\t')).map(([intent, text]) => ({intent, text}));

// The plain shape the phrase files have.
function examples(language) {
    const found = [];
    let intent;
    for (const line of readFileSync(
        join(root, `config/dialogs/phrases/${language}.yaml`), 'utf8').split('\n')) {
        if (/^[a-z_]+:/.test(line)) intent = line.slice(0, line.indexOf(':'));
        const said = line.match(/^ +- "(.*)"/);
        if (said) found.push({intent, text: said[1]});
    }
    return found;
}

function ours(language, phrases) {
    const run = spawnSync(
        tertulia,
        ['understand', '--config', join(root, 'config/tertulia.yaml'), '--language', language],
        {input: phrases.map(each => each.text).join('\n') + '\n', encoding: 'utf8'});
    if (run.status !== 0) throw new Error(`${tertulia}: ${run.stderr || run.error}`);
    return run.stdout.trim().split('\n').map(line => JSON.parse(line).intent);
}

async function theirs() {
    const dock = await dockStart({settings: {nlp: {autoSave: false, forceNER: false,
                                                   nlu: {log: false}}},
                                  use: ['Basic']});
    dock.getContainer().use(LangEs);
    dock.getContainer().use(LangFr);
    const nlp = dock.get('nlp');
    for (const language of languages) {
        nlp.addLanguage(language);
        for (const {intent, text} of examples(language)) nlp.addDocument(language, text, intent);
    }
    await nlp.train();
    return async (language, phrases) => {
        const answers = [];
        for (const {text} of phrases) {
            const {intent} = await nlp.process(language, text);
            answers.push(intent === 'None' ? null : intent);
        }
        return answers;
    };
}

// Those who wrote the phrases were told that asking whether we are a machine is wanting a person.
const asWritten = intent => intent === 'are_you_a_machine' ? 'human' : intent;

function count(phrases, answers) {
    const sum = {phrases: phrases.length, answered: 0, right: 0, costly: 0};
    phrases.forEach(({intent}, i) => {
        if (answers[i] === null) return;
        ++sum.answered;
        if (asWritten(answers[i]) === intent) ++sum.right;
        else if (careful.has(answers[i]) || careful.has(intent)) ++sum.costly;
    });
    return sum;
}

const percent = (part, of) => `${(100 * part / of).toFixed(1)} %`;
const other = await theirs();
console.log('| language | who | phrases | asked back | right of the answered | right of all | '
            + 'wrong on stop, complaint, hardship |\n|---|---|---|---|---|---|---|');
for (const language of languages) {
    const phrases = heldOut(language);
    for (const [who, answers] of [['tertulia', ours(language, phrases)],
                                  ['@nlpjs/basic', await other(language, phrases)]]) {
        const sum = count(phrases, answers);
        console.log(`| ${language} | ${who} | ${sum.phrases} | ${sum.phrases - sum.answered} | `
                    + `${percent(sum.right, sum.answered)} | ${percent(sum.right, sum.phrases)} | `
                    + `${percent(sum.costly, sum.phrases)} |`);
    }
}
