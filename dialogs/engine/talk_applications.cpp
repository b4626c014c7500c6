// Applications for a loan: sent, and how the one that is spoken of stands.

#include "dialogs/engine/kept_answers.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/script/answer_values.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {

void talk::submit(const program_state& state) {
    send_application made{
        .number = application_number(known_.conversation, ++next.applications_sent),
        .product = state.product,
        .language = next.language};
    const auto product = std::ranges::find(script.products, state.product, &loan_product::name);
    if (product != script.products.end()) made.core_product = product->core;
    if (const auto* client = who(); client != nullptr && !in_doubt()) made.client_id = client->who.id;
    if (state.amount) {
        note_paths(state.amount->paths());
        const auto value = state.amount->evaluate(view());
        if (const auto* sum = std::get_if<money>(&value)) made.amount = *sum;
    }
    for (const auto& at : next.frames) {
        for (const auto& [key, text] : at.kept) {
            if (!is_answer_key(key) || text == no_value || text == left_out) continue;
            made.answers.insert_or_assign(key.substr(answer_prefix.size()), text);
        }
    }
    if (next.applications.size() >= applications_max) {
        next.applications.erase(next.applications.begin());
    }
    auto& kept = next.applications.emplace_back();
    kept.number = made.number;
    kept.product = made.product;
    kept.amount = made.amount;
    kept.at = kept.told_at = next.now;
    for (const auto& [name, text] : made.answers) {
        const auto answer = parse_typed_answer(text);
        const bool paper = answer && (answer->kind == typed_kind::photo ||
                                      answer->kind == typed_kind::document);
        if (paper) kept.papers.push_back(name);
    }
    effects.emplace_back(keep_record{"application_sent", made.number});
    effects.emplace_back(std::move(made));
    referred_has_applied();
}

// The last one with news, else the newest.
void talk::read_applications() {
    view_.application = nullptr;
    view_.papers = &papers_;
    papers_.clear();
    if (next.applications.empty()) return;
    for (const auto& one : next.applications) {
        papers_.insert(papers_.end(), one.papers.begin(), one.papers.end());
    }
    const auto* client = in_doubt() ? nullptr : who_;
    read_ |= read_client | read_requests;
    const auto stand = [&](const sent_application& one) {
        const auto* request = client == nullptr ? nullptr : request_of(one, *client);
        application_ = {
            .number = one.number,
            .state = dialogs::state_of(request),
            .amount = one.amount,
            .sent_on = script.calendar->date_of(one.at),
            .request = request};
        application_.changed = application_.state != one.told;
    };
    for (auto one = next.applications.rbegin(); one != next.applications.rend(); ++one) {
        stand(*one);
        if (application_.changed) break;
    }
    if (!application_.changed) stand(next.applications.back());
    view_.application = &application_;
}

// A refusal is told with all it takes, or a person tells it.
const program_refusal* talk::refusal_at_hand() const noexcept {
    if (view_.application == nullptr || application_.request == nullptr) return nullptr;
    if (application_.request->status != loan_status::rejected) return nullptr;
    const auto found =
        std::ranges::find(script.refusals, application_.request->reason, &program_refusal::code);
    return found == script.refusals.end() ? nullptr : &*found;
}

void talk::read_refusal() {
    view_.refusal = nullptr;
    const auto* reason = refusal_at_hand();
    if (reason == nullptr || !view_.verified) return;
    refusal_.why = script.words->format(reason->why, next.language, around(), view_);
    refusal_.change = script.words->format(reason->change, next.language, around(), view_);
    const auto told = std::ranges::find(
        next.applications, application_.number, &sent_application::number
    );
    refusal_.retry_on = civil_date{
        std::chrono::sys_days{script.calendar->date_of(told->told_at)} + reason->retry};
    view_.refusal = &refusal_;
}

// Of the form she answered last, the first question that is open, as the form calls it.
void talk::read_draft() {
    view_.draft_next = {};
    view_.draft_left = -1;
    if (next.drafts.empty()) return;
    const auto& left = next.drafts.back();
    const auto dialog = script.find_dialog(left.dialog);
    if (!dialog || !script.at(*dialog).form) return;
    read_ |= read_client;  // the variant of its name is chosen by who she is
    draft_next_.clear();
    view_.draft_left = 0;
    for (const auto index : script.at(*dialog).form->fields) {
        const auto& rules = *script.at(index).answer;
        if (is_answered(left.answers, rules.keep_as)) continue;
        ++view_.draft_left;
        if (!draft_next_.empty() || !rules.label) continue;
        draft_next_ = script.words->format(*rules.label, next.language, around(), view_);
    }
    view_.draft_next = draft_next_;
}

void talk::note_told() {
    read_applications();
    if (view_.application == nullptr) return;
    const auto one = std::ranges::find(
        next.applications, application_.number, &sent_application::number
    );
    const bool decided = application_.state == "approved" || application_.state == "refused";
    if (decided && one->told != application_.state) plan_survey("sv_apply");
    one->told = application_.state;
    one->told_at = next.now;
}

}  // namespace tertulia::dialogs
