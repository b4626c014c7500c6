// Any bytes an operator may write after `when:`: parsed and typed or refused with a place inside
// the text, and what is parsed evaluates over a full and an empty view of the facts.

#include "dialogs/script/expression.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace tertulia;

client_facts somebody() {
    client_facts made{};
    made.who.first_name = "Rosa";
    loan one{};
    one.product = "Mujer";
    instalment part{};
    part.due = std::chrono::year{2026} / 11 / 20;
    part.total = {10000, {}};
    one.schedule.push_back(part);
    made.loans.push_back(one);
    return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tertulia::dialogs;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto made = expression::parse(text, fact_type::nothing);
    if (!made.parsed && made.problems.empty()) std::abort();
    for (const auto& each : made.problems) {
        if (each.offset > size || each.length > size) std::abort();
    }
    if (!made.parsed) return 0;

    static const client_facts rosa = somebody();
    static const facts known{};
    static const institution house{.name = "Semilla"};
    fact_view view{};
    (void)made.parsed->evaluate(view);
    view.known = &known;
    view.who = &rosa;
    view.house = &house;
    view.today = std::chrono::year{2026} / 11 / 23;
    (void)made.parsed->evaluate(view);
    return 0;
}
