// Botkit: a BotkitConversation of four questions, state in its memory storage. Not durable.

import botkit from 'botkit';
import botbuilder from 'botbuilder';
import {messagesOf, sendText, serve} from './common.mjs';
import {flow} from './flow.mjs';

const {Botkit, BotkitConversation} = botkit;

class WhatsAppAdapter extends botbuilder.BotAdapter {
    async sendActivities(context, activities) {
        const answers = [];
        for (const activity of activities) {
            if (activity.type !== 'message') continue;
            const answer = await sendText(activity.conversation.id, activity.text);
            answers.push({id: answer.messages[0].id});
        }
        return answers;
    }
    async updateActivity() {}
    async deleteActivity() {}
    // Proactive messages are not part of this conversation.
    async continueConversation(reference, logic) {
        const context = new botbuilder.TurnContext(this, {type: 'event', ...reference});
        return this.runMiddleware(context, logic);
    }
    take(message, logic) {
        const context = new botbuilder.TurnContext(this, {
            type: 'message', id: message.id, channelId: 'whatsapp', text: message.text,
            timestamp: new Date(), serviceUrl: 'http://127.0.0.1',
            from: {id: message.from, name: ''}, recipient: {id: 'bot', name: 'bot'},
            conversation: {id: message.from},
        });
        return this.runMiddleware(context, logic);
    }
}

const adapter = new WhatsAppAdapter();
const controller = new Botkit({adapter, disable_webserver: true, disable_console: true});

const again = () => [
    {pattern: /.*/, default: true, handler: async (answer, talk) => { await talk.repeat(); }},
];
const go = (pattern) => ({pattern, handler: async () => {}, type: 'regex'});
const talk = new BotkitConversation('balance', controller);
talk.ask(flow.menu, [go(/^1$/), ...again()], 'menu');
talk.ask(flow.digits, [go(/^\d{4}$/), ...again()], 'digits');
talk.ask(flow.which, [go(/^[12]$/), ...again()], 'which');
talk.ask(flow.balance, [go(/^(si|no)$/), ...again()], 'more');
talk.say(flow.bye);
controller.addDialog(talk);
controller.hears('hola', 'message', async (bot) => { await bot.beginDialog('balance'); });

controller.ready(() => serve((raw) => {
    for (const message of messagesOf(JSON.parse(raw))) {
        adapter.take(message, (context) => controller.handleTurn(context)).catch(console.error);
    }
    return 200;
}));
