// Any bytes a person may send, through everything that tries to understand them.

#include "dialogs/understanding/answers.hpp"
#include "dialogs/understanding/entities.hpp"
#include "dialogs/understanding/intents.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tertulia::dialogs;
    static const auto model = intent_model::train(std::vector<phrase>{
        {"balance", "es", "cuánto debo todavía"},
        {"hardship", "es", "no voy a poder pagar"},
        {"stop", "fr", "arrêtez de m'écrire"},
        {"thanks", "en", "👍"},
    });
    static const std::vector<choice_words> choices{
        {.title = "Pagar ahora", .words = {"abonar"}}, {.title = "No puedo 🙏", .words = {"ayuda"}}};
    const std::string text(data, data + size);

    const auto once = normalise(text);
    if (normalise(once) != once) std::abort();
    (void)fold(text);
    if (const auto picked = match_choice(text, choices); picked && *picked > 1) std::abort();
    (void)match_yes_no(text);
    if (const auto pin = six_digits(text); pin && pin->size() != 6) std::abort();
    const auto about = model.understand(text, "es-GT");
    if (!(about.confidence >= 0.0 && about.confidence <= 1.0)) std::abort();
    if (about.alternatives.size() > 2) std::abort();

    using std::chrono::year;
    for (const char* language : {"es", "en", "fr"}) {
        const reading_rules rules{
            .currency = {}, .country = "GT", .language = language, .today = year{2026} / 11 / 26};
        for (const auto& each : entities_of(text, rules)) {
            if (each.value.empty() || text.find(each.text) == std::string::npos) std::abort();
        }
    }
    return 0;
}
