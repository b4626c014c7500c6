// Microsoft Bot Framework SDK (JS): a waterfall of text prompts, conversation state in MemoryStorage,
// behind a WhatsApp adapter of the few lines its documentation asks for. Not durable.

import {
    ActivityHandler, BotAdapter, ConversationState, MemoryStorage, TurnContext,
} from 'botbuilder';
import {DialogSet, DialogTurnStatus, TextPrompt, WaterfallDialog} from 'botbuilder-dialogs';
import {messagesOf, sendText, serve} from './common.mjs';
import {flow} from './flow.mjs';

class WhatsAppAdapter extends BotAdapter {
    async sendActivities(context, activities) {
        const answers = [];
        for (const activity of activities) {
            const answer = await sendText(activity.conversation.id, activity.text);
            answers.push({id: answer.messages[0].id});
        }
        return answers;
    }
    async updateActivity() {}
    async deleteActivity() {}
    take(message, logic) {
        const context = new TurnContext(this, {
            type: 'message', id: message.id, channelId: 'whatsapp', text: message.text,
            timestamp: new Date(), serviceUrl: 'http://127.0.0.1',
            from: {id: message.from, name: ''}, recipient: {id: 'bot', name: 'bot'},
            conversation: {id: message.from, isGroup: false, name: ''},
        });
        return this.runMiddleware(context, logic);
    }
}

const state = new ConversationState(new MemoryStorage());
const dialogs = new DialogSet(state.createProperty('dialog'));
const prompt = (text, validator) => {
    const name = `p${dialogs.getDialogs().length}`;
    dialogs.add(new TextPrompt(name, async (at) =>
        at.recognized.succeeded && validator(at.recognized.value)));
    return (step) => step.prompt(name, {prompt: text, retryPrompt: text});
};
dialogs.add(new WaterfallDialog('balance', [
    prompt(flow.menu, (text) => text === '1'),
    prompt(flow.digits, (text) => /^\d{4}$/.test(text)),
    prompt(flow.which, (text) => text === '1' || text === '2'),
    prompt(flow.balance, (text) => text === 'si' || text === 'no'),
    async (step) => {
        await step.context.sendActivity(flow.bye);
        return step.endDialog();
    },
]));

class Bot extends ActivityHandler {
    constructor() {
        super();
        this.onMessage(async (context, next) => {
            const talk = await dialogs.createContext(context);
            const result = await talk.continueDialog();
            if (result.status === DialogTurnStatus.empty) await talk.beginDialog('balance');
            await state.saveChanges(context, false);
            await next();
        });
    }
}

const adapter = new WhatsAppAdapter();
const bot = new Bot();
serve((raw) => {
    for (const message of messagesOf(JSON.parse(raw))) {
        adapter.take(message, (context) => bot.run(context)).catch(console.error);
    }
    return 200;
});
