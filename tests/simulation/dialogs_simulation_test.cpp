// No script that the check accepts can throw, go round for ever or lose the person who writes:
// random scripts, random conversations. The shipped scripts are talked to as well.
//   TERTULIA_STEPS=1000000 test_simulation_dialogs     default: 30,000 steps

#include "dialogs/clients/assurance.hpp"
#include "dialogs/engine/waiting_state.hpp"
#include "dialogs/rehearsal/stage.hpp"
#include "dialogs/script/program.hpp"
#include "dialogs/wording/text.hpp"
#include "tests/simulation/random_script.hpp"
#include "tests/talks/conversation.hpp"
#include "tests/talks/sources.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string_view>

namespace tertulia::simulation {
namespace {

using dialogs::stage;
using namespace std::chrono_literals;

std::uint64_t steps_wanted() {
    const char* asked = std::getenv("TERTULIA_STEPS");
    const char* is_long = std::getenv("TERTULIA_LONG");
    if (asked != nullptr) return std::strtoull(asked, nullptr, 10);
    return is_long != nullptr && std::string_view{is_long} == "1" ? 1'000'000 : 30'000;
}

constexpr std::array texts{
    "saldo",
    "menu",
    "persona",
    "1",
    "2",
    "7",
    "palabrad0",
    "palabrad1",
    "palabrad2",
    "voz1",
    "no",
    "Opción 1",
    "opcion 2",
    "cuánto debo",
    "hola",
    "???",
    "",
    "🙂",
    "ya no quiero mensajes",
    "stop",
    "123456",
    "000000",
    "atrás",
    "ayuda",
    "no, mejor 3000",
    "Q1,250.50",
    "mañana",
    "sí",
    "quiero hablar con una persona",
    "guardar",
    "miguarda",
    "formulario",
    "CODIGO1",
    "CODd0",
    "mejor 500",
    "3000",
    "12",
    "Rosa Tzoc",
    "no tengo",
    "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD",
    "a b c d e f g h i j k l m n",
};

// Her debt in figures no other text has: whoever reads them has seen her balance.
constexpr std::string_view her_instalment = "7,321";

client_facts someone(dice& chance, int number) {
    auto made = dialogs::testing_talk::rosa();
    made.who.id = "client" + std::to_string(number);
    made.loans.clear();
    for (auto count = chance.below(4); count > 0; --count) {
        made.loans.push_back(
            dialogs::testing_talk::small_loan("L-" + std::to_string(count), "Producto", 732100)
        );
    }
    made.has_pin = !chance.one_in(5);
    return made;
}

class talker {
public:
    talker(std::shared_ptr<const dialogs::script_set> scripts, std::uint64_t seed)
        : chance_{seed},
          on_{std::move(scripts), "whatsapp", {identity_kind::phone, "+50255551234"}} {
        on_.now = dialogs::testing_talk::monday_morning;
        on_.known.as_of = on_.now - 10min;
        for (auto count = chance_.below(3); count > 0; --count) {
            on_.known.clients.push_back(std::make_shared<const client_facts>(
                someone(chance_, static_cast<int>(count))
            ));
        }
        on_.compare = [this](std::string_view) {
            return chance_.one_in(3) ? dialogs::secret_answer::wrong
                                     : dialogs::secret_answer::right;
        };
    }

    // One thing happens. What must hold afterwards is checked; what was done is noted for a
    // failure.
    void go_on() {
        const bool person_has_it = !on_.at().queue.empty();
        const bool answers = happen();
        ASSERT_NO_FATAL_FAILURE(expect_sound());
        if (answers && !person_has_it) {
            const auto* stands = dialogs::waiting_state(on_.scripts(), on_.at());
            const bool lets_time_pass = stands != nullptr && stands->does == dialogs::verb::wait;
            EXPECT_FALSE(on_.said().empty() && on_.at().queue.empty() && !lets_time_pass)
                << "she wrote and heard nothing";
        }
    }

    [[nodiscard]] const std::string& story() const noexcept { return story_; }
    [[nodiscard]] const std::string& heard() const noexcept { return heard_; }

private:
    // True if she said something that deserves an answer.
    bool happen() {
        switch (chance_.below(16)) {
            case 0:
                return pass();
            case 1:
                return tap(on_.choices());
            case 2:
                return tap(on_.earlier());
            case 3:
                story_ += "a strange tap\n";
                on_.hear(tapped_choice{.id = "v1|ffffffffffffffff|d0.s0|p0", .title = "x"});
                return true;
            case 4:
                story_ += "a photo\n";
                on_.hear(received_media{.kind = media_kind::image, .id = "1", .caption = text()});
                return true;
            case 5:
                story_ += "a place\n";
                on_.hear(shared_location{.latitude = 14.8, .longitude = -91.5});
                return true;
            case 6:
                story_ += "core banking changes\n";
                on_.known.core =
                    chance_.one_in(2) ? core_state::down : core_state::up;
                return false;
            case 7:
                if (!chance_.one_in(4)) return tap(on_.choices());
                story_ += "a person gives the conversation back\n";
                on_.agent("release");
                return false;
            case 8:
                story_ += "a payment is received\n";
                on_.happens("payment_received");
                return false;
            case 9: {
                const std::string said = text();
                story_ += "she, from an ad: " + said + "\n";
                on_.hear(typed_text{said}, {}, referral{.source_type = "ad", .source_id = "77"});
                return true;
            }
            default: {
                const std::string said = text();
                story_ += "she: " + said + "\n";
                on_.hear(typed_text{said});
                return true;
            }
        }
    }

    std::string text() { return chance_.any_of(texts); }

    bool tap(const std::vector<choice>& of) {
        if (of.empty()) return false;
        const auto& chosen = chance_.any_of(of);
        story_ += "tap: " + chosen.id + "\n";
        on_.hear(tapped_choice{.id = chosen.id, .title = chosen.title});
        return true;
    }

    bool pass() {
        constexpr std::array<milliseconds, 5> spans{20s, 2min, 45min, 5h, 49h};
        const auto span = chance_.any_of(spans);
        story_ += "pass " + std::to_string(span.count()) + " ms\n";
        on_.pass(span);
        on_.known.as_of = on_.now - 10min;
        return false;
    }

    void expect_sound() {
        const auto& now = on_.at();
        const auto& script = on_.scripts().compiled();
        ASSERT_LE(now.frames.size(), 8U);
        for (const auto& frame : now.frames) {
            auto state = std::string_view{frame.state};
            if (state.starts_with('+') || state.starts_with('?')) state.remove_prefix(1);
            ASSERT_TRUE(script.find_state(frame.dialog, state))
                << frame.dialog << "." << frame.state;
        }
        for (const auto& said : on_.said()) {
            heard_ += said.text + "\n";
            EXPECT_FALSE(said.text.empty());
            EXPECT_LE(dialogs::utf16_length(said.text), 4096U);
            EXPECT_LE(said.choices.size(), 10U);
            for (const auto& one : said.choices) {
                EXPECT_LE(dialogs::utf16_length(one.title), said.choices.size() > 3 ? 24U : 20U);
                EXPECT_FALSE(one.id.empty());
                EXPECT_LE(one.id.size(), 200U);
            }
            if (said.text.find(her_instalment) != std::string::npos) {
                ASSERT_EQ(on_.known.clients.size(), 1U) << "a number of several people";
                const auto& id = on_.known.clients.front()->who.id;
                EXPECT_EQ(
                    dialogs::level_of(now.proof, id, on_.now), dialogs::assurance_level::verified
                ) << "her balance without her PIN";
            }
        }
    }

    dice chance_;
    stage on_;
    std::string story_{};
    std::string heard_{};
};

// Talks until so many steps are done; tells the seed of the first failure.
void talk_to(
    const std::shared_ptr<const dialogs::script_set>& scripts,
    std::uint64_t seed,
    std::uint64_t steps
) {
    constexpr std::uint64_t steps_each = 40;
    for (std::uint64_t done = 0, talk = 0; done < steps; done += steps_each, ++talk) {
        talker one{scripts, seed * 1000 + talk};
        for (std::uint64_t i = 0; i < steps_each; ++i) {
            ASSERT_NO_THROW(one.go_on()) << one.story();
            if (testing::Test::HasFailure()) {
                FAIL() << "talk " << talk << " of seed " << seed << ":\n" << one.story();
            }
        }
    }
}

// What a fair share of the accepted scripts must have in it, or nothing is shown of it.
constexpr std::array<std::string_view, 12> pieces{
    "set: {n0",
    "call: ",
    "with: {",
    "bring_back: ",
    "takes: {",
    "expect: amount",
    "form:",
    "wait: {",
    "schedule: {",
    "one_of: ",
    "events: ",
    "choose_from: "};

// Not one of the basic set: "d0.yaml".
bool is_random(const dialogs::source_file& of) {
    return of.path.size() == std::string_view{"dialogs/d0.yaml"}.size();
}

TEST(random_scripts, never_fail_once_the_check_accepts_them) {
    const auto wanted = steps_wanted();
    constexpr std::uint64_t steps_each = 400;
    std::uint64_t accepted = 0;
    std::uint64_t seed = 0;
    std::map<std::string_view, std::uint64_t> having;  // of those accepted
    for (std::uint64_t done = 0; done < wanted; ++seed) {
        ASSERT_LT(seed, 50 * (accepted + 20)) << "the generator writes hardly anything that loads";
        const auto from = random_sources(seed);
        const auto loaded = dialogs::load_scripts(from);
        if (!loaded.scripts) {
            ASSERT_FALSE(loaded.problems.empty()) << "refused without a word, seed " << seed;
            continue;
        }
        ++accepted;
        for (const auto piece : pieces) {
            having[piece] += std::ranges::any_of(
                from.dialogs,
                [&](const auto& file) {
                    return is_random(file) && file.text.find(piece) != std::string::npos;
                }
            );
        }
        talk_to(loaded.scripts, seed, steps_each);
        if (HasFailure()) {
            for (const auto& file : from.dialogs) {
                if (is_random(file)) std::cout << file.text;
            }
            FAIL() << "seed " << seed;
        }
        done += steps_each;
    }
    std::cout << accepted << " of " << seed << " scripts accepted, " << wanted << " steps\n";
    for (const auto piece : pieces) EXPECT_GT(having[piece] * 50, accepted) << piece;
}

TEST(shipped_scripts, never_fail_whatever_is_said) {
    const auto loaded = dialogs::load_scripts(dialogs::testing_sources::as_configured());
    ASSERT_TRUE(loaded.scripts) << dialogs::testing_sources::all_problems(loaded);
    talk_to(loaded.scripts, 1, steps_wanted() / 3);
}

TEST(random_scripts, say_the_same_when_the_same_happens) {
    for (std::uint64_t seed = 0, found = 0; found < 20; ++seed) {
        const auto loaded = dialogs::load_scripts(random_sources(seed));
        if (!loaded.scripts) continue;
        ++found;
        talker first{loaded.scripts, seed};
        talker second{loaded.scripts, seed};
        for (int i = 0; i < 60; ++i) {
            first.go_on();
            second.go_on();
        }
        EXPECT_EQ(first.heard(), second.heard()) << "seed " << seed;
    }
}

}  // namespace
}  // namespace tertulia::simulation
