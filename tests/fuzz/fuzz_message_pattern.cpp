// Any bytes an operator's file may hold as a text: compiled or refused, and what is compiled can be
// said. The first byte chooses how many loans are left.

#include "dialogs/wording/catalogue.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tertulia;
    using namespace tertulia::dialogs;
    if (size == 0) return 0;
    static const catalogue_options options{
        .house = {.time_zone = "America/Guatemala", .languages = {"es"}, .country = "GT"}};
    const message_source entry{
        .key = "k", .language = "es", .pattern = std::string(data + 1, data + size)};
    const auto built = catalogue::build({&entry, 1}, options);
    if ((built.words == nullptr) == built.problems.empty()) std::abort();
    for (const auto& each : built.problems) {
        if (each.offset > entry.pattern.size() * 3) std::abort();  // repaired bytes take three
    }
    if (built.words) {
        fact_view facts;
        facts.house = &options.house;
        facts.now = from_millis(1'795'500'000'000);
        facts.pin_tries_left = data[0];
        (void)built.words->format("k", "es", {.channel = channel_kind::sms, .whom = archetype::nascent}, facts);
    }
    return 0;
}
