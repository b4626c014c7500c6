#include "dialogs/meetings/advance.hpp"

#include "dialogs/meetings/ballot_words.hpp"
#include "dialogs/meetings/turn.hpp"

#include <boost/assert.hpp>

#include <algorithm>
#include <iterator>

namespace tertulia::dialogs::meetings {

namespace {

// "sí", while a vote of hers is open, is her ballot and secret as one: it stands so in the log.
std::optional<event> as_ballot(const meeting& room, const event& heard) {
    const auto& said = heard.what;
    const bool plain = said.what == verb::said && said.second.empty() && said.media.id.empty() &&
                       said.judged.what == decision::relay;
    if (!plain || heard.by.as != role::member || !has_ballot(room, heard.by.id)) return std::nullopt;
    const auto choice = ballot_in_words(said.text);
    if (!choice) return std::nullopt;
    auto made = heard;
    made.what = {
        .what = verb::cast_vote,
        .text = said.text,
        .number = room.box->request,
        .choice = *choice};
    return made;
}

}  // namespace

beginning begin(const plan& what) {
    BOOST_ASSERT(wrong_with(what).empty());
    beginning made{.first = {.planned = what}};
    const event created{.at = what.created};
    turn first{made.first, created};
    first.begin_draft();
    const auto ends = what.created + std::chrono::days{7};
    made.first.timers[static_cast<std::size_t>(timer_name::draft_ends)] = ends;
    made.first.last_at = what.created;
    made.outs.emplace_back(set_timer{timer_name::draft_ends, ends});
    first.tell_draft();
    std::ranges::move(first.outs, std::back_inserter(made.outs));
    return made;
}

answer advance(const meeting& from, const event& heard) {
    const auto ballot_said = as_ballot(from, heard);
    const auto& meant = ballot_said ? *ballot_said : heard;
    answer made{.next = from};
    turn now{made.next, meant};
    made.refused = now.take();
    if (made.refused != refusal::none) {
        made.why = std::move(now.why);
        made.next = from;
        return made;
    }
    now.remember_message();
    auto& next = made.next;
    made.appended = line{
        .seq = from.seq + 1, .what = meant, .before = from.now, .after = next.now};
    made.appended->what.at = now.at();
    next.seq = made.appended->seq;
    next.last_at = now.at();
    next.chain = chained(from.chain, *made.appended);
    made.outs = std::move(now.outs);
    return made;
}

std::string text_to_judge(
    const meeting& in, std::string_view speaker, std::string_view text, instant at
) {
    std::string whole;
    if (const auto* record = find_record(in, speaker); record != nullptr) {
        for (const auto& one : record->fragments) {
            if (one.at >= at - std::chrono::seconds{20}) whole += one.text + " ";
        }
    }
    return whole.append(text);
}

}  // namespace tertulia::dialogs::meetings
