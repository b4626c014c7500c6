// Any bytes a person may say in a meeting, through the guard: it always judges, twice alike, and
// what names a member beside a debt and a sum is never relayed, whatever stands before it.

#include "dialogs/moderation/guard.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tertulia::dialogs;
    static const auto words = [] {
        meeting_lexicon all;
        (void)all.add(word_list::owes, "debe");
        (void)all.add(word_list::arrears, "no ... pagado");
        (void)all.add(word_list::payments, "pag*");
        (void)all.add(word_list::harmless, "saldo del teléfono");
        (void)all.add(word_list::sales, "^vendo");
        (void)all.add(word_list::courtesies, "doña");
        (void)all.add(word_list::articles, "la");
        return all;
    }();
    static const auto names = [] {
        meeting_roster all;
        (void)all.add("Marta Xol, Martita");
        return all;
    }();
    if (size == 0) return 0;
    const auto step = static_cast<meeting_step>(data[0] % meeting_step_names().size());
    const std::string text(data + 1, data + size);
    for (const char* language : {"es", "en", "fr"}) {
        const guard_context in{
            .words = words,
            .roster = names,
            .reading = {
                .currency = {},
                .country = "GT",
                .language = language,
                .today = std::chrono::year{2026} / 11 / 26}};
        const auto said = judge({.text = text, .step = step}, in);
        if (judge({.text = text, .step = step}, in).all != said.all) std::abort();
        if (!said.all.empty() && said.all.front() != said.rule) std::abort();
    }
    // As an operator's phrase and as somebody's name it is taken or refused, no more.
    meeting_lexicon any;
    (void)any.add(word_list::insults, text);
    meeting_roster anybody;
    (void)anybody.add(text);
    if (judge({.text = text, .step = step}, {.words = any, .roster = anybody}).all.size() >
        guard_rules) {
        std::abort();
    }
    return 0;
}
