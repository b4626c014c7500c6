#include "tests/talks/sources.hpp"

#include "tests/source_folder.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace tertulia::dialogs::testing_sources {

institution semilla() {
    return {
        .name = "Semilla",
        .time_zone = "America/Guatemala",
        .currency = {},
        .languages = {"es"},
        .country = "GT",
        .phone = "+50225551234"};
}

const char* const basic_messages = R"(common.not_understood: "No le entendí."
common.stale_tap: "Ese botón ya no vale."
common.set_gone: "Empezamos de nuevo."
common.trouble: "Algo falló."
common.choose: "Escoger"
common.picture_received: "Recibí su foto."
common.voice_received: "No puedo oír."
common.media_lost: "Se perdió su foto."
common.unsupported: "No puedo leer eso."
common.group_private: "En grupos no."
common.returned_by_person: "Soy el asistente otra vez."
common.number_changed: "Cambió su número."
welcome.card: "Soy el asistente."
menu.what: "¿En qué le ayudo?"
menu.what.balance: "Mi saldo"
menu.what.person: "Una persona"
fallback.offer: "¿Menú o persona?"
fallback.offer.menu: "Menú"
fallback.offer.person: "Persona"
person.coming: "Le paso con una persona."
verify.pin: "Su PIN, por favor."
verify.wrong: "No es. Quedan {pin.tries_left}."
verify.no: "No se puede ahora."
balance.tell: "Debe {loan.outstanding, money}."
balance.none: "No tiene préstamo."
balance.which: "¿Cuál?"
balance.row: "{loan.product}"
)";

std::vector<source_file> basic_dialogs() {
    return {
        {"dialogs/welcome.yaml", R"(dialog: welcome
about: The officer card.
plays: welcome
begin: card
states:
  card: {say: welcome.card, end: true}
)"},
        {"dialogs/menu.yaml", R"(dialog: menu
about: Everything.
plays: menu
starts_on: {words: [menu], intents: [menu]}
anywhere: true
begin: what
states:
  what:
    ask: menu.what
    choices:
      - {pick: balance, go: balance, words: [saldo]}
      - {pick: person, go: person}
    if_silent: {after: 30 min, end: true}
)"},
        {"dialogs/fallback.yaml", R"(dialog: fallback
about: Two ways on.
plays: fallback
begin: offer
states:
  offer:
    ask: fallback.offer
    choices:
      - {pick: menu, go: menu}
      - {pick: person, go: person}
    if_unclear: {tries: 1, then: person}
)"},
        {"dialogs/person.yaml", R"(dialog: person
about: A person.
starts_on: {words: [persona], intents: [human]}
begin: over
states:
  over: {say: person.coming, hand_over: {to: credit_agent, because: asked}}
)"},
        {"dialogs/verify.yaml", R"(dialog: verify
about: Is it her?
plays: verify
begin: pin
states:
  pin:
    ask: verify.pin
    expect: pin
    when: {right: right, wrong: wrong, locked: no, branch_only: no, none_set: no, not_a_pin: wrong}
  wrong:
    ask: verify.wrong
    expect: pin
    when: {right: right, wrong: wrong, locked: no, branch_only: no, none_set: no, not_a_pin: wrong}
  right: {set: {welcomed: true}, return: ok}
  no: {say: verify.no, return: refused}
)"},
        {"dialogs/balance.yaml", R"(dialog: balance
about: What she owes.
starts_on: {words: [saldo], intents: [balance]}
needs: verified
begin: look
states:
  look:
    look_up: loans
    when: {one: tell, several: which, none: nothing, stale: tell, down: nothing}
  which:
    ask: balance.which
    choose_from: loans
    label: balance.row
    keep_as: loan
    go: tell
  tell: {say: balance.tell, end: true}
  nothing: {say: balance.none, end: true}
)"},
    };
}

script_sources basic() {
    script_sources from{};
    from.dialogs = basic_dialogs();
    from.messages = {{"messages/es.yaml", basic_messages}};
    from.phrases = {{"dialogs/phrases/es.yaml", R"(balance:
  - "cuánto debo"
  - "quiero saber mi saldo"
  - "cuánto me falta por pagar de mi préstamo"
human:
  - "quiero hablar con una persona"
  - "páseme con mi asesora"
menu:
  - "qué puede hacer"
  - "qué opciones hay"
)"}};
    from.of = semilla();
    return from;
}

std::vector<source_file> files_in(const std::filesystem::path& folder) {
    std::vector<source_file> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".yaml") continue;
        std::ifstream in(entry.path());
        std::ostringstream text;
        text << in.rdbuf();
        files.push_back({entry.path().string(), text.str()});
    }
    std::sort(files.begin(), files.end(), [](const auto& left, const auto& right) {
        return left.path < right.path;
    });
    return files;
}

script_sources as_configured() {
    const std::filesystem::path config = testing_files::source_folder() / "config";
    script_sources from{};
    from.dialogs = files_in(config / "dialogs");
    from.messages = files_in(config / "messages");
    from.phrases = files_in(config / "dialogs" / "phrases");
    from.nudges = files_in(config / "nudges");
    from.meetings = files_in(config / "meetings");
    from.of = semilla();
    from.of.languages = {"es", "en", "fr"};
    from.of.assistant = {.name = "Ceibita", .picture = "assistant.png"};
    from.of.media_base = "https://chat.example.org/media";
    for (const auto& file : std::filesystem::directory_iterator(config / "media")) {
        const bool heard = file.path().extension() == ".ogg";
        from.media.push_back(
            {.name = file.path().filename().string(),
             .type = heard ? "audio/ogg" : "image/png",
             .bytes = file.file_size(),
             .hash = "0a"}
        );
    }
    return from;
}

std::string all_problems(const load_result& of) {
    std::string text;
    for (const auto& one : of.problems) text += to_text(one, {});
    return text;
}

}  // namespace tertulia::dialogs::testing_sources
